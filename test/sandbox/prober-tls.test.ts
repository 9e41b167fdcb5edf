import { setTimeout as pause } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog, startDeadline, systemClock } from '../../src/base/index.ts';
import { startProber } from '../../src/load/index.ts';
import { createCertificate } from '../../src/sandbox/api/certificate.ts';
import { parseChecks, smokeGate } from '../../src/smoke/index.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';

const { certificate, key } = createCertificate(Date.now());
const trustedBefore = getCACertificates('default');
let server: FaultServer;

beforeAll(() => setDefaultCACertificates([...trustedBefore, certificate]));
afterAll(() => setDefaultCACertificates(trustedBefore));
beforeEach(async () => {
  server = await startFaultServer({ cert: certificate, key });
});
afterEach(() => server.close());

describe('the prober over TLS', () => {
  it('keeps and opens connections as it does without', async () => {
    const answers = await probe(server);
    expect(new Set(answers.map((answer) => answer.class))).toEqual(new Set(['ok']));
    expect(new Set(answers.map(({ population }) => population))).toEqual(new Set(['kept', 'fresh']));
    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set(['v1']));
  });

  it('sees a broken answer as what it is', async () => {
    server.decide = () => 'short-length';
    expect(new Set((await probe(server)).map((answer) => answer.class))).toEqual(new Set(['truncated']));
    server.decide = () => 'eof';
    expect(new Set((await probe(server)).map((answer) => answer.class))).toEqual(new Set(['eof']));
  });

  it('does not take a certificate for another name', async () => {
    const answers = await probe(server, 'shop.example.com');
    expect(new Set(answers.map((answer) => answer.class))).toEqual(new Set(['tls']));
    expect(server.served).toEqual([]);
  });

  it('does not take a certificate that nobody vouches for', async () => {
    const stranger = await startFaultServer({ ...strangersPair() });
    const answers = await probe(stranger).finally(() => stranger.close());
    expect(new Set(answers.map((answer) => answer.class))).toEqual(new Set(['tls']));
  });
});

describe('a smoke test over TLS', () => {
  const run = async (subject: Parameters<ReturnType<typeof smokeGate>['check']>[0]) => {
    const checks = parseChecks({ path: '/ok', scheme: 'https', port: server.port }).checks ?? [];
    const gate = smokeGate({
      checks,
      clock: systemClock,
      version: { source: { kind: 'none' } },
      patience: { attempts: 1 },
    });
    const deadline = startDeadline(systemClock, 10_000, 'the smoke test');
    return gate.check(subject, deadline).finally(() => deadline.clear());
  };

  it('holds a URL to its certificate', async () => {
    const url = new URL('/', server.url('ok'));
    expect((await run({ url })).verdict).toBe('pass');
    const result = await run({ url, host: 'shop.example.com' });
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('altnames');
  });

  it('asks a pod whatever its certificate says, as the kubelet does', async () => {
    const stranger = await startFaultServer({ ...strangersPair() });
    const reach = async () => ({ host: '127.0.0.1', port: stranger.port, close: async () => {} });
    const result = await run({ pods: [{ name: 'a', connect: reach }] }).finally(() => stranger.close());
    expect(result.verdict).toBe('pass');
  });
});

function strangersPair(): { cert: string; key: string } {
  const pair = createCertificate(Date.now());
  return { cert: pair.certificate, key: pair.key };
}

async function probe(target: FaultServer, host?: string) {
  const prober = startProber({
    url: target.url('ok'),
    host,
    ratePerSecond: 200,
    timeoutMs: 2_000,
    version: { kind: 'header', name: 'x-version' },
    runId: 'run',
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    maxDurationMs: 10_000,
  });
  while (prober.tally().planned < 12) await pause(5);
  await prober.stop();
  expect(prober.tally().answers).toHaveLength(prober.tally().planned);
  return prober.tally().answers;
}
