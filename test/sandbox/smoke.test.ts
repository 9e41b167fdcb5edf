import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startDeadline, systemClock } from '../../src/base/index.ts';
import {
  type Check,
  type PodTarget,
  parseChecks,
  type SmokeOptions,
  type SmokeSubject,
  smokeGate,
  type VersionPolicy,
} from '../../src/smoke/index.ts';
import { type Fault, type FaultServer, startFaultServer } from '../support/fault-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const header = { kind: 'header', name: 'X-Version' } as const;

describe('one check', () => {
  it('passes on a good answer, and says what it saw', async () => {
    const server = await serve();
    const result = await smoke({ pods: [podOf('shop-green-a', server)] }, [
      { path: '/ok', contains: 'hello' },
    ]);
    expect(result).toMatchObject({ verdict: 'pass', versionsSeen: ['v1'] });
    expect(result.reason).toBe('1 check passed on shop-green-a, answered as v1');
    expect(result.observations[0]).toMatchObject({ name: 'GET /ok on shop-green-a', ok: true, attempts: 10 });
  });

  it('fails on a bad answer, and quotes it without its control characters', async () => {
    const server = await serve();
    const result = await smoke({ pods: [podOf('shop-green-a', server)] }, [
      { path: '/status-500', status: 200 },
    ]);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toBe(
      'GET /status-500 on shop-green-a answered 500 "the reason [31m why", wanted 200',
    );
    expect(server.served).toHaveLength(3);
  });

  it.each<[Fault, string]>([
    ['eof', 'gave no whole answer: socket hang up'],
    ['reset', 'gave no whole answer'],
    ['short-length', 'answered 200, but the connection broke after 4 bytes of the body'],
    ['short-chunked', 'answered 200, but the connection broke after 5 bytes of the body'],
    ['reset-mid-body', 'answered 200, but the connection broke'],
    ['garbage', 'gave no whole answer: Parse Error'],
    ['switching', 'gave no whole answer: switched protocols without being asked to'],
    ['hang', 'took longer than 200 ms'],
    ['hang-mid-body', 'took longer than 200 ms'],
    ['redirect', 'answered 302'],
  ])('fails when the answer is broken: %s', async (fault, words) => {
    const server = await serve();
    const result = await smoke({ pods: [podOf('a', server)] }, [{ path: `/${fault}` }], { attempts: 1 });
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain(words);
    // A redirect is not followed, and nothing is repeated behind our back.
    expect(server.served).toHaveLength(1);
  });

  it('fails when nobody listens', async () => {
    const server = await serve();
    const pod = podOf('a', server);
    await server.close();
    const result = await smoke({ pods: [pod] }, [{ path: '/ok' }]);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('ECONNREFUSED');
  });

  it('is tried again while the pod is not yet ready', async () => {
    const server = await serve();
    server.decide = () => (server.served.length <= 2 ? 'status-503' : 'ok');
    const result = await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok' }]);
    expect(result).toMatchObject({ verdict: 'pass', observations: [{ attempts: 12 }, {}] });
  });

  it('fails a pod that errs now and then, as soon as it does after a good answer', async () => {
    const server = await serve();
    server.decide = () => (server.served.length % 7 === 0 ? 'status-503' : 'ok');
    const result = await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok' }]);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toMatch(/^GET \/ok on a answered 503 .* after 6 good answers, wanted 2xx$/);
    expect(server.served).toHaveLength(7);
  });

  it('fails on an answer that nobody can read, also on a later one', async () => {
    const server = await serve();
    server.decide = () => (server.served.length === 2 ? 'deep-json' : 'json');
    const check = { path: '/json', jsonpath: { '$.items': [1] } };
    const result = await smoke({ pods: [podOf('a', server)] }, [check], { attemptMs: 10_000 });
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain(
      'answered 200 with what cannot be read: Maximum call stack size exceeded',
    );
  });

  it('is not repeated when that could change something, and for as long only as there is time', async () => {
    const server = await serve();
    await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok', method: 'POST', body: 'x' }]);
    expect(server.served).toHaveLength(1);
    expect((await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok' }], { repeatMs: 0 })).verdict).toBe(
      'pass',
    );
    expect(server.served).toHaveLength(2);
  });

  it('can ask for several good answers in a row', async () => {
    const server = await serve();
    server.decide = () => (server.served.length % 2 === 0 ? 'status-503' : 'ok');
    const flapping = await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok' }], { successes: 2 });
    expect(flapping.verdict).toBe('fail');
    server.decide = undefined;
    expect((await smoke({ pods: [podOf('a', server)] }, [{ path: '/ok' }], { successes: 4 })).verdict).toBe(
      'pass',
    );
  });

  it('sends what it was told to, and hides its secrets', async () => {
    const server = await serve();
    const check = {
      path: '/status-500',
      headers: { Authorization: 'Bearer the-reason', 'X-Plain': 'yes' },
      body: { a: 1 },
    };
    const result = await smoke({ pods: [podOf('a', server)] }, [check], { attempts: 1 });
    expect(server.served[0]?.headers).toMatchObject({
      authorization: 'Bearer the-reason',
      'x-plain': 'yes',
      'content-type': 'application/json',
      'content-length': '7',
    });
    expect(JSON.stringify(result)).not.toContain('the-reason');
  });
});

describe('a TCP check', () => {
  const tcp = (port: number): readonly Check[] => [
    { kind: 'tcp', name: `TCP connect to port ${port}`, port },
  ];

  it('passes when the connection opens and stays open', async () => {
    const server = await serve();
    const result = await gateOf(tcp(server.port)).check({ pods: [podOf('a', server)] }, deadline());
    expect(result).toMatchObject({ verdict: 'pass', versionsSeen: [] });
  });

  it('fails when it is closed at once, as a port-forward to a closed port is', async () => {
    const server = createServer((socket) => socket.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => void server.close());
    const { port } = server.address() as AddressInfo;
    const pod: PodTarget = {
      name: 'a',
      connect: async () => ({ host: '127.0.0.1', port, close: async () => {} }),
    };
    const result = await gateOf(tcp(port)).check({ pods: [pod] }, deadline());
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('closed as soon as it was open, wanted an open connection');
  });
});

describe('every pod', () => {
  it('is checked by itself, and one bad pod among good ones is found', async () => {
    const [good, bad] = [await serve(), await serve()];
    bad.decide = () => 'status-503';
    const result = await smoke({ pods: [podOf('good', good), podOf('bad', bad)] }, [
      { path: '/ok', answers: 1 },
      { path: '/json', answers: 1 },
    ]);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toMatch(/^GET \/ok on bad answered 503 .* \(and 1 more\)$/);
    expect(good.served.map(({ fault }) => fault)).toEqual(['ok', 'json']);
  });

  it('has every way to it closed again', async () => {
    const server = await serve();
    let open = 0;
    const pod: PodTarget = {
      name: 'a',
      async connect() {
        open += 1;
        const close = async () => {
          open -= 1;
        };
        return { host: '127.0.0.1', port: server.port, close };
      },
    };
    await smoke({ pods: [pod] }, [{ path: '/ok' }, { path: '/eof' }, { path: '/hang' }]);
    expect(open).toBe(0);
    expect(server.served.length).toBeGreaterThan(3);
  });
});

describe('the proof of the version', () => {
  const proof = async (
    policy: Omit<VersionPolicy, 'source'>,
    paths: readonly string[] = ['/ok'],
    version = 'v1',
  ) => {
    const server = await serve();
    server.version = version;
    const checks = parseChecks(paths.map((path) => ({ path, status: ['2xx', '5xx'] }))).checks ?? [];
    return gateOf(checks, { version: { source: header, ...policy } }).check(
      { pods: [podOf('a', server)] },
      deadline(),
    );
  };

  it('passes for a version that is expected, and fails for any other', async () => {
    expect((await proof({ expected: ['v1', 'v1b'] })).verdict).toBe('pass');
    const result = await proof({ expected: ['v2'] });
    expect(result.verdict).toBe('fail');
    expect(result.reason).toBe('GET /ok on a answered 200 as version "v1", wanted version "v2"');
  });

  it('fails when the stable version answers, though the answer looks well', async () => {
    const result = await proof({ forbidden: ['v1'] });
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('wanted the new version; this is the stable one');
  });

  it('reports the versions that were seen while none is expected', async () => {
    expect(await proof({})).toMatchObject({ verdict: 'pass', versionsSeen: ['v1'] });
  });

  it('fails when one pod answers as two versions', async () => {
    const server = await serve();
    server.decide = (request) => {
      server.version = `v${request.connection}`;
      return 'ok';
    };
    const result = await smoke({ pods: [podOf('a', server)] }, [
      { path: '/ok', answers: 1 },
      { path: '/json', answers: 1 },
    ]);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toBe('version of a is v1 and v2, wanted one version');
  });

  it('notes an answer that names no version, and fails it only when one is required', async () => {
    const noted = await proof({ expected: ['v2'] }, ['/ok'], '');
    expect(noted.verdict).toBe('pass');
    expect(noted.observations.at(-1)).toMatchObject({
      name: 'version of a',
      seen: 'not named',
      wanted: 'version "v2"',
    });
    const required = await proof({ require: true }, ['/ok'], '');
    expect(required.verdict).toBe('fail');
    expect(required.reason).toContain('answered 200 without naming its version');
  });

  it('fails when a version is required, but nothing was asked over HTTP', async () => {
    const server = await serve();
    const checks = [{ kind: 'tcp', name: 'TCP', port: server.port }] as const;
    const gate = gateOf(checks, { version: { source: header, require: true } });
    expect((await gate.check({ pods: [podOf('a', server)] }, deadline())).verdict).toBe('fail');
  });
});

describe('by URL', () => {
  it('keeps the path and the public host', async () => {
    const server = await serve();
    const url = new URL(`http://127.0.0.1:${server.port}/base/`);
    server.decide = () => 'ok';
    const result = await smoke({ url, host: 'shop.example.com' }, [{ path: '/api' }]);
    expect(result.reason).toBe('1 check passed on shop.example.com, answered as v1');
    expect(server.served[0]).toMatchObject({ path: '/base/api', headers: { host: 'shop.example.com' } });
  });

  it('is invalid when the name does not exist: that is our side', async () => {
    const result = await smoke({ url: new URL(`http://${'x'.repeat(64)}.invalid/`) }, [{ path: '/' }]);
    expect(result.verdict).toBe('invalid');
  });
});

describe('the deadline', () => {
  it('ends a check that hangs, with what was last seen', async () => {
    const server = await serve();
    server.decide = () => (server.served.length === 1 ? 'status-503' : 'hang');
    const gate = gateOf(parseChecks({ path: '/ok' }).checks ?? [], {
      patience: { pauseMs: 5, attemptMs: 60_000 },
    });
    const result = await gate.check({ pods: [podOf('a', server)] }, deadline(300));
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('answered 503');
  });
});

async function serve(): Promise<FaultServer> {
  const server = await startFaultServer();
  closing.push(() => server.close());
  return server;
}

function podOf(name: string, server: FaultServer): PodTarget {
  return { name, connect: async () => ({ host: '127.0.0.1', port: server.port, close: async () => {} }) };
}

function deadline(ms = 20_000) {
  const started = startDeadline(systemClock, ms, 'the smoke test');
  closing.push(async () => started.clear());
  return started;
}

function gateOf(checks: readonly Check[], over: Partial<SmokeOptions> = {}) {
  return smokeGate({
    checks,
    clock: systemClock,
    version: { source: header },
    defaultPort: 8080,
    patience: { pauseMs: 5 },
    ...over,
  });
}

function smoke(subject: SmokeSubject, written: readonly object[], patience: SmokeOptions['patience'] = {}) {
  const { checks = [], problems } = parseChecks(written);
  expect(problems).toBeUndefined();
  return gateOf(checks, { patience: { pauseMs: 5, attemptMs: 200, ...patience } }).check(subject, deadline());
}
