import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamGateError, startDeadline, systemClock } from '../../../src/base/index.ts';
import { identifyPods } from '../../../src/commands/candidate-smoke.ts';
import { inApiPlace } from '../../support/api-place.ts';
import { type FaultServer, startFaultServer } from '../../support/fault-server.ts';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'default' },
  spec: { ports: [{ port: 80, targetPort: 8080 }] },
};

describe('a pod that is asked what it calls itself', () => {
  let app: FaultServer;
  beforeEach(async () => {
    app = await startFaultServer();
    app.version = 'v7';
  });
  afterEach(() => app.close());

  /** Asks when the way to the pod does not open for so many times; says how often it was tried. */
  async function ask(closedFor: number, path = '/ok') {
    let tries = 0;
    const pod = {
      name: 'shop-green-a',
      async connect() {
        tries += 1;
        if (tries <= closedFor) throw new StreamGateError('Unreachable', 'the API answered 500');
        return { host: '127.0.0.1', port: app.port, close: async () => {} };
      },
    };
    let versions: readonly string[] = [];
    let thrown: unknown;
    await inApiPlace(async ({ cluster }) => {
      const version = { kind: 'header', name: 'x-version' } as const;
      const identify = identifyPods(cluster, 'default', path, version, systemClock);
      const deadline = startDeadline(systemClock, 20_000, 'the test');
      try {
        versions = await identify(pod, service, deadline);
      } catch (error) {
        thrown = error;
      }
      deadline.clear();
    });
    return { versions, tries, thrown };
  }

  it('is asked again where the way to it did not open', async () => {
    expect(await ask(0)).toEqual({ versions: ['v7'], tries: 1, thrown: undefined });
    expect(await ask(2)).toEqual({ versions: ['v7'], tries: 3, thrown: undefined });
  });

  it('is not taken for one that does not say where there is no way to it', async () => {
    const { tries, thrown } = await ask(99);
    expect(tries).toBe(3);
    expect(thrown).toMatchObject({
      code: 'Failed',
      message: 'GET /ok on shop-green-a could not be reached: the API answered 500',
    });
  });

  it('is asked once where it gives no answer', async () => {
    expect(await ask(0, '/reset')).toEqual({ versions: [], tries: 1, thrown: undefined });
  });
});
