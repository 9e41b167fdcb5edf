import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { type Answer, type ProberOptions, type ProberTally, startProber } from '../../src/load/index.ts';
import { type Fault, type FaultServer, startFaultServer } from '../support/fault-server.ts';

let server: FaultServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('every arrival ends in exactly one class', () => {
  it.each<[Fault, string, number | null]>([
    ['ok', 'ok', 200],
    ['chunked', 'ok', 200],
    ['until-close', 'ok', 200],
    ['close', 'ok', 200],
    ['redirect', 'ok', 302],
    ['slow', 'ok', 200],
    ['status-500', 'status', 500],
    ['status-503', 'status', 503],
    ['status-403', 'own-side', 403],
    ['status-429', 'own-side', 429],
    ['eof', 'eof', null],
    ['reset', 'reset', null],
    ['reset-mid-body', 'reset', 200],
    ['short-length', 'truncated', 200],
    ['short-chunked', 'truncated', 200],
    ['half-head', 'truncated', null],
    ['garbage', 'protocol', null],
    ['switching', 'protocol', null],
    ['hang', 'timeout', null],
    ['hang-mid-body', 'timeout', 200],
  ])('%s ends as %s', async (fault, expected, status) => {
    server = await startFaultServer();
    // A machine that stalls for a moment must not make an answer late.
    const timeoutMs = expected === 'timeout' ? 250 : 5_000;
    const tally = await probe({ url: server.url(fault), timeoutMs }, 12);
    expect(new Set(tally.answers.map((answer) => answer.class))).toEqual(new Set([expected]));
    expect(new Set(tally.answers.map((answer) => answer.status))).toEqual(new Set([status]));
    expectEveryArrivalCounted(tally);
    // No request was sent twice, and none was made up: what we report is what the server saw.
    expect(server.served.map(({ id }) => id).sort()).toEqual(tally.answers.map(({ id }) => id).sort());
  });

  it('a port where nobody listens ends as refused', async () => {
    server = await startFaultServer();
    const url = server.url('ok');
    await server.close();
    const tally = await probe({ url }, 6);
    expectOnly(tally, 'refused');
  });

  it('a name that does not exist is our own side', async () => {
    // Longer than DNS allows, so that it fails on this machine without asking anybody.
    const tally = await probe({ url: new URL(`http://${'x'.repeat(64)}.invalid/`) }, 4);
    expectOnly(tally, 'own-side');
  });

  it('a server that cannot agree on TLS ends as tls, one that never does as timeout', async () => {
    server = await startFaultServer({});
    expectOnly(await probe({ url: server.url('ok') }, 4), 'tls');
    await server.close();
    server = await startFaultServer();
    // A client hello holds no empty line, so the plain server never answers it.
    const url = new URL(`https://127.0.0.1:${server.port}/`);
    expectOnly(await probe({ url }, 4), 'timeout');
  });

  it('reports exactly the faults that the server made, in a random mixture', async () => {
    server = await startFaultServer();
    const classes: Partial<Record<Fault, string>> = {
      ok: 'ok',
      chunked: 'ok',
      'status-503': 'status',
      eof: 'eof',
      reset: 'reset',
      'short-length': 'truncated',
      garbage: 'protocol',
    };
    const kinds = Object.keys(classes) as Fault[];
    const truth = new Map<string, string | undefined>();
    let seed = 7;
    server.decide = ({ id }) => {
      seed = (seed * 48_271) % 2_147_483_647;
      const fault = kinds[seed % kinds.length] ?? 'ok';
      truth.set(id, classes[fault]);
      return fault;
    };
    const tally = await probe({ url: server.url('ok'), ratePerSecond: 400 }, 300);
    expect(new Map(tally.answers.map((answer) => [answer.id, answer.class]))).toEqual(truth);
    expectEveryArrivalCounted(tally);
  });
});

describe('two populations', () => {
  it('keeps connections that were opened at the start, and opens one per request beside them', async () => {
    server = await startFaultServer();
    const tally = await probe({ url: server.url('ok') }, 40);
    const kept = tally.answers.filter(({ population }) => population === 'kept');
    const fresh = tally.answers.filter(({ population }) => population === 'fresh');
    expect(Math.abs(kept.length - fresh.length)).toBeLessThanOrEqual(1);
    const connectionOf = new Map(server.served.map(({ id, connection }) => [id, connection]));
    const keptConnections = new Set(kept.map(({ id }) => connectionOf.get(id)));
    expect(new Set(fresh.map(({ id }) => connectionOf.get(id))).size).toBe(fresh.length);
    expect(keptConnections.size).toBeLessThan(kept.length);
  });

  it('lets no arrival wait for one that hangs', async () => {
    server = await startFaultServer();
    server.decide = ({ id }) => (id.endsWith('-0') || id.endsWith('-2') ? 'hang' : 'ok');
    const tally = await probe({ url: server.url('ok'), timeoutMs: 1_500 }, 40);
    const stuck = tally.answers.filter((answer) => answer.class === 'timeout');
    expect(stuck.map(({ id }) => id)).toEqual(['run-0', 'run-2']);
    expect(tally.answers.filter((answer) => answer.class === 'ok')).toHaveLength(tally.planned - 2);
  });

  it.each<Fault>(['idle-close', 'idle-announced'])(
    'notices an idle connection that goes away: %s',
    async (fault) => {
      server = await startFaultServer();
      const tally = await probe({ url: server.url(fault), ratePerSecond: 40 }, 16);
      expectOnly(tally, 'ok');
      expect(server.connections()).toBeGreaterThanOrEqual(tally.planned);
    },
  );
});

describe('which version answered', () => {
  it.each([
    ['a header', { kind: 'header', name: 'X-Version' }, 'ok', 'v7'],
    ['a value of the body', { kind: 'jsonpath', path: '$.build.version' }, 'json', 'v7'],
    ['nothing in a body that is no JSON', { kind: 'jsonpath', path: '$.build.version' }, 'ok', null],
    ['nothing when not asked', { kind: 'none' }, 'ok', null],
  ] as const)('is read from %s', async (_what, version, fault, expected) => {
    server = await startFaultServer();
    server.version = 'v7';
    const tally = await probe({ url: server.url(fault), version }, 6);
    expect(new Set(tally.answers.map((answer) => answer.version))).toEqual(new Set([expected]));
  });

  it('is known for an answer that was cut off, too', async () => {
    server = await startFaultServer();
    const tally = await probe({ url: server.url('short-length') }, 4);
    expect(new Set(tally.answers.map((answer) => answer.version))).toEqual(new Set(['v1']));
  });

  it('tells where a redirect that names no version leads to', async () => {
    server = await startFaultServer();
    server.version = '';
    const tally = await probe({ url: server.url('redirect') }, 4);
    const told = `302 to http://127.0.0.1:${server.port}/ok`;
    expect(new Set(tally.answers.map(({ detail }) => detail))).toEqual(new Set([told]));
  });

  it('refuses a path that names several values', () => {
    const options = optionsFor({
      url: new URL('http://127.0.0.1:1/'),
      version: { kind: 'jsonpath', path: '$..v' },
    });
    expect(() => startProber(options)).toThrow('not a JSONPath');
  });
});

describe('what is sent', () => {
  it('names the run, the prober and the public host', async () => {
    server = await startFaultServer();
    await probe({ url: new URL(`${server.url('ok')}?q=1`), host: 'shop.example.com', ratePerSecond: 50 }, 4);
    const [first, second] = server.served;
    expect(first).toMatchObject({ path: '/ok?q=1' });
    expect(first?.headers).toMatchObject({ host: 'shop.example.com', 'user-agent': 'streamgate-prober' });
    expect([first?.id, second?.id].sort()).toEqual(['run-0', 'run-1']);
  });
});

describe('the end', () => {
  it('comes by itself after the longest duration, with every arrival of the plan', async () => {
    server = await startFaultServer();
    const prober = startProber(optionsFor({ url: server.url('ok'), ratePerSecond: 100, maxDurationMs: 205 }));
    while (prober.tally().endedAt === null) await pause(5);
    expect(prober.tally().planned).toBe(21);
    expectEveryArrivalCounted(prober.tally());
  });

  it('comes when the signal is aborted, and waits for those in flight', async () => {
    server = await startFaultServer();
    const controller = new AbortController();
    const prober = startProber(optionsFor({ url: server.url('slow'), signal: controller.signal }));
    while (server.served.length < 5) await pause(2);
    controller.abort(new Error('enough'));
    await prober.stop();
    expect(prober.tally().inFlight).toBe(0);
    expectOnly(prober.tally(), 'ok');
  });

  it('sends nothing when it was aborted before the start', async () => {
    server = await startFaultServer();
    const prober = startProber(optionsFor({ url: server.url('ok'), signal: AbortSignal.abort() }));
    await prober.stop();
    expect(prober.tally()).toMatchObject({ planned: 0, answers: [], inFlight: 0 });
    expect(server.connections()).toBe(0);
  });

  it('tells each answer to those who listen, until they no longer do', async () => {
    server = await startFaultServer();
    const heard: Answer[] = [];
    const prober = startProber(optionsFor({ url: server.url('ok') }));
    const unsubscribe = prober.onAnswer((answer) => {
      heard.push(answer);
      if (heard.length === 5) unsubscribe();
    });
    while (prober.tally().answers.length < 10) await pause(2);
    await prober.stop();
    expect(heard).toEqual(prober.tally().answers.slice(0, 5));
  });
});

function optionsFor(options: Partial<ProberOptions> & Pick<ProberOptions, 'url'>): ProberOptions {
  return {
    ratePerSecond: 200,
    timeoutMs: 2_000,
    version: { kind: 'header', name: 'x-version' },
    runId: 'run',
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    maxDurationMs: 10_000,
    ...options,
  };
}

/** Probes until at least `arrivals` were due. */
async function probe(
  options: Partial<ProberOptions> & Pick<ProberOptions, 'url'>,
  arrivals: number,
): Promise<ProberTally> {
  const prober = startProber(optionsFor(options));
  while (prober.tally().planned < arrivals) await pause(5);
  await prober.stop();
  return prober.tally();
}

function expectOnly(tally: ProberTally, expected: string): void {
  expect(
    tally.answers.map((answer) => [answer.class, answer.detail]).find(([ended]) => ended !== expected),
  ).toBeUndefined();
  expectEveryArrivalCounted(tally);
}

function expectEveryArrivalCounted(tally: ProberTally): void {
  expect(tally.planned).toBeGreaterThan(0);
  expect(tally.answers).toHaveLength(tally.planned);
  expect(new Set(tally.answers.map(({ id }) => id)).size).toBe(tally.planned);
  for (const answer of tally.answers) expect(answer.sentAt).toBeGreaterThanOrEqual(answer.plannedAt);
}
