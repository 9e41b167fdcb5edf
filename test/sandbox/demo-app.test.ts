import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findPort } from '../../src/sandbox/runtime/addresses.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the demo program with these knobs and waits until it listens. */
async function startApp(env: Readonly<Record<string, string>>) {
  const port = await findPort('127.0.0.1', 0);
  const child = spawn(process.execPath, ['examples/demo-app/server.mjs'], {
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      VERSION: 'v1',
      POD_NAME: 'pod-1',
      EXIT_WITH_PARENT: '1',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  await once(child.stdout, 'data');
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }).end();
    const [response] = await once(call, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    return { status: response.statusCode, headers: response.headers, text };
  };
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let n = 0; n < count; n++) seen.push((await ask('/')).status);
    return seen;
  };
  /** Waits for words in the log: they come by a pipe of their own, and may be behind the answer. */
  const logged = async (words: string) => {
    while (!log.includes(words)) await once(child.stdout, 'data');
  };
  return { child, ask, statuses, logged };
}

describe('the demo program', () => {
  it('says who answered, and logs each request with its id', async () => {
    const app = await startApp({});
    const answer = await app.ask('/cart', { 'x-request-id': 'id-7' });
    expect(answer.headers).toMatchObject({ 'x-version': 'v1', 'x-pod': 'pod-1' });
    expect(JSON.parse(answer.text)).toEqual({ version: 'v1', pod: 'pod-1', path: '/cart', status: 200 });
    await app.logged('"id":"id-7"');
    expect((await app.ask('/metrics')).text).toContain('http_requests_total{version="v1",code="200"} 1');
  });

  it('fails the share of requests that it is told to, and only those of the application', async () => {
    const app = await startApp({ ERROR_RATE: '0.25' });
    expect(await app.statuses(8)).toEqual([200, 200, 200, 500, 200, 200, 200, 500]);
    expect((await app.ask('/healthz')).status).toBe(200);
  });

  it('fails everything after the requests that it is told to serve', async () => {
    expect(await (await startApp({ ERROR_AFTER: '2' })).statuses(4)).toEqual([200, 200, 500, 500]);
    expect(await (await startApp({ ERROR_AFTER: '0' })).statuses(1)).toEqual([500]);
  });

  it('is not ready before its delay is over, and lies about its version when told to', async () => {
    const app = await startApp({ START_DELAY: '60s', WRONG_VERSION: 'v0' });
    expect((await app.ask('/readyz')).status).toBe(503);
    const answer = await app.ask('/');
    expect([answer.headers['x-version'], JSON.parse(answer.text).version]).toEqual(['v0', 'v1']);
  });

  it('finishes what it has begun when it is asked to stop', async () => {
    const app = await startApp({ LATENCY: '300ms' });
    const slow = app.ask('/slow');
    await app.ask('/healthz');
    app.child.kill('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await once(app.child, 'exit')).toEqual([0, null]);
  });

  it('goes on serving for its stop delay', async () => {
    const app = await startApp({ STOP_DELAY: '60s' });
    app.child.kill('SIGTERM');
    while ((await app.ask('/readyz')).status === 200);
    expect((await app.ask('/')).status).toBe(200);
  });

  it('drops what it has begun when it is told to die at once', async () => {
    const app = await startApp({ LATENCY: '60s', EXIT_ON_SIGTERM: '1' });
    const slow = app.ask('/slow');
    slow.catch(() => {});
    await app.ask('/healthz');
    app.child.kill('SIGTERM');
    await expect(slow).rejects.toThrow('socket hang up');
    expect(await once(app.child, 'exit')).toEqual([143, null]);
  });

  it('keeps the memory that each request of the application leaves behind', async () => {
    const app = await startApp({ LEAK: '64' });
    const resident = async () =>
      Number(/process_resident_memory_bytes (\d+)/.exec((await app.ask('/metrics')).text)?.[1]);
    const before = await resident();
    expect(await app.statuses(3)).toEqual([200, 200, 200]);
    expect((await resident()) - before).toBeGreaterThan(3 * 60 * 2 ** 20);
  });

  it('ends when its standard input does, so that it never outlives who started it', async () => {
    const app = await startApp({});
    app.child.stdin?.destroy();
    expect(await once(app.child, 'exit')).toEqual([0, null]);
  });
});
