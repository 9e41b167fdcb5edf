import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDeadline, systemClock } from '../../src/base/index.ts';
import { connectTransport, type Transport } from '../../src/cluster/index.ts';
import { type Check, type PodTarget, parseChecks, smokeGate } from '../../src/smoke/index.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { type ForwardingApi, type Manner, startForwardingApi } from '../support/forwarding-api.ts';

describe('a smoke test whose way to the pod is a port-forward', () => {
  let app: FaultServer;
  let api: ForwardingApi;
  let transport: Transport;
  beforeAll(async () => {
    app = await startFaultServer();
    api = await startForwardingApi();
    transport = await connectTransport({ content: api.kubeconfig });
  });
  afterAll(async () => {
    await api.close();
    await app.close();
  });
  beforeEach(() => {
    api.manner = { kind: 'carries', to: app.port };
  });

  const http = parseChecks({ path: '/ok', answers: 3 }).checks ?? [];
  const tcp: readonly Check[] = [{ kind: 'tcp', name: 'TCP connect to port 8080', port: 8080 }];

  async function smoke(checks: readonly Check[], attemptMs = 10_000) {
    const pod: PodTarget = {
      name: 'shop-green-a',
      connect: (port) => transport.portForward('default', 'shop-green-a', port),
    };
    const gate = smokeGate({
      checks,
      clock: systemClock,
      version: { source: { kind: 'none' } },
      defaultPort: 8080,
      patience: { attempts: 1, attemptMs },
    });
    const deadline = startDeadline(systemClock, 30_000, 'the smoke test');
    return gate.check({ pods: [pod] }, deadline).finally(() => deadline.clear());
  }

  const answers = (status: number): Manner => ({ kind: 'answers', status });
  const path = '/api/v1/namespaces/default/pods/shop-green-a/portforward';

  it('passes where the API carries it', async () => {
    expect((await smoke([...tcp, ...http])).verdict).toBe('pass');
  });

  it.each([
    ['refuses it', answers(403), `could not be reached: GET ${path} answered 403`],
    ['is in trouble', answers(500), `could not be reached: GET ${path} answered 500`],
    ['breaks it off', { kind: 'breaks off' }, 'could not be reached: the API broke a port-forward off'],
  ] as const)('is invalid where the API %s: nobody has asked the candidate', async (_what, manner, words) => {
    api.manner = manner;
    const { verdict, reason } = await smoke(http);
    expect(reason).toContain(words);
    expect(verdict).toBe('invalid');
  });

  it('is invalid where the API never opens it', async () => {
    api.manner = { kind: 'says nothing' };
    const { verdict, reason } = await smoke(http, 500);
    expect(reason).toContain('the API has not opened a port-forward to pod shop-green-a');
    expect(verdict).toBe('invalid');
  });

  it.each([
    ['the pod is gone', answers(404), 'answered 404'],
    ['nobody listens on its port', { kind: 'finds nobody' }, 'gave no whole answer'],
  ] as const)('fails where %s', async (_what, manner, words) => {
    api.manner = manner;
    const { verdict, reason } = await smoke(http);
    expect(reason).toContain(words);
    expect(verdict).toBe('fail');
  });

  it('holds a TCP check to the same', async () => {
    api.manner = answers(403);
    expect((await smoke(tcp)).verdict).toBe('invalid');
    api.manner = { kind: 'finds nobody' };
    expect((await smoke(tcp)).verdict).toBe('fail');
  });

  it('does not take a TCP connection for open before the API carries it', async () => {
    api.manner = { kind: 'finds nobody', afterMs: 600 };
    expect((await smoke(tcp)).verdict).toBe('fail');
  });
});
