import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { Prober } from '../../src/load/index.ts';
import { maxProgramLength } from '../../src/load/remote/prober-job.ts';
import { startRemoteProber } from '../../src/load/remote/remote-prober.ts';
import { ensureBuilt } from '../support/built.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';

const secret = 'open sesame';
let program = '';
let folder = '';
let child: ChildProcess;
let port = 0;
let server: FaultServer;
const ended: (() => Promise<void> | void)[] = [];

beforeAll(() => {
  program = join(ensureBuilt(), 'dist', 'streamgate', 'prober.mjs');
});

/** The built prober, alone in an empty folder, as a pod has it. */
beforeEach(async () => {
  server = await startFaultServer();
  server.version = 'v1';
  folder = mkdtempSync(join(tmpdir(), 'prober-'));
  cpSync(program, join(folder, 'prober.mjs'));
  port = await freePort();
  child = spawn(process.execPath, ['prober.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PORT: String(port), STREAMGATE_SECRET: secret },
  });
});

afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await server.close();
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Change {
  readonly secret?: string;
  readonly by?: number;
  readonly address?: () => Promise<{ host: string; port: number }>;
  readonly maxDurationMs?: number;
}

async function begin(change: Change = {}): Promise<Prober> {
  const prober = await startRemoteProber({
    url: server.url('ok'),
    ratePerSecond: 100,
    timeoutMs: 2_000,
    version: { kind: 'header', name: 'x-version' },
    runId: 'remote',
    clock: systemClock,
    log: silentLog,
    signal: AbortSignal.timeout(change.by ?? 20_000),
    maxDurationMs: change.maxDurationMs ?? 20_000,
    secret,
    address: async () => ({ host: '127.0.0.1', port }),
    ...change,
  });
  ended.push(() => prober.stop());
  return prober;
}

async function waitForAnswers(prober: Prober, count: number): Promise<void> {
  while (prober.tally().answers.length < count) await pause(10);
}

/** A way to the prober that can be cut. */
async function openFlakyWay(): Promise<{ readonly port: number; cut(): void }> {
  const sockets = new Set<Socket>();
  const way: Server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port });
    const both = [near, far];
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  ended.push(async () => {
    cut();
    await new Promise((resolve) => way.close(resolve));
  });
  const address = way.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, cut };
}

describe('a prober in a process elsewhere', () => {
  it('fits into one argument of a container', () => {
    expect(readFileSync(program, 'utf8').length).toBeLessThan(maxProgramLength);
  });

  it('tells each answer once, and its own count agrees with what the server saw', async () => {
    const prober = await begin();
    const heard: string[] = [];
    prober.onAnswer(({ id }) => heard.push(id));
    await waitForAnswers(prober, 50);
    await prober.stop();
    const { planned, answers, endedAt } = prober.tally();
    expect(answers.length).toBe(planned);
    expect(new Set(answers.map(({ class: how, version }) => `${how} ${version}`))).toEqual(
      new Set(['ok v1']),
    );
    expect(answers.map(({ id }) => id).sort()).toEqual(server.served.map(({ id }) => id).sort());
    expect(new Set(heard).size).toBe(heard.length);
    expect(endedAt).not.toBeNull();
  });

  it('puts no request later than it was sent: what was sent before an instant is never counted as after it', async () => {
    const prober = await begin();
    await waitForAnswers(prober, 20);
    const instant = systemClock.monotonic();
    const before = new Set(server.served.map(({ id }) => id));
    await waitForAnswers(prober, before.size + 20);
    const wrong = prober.tally().answers.filter(({ id, sentAt }) => before.has(id) && sentAt > instant);
    expect(before.size).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('loses no answer when the way to it breaks again and again', async () => {
    const way = await openFlakyWay();
    const prober = await begin({ address: async () => ({ host: '127.0.0.1', port: way.port }) });
    for (let n = 1; n <= 5; n++) {
      await waitForAnswers(prober, n * 20);
      way.cut();
    }
    await waitForAnswers(prober, 120);
    await prober.stop();
    const { planned, answers } = prober.tally();
    expect(answers.length).toBe(planned);
    expect(answers.map(({ id }) => id).sort()).toEqual(server.served.map(({ id }) => id).sort());
  });

  it('leaves planned and answered different when it dies, so that nothing is taken for proven', async () => {
    const prober = await begin({ by: 20_000 });
    await waitForAnswers(prober, 20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Arrivals that were due since then are planned, and nobody will ever answer them.
    while (prober.tally().planned <= prober.tally().answers.length + 10) await pause(10);
    expect(prober.tally().endedAt).toBeNull();
    expect(prober.tally().planned).toBeGreaterThan(prober.tally().answers.length);
  });

  it('does not listen to who does not know the secret', async () => {
    await expect(begin({ secret: 'open barley', by: 1_500 })).rejects.toThrow();
    expect(server.served).toEqual([]);
  });

  it('stops by itself at the end of its time', async () => {
    const prober = await begin({ maxDurationMs: 500 });
    await waitForAnswers(prober, 50);
    await prober.stop();
    expect(prober.tally().answers.length).toBe(50);
    expect(prober.tally().planned).toBe(50);
  });
});
