import { afterEach, describe, expect, it } from '@jest/globals';
import { startDeadline, systemClock } from '../../../src/base/index.ts';
import { type Patience, parseChecks, type SmokeResult, smokeGate } from '../../../src/smoke/index.ts';
import { type Fault, type FaultServer, startFaultServer } from '../../support/fault-server.ts';

const servers: FaultServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A smoke test of one pod whose n-th answer is bad. */
async function meet(
  nth: number,
  fault: Fault = 'status-503',
  patience: Partial<Patience> = {},
): Promise<SmokeResult> {
  const pod = await startFaultServer();
  servers.push(pod);
  pod.decide = () => (pod.served.length === nth ? fault : 'ok');
  const gate = smokeGate({
    checks: parseChecks({ path: '/ok' }).checks ?? [],
    clock: systemClock,
    version: { source: { kind: 'none' } },
    defaultPort: 8080,
    patience: { pauseMs: 1, ...patience },
  });
  const way = { host: '127.0.0.1', port: pod.port, close: async () => {} };
  const deadline = startDeadline(systemClock, 20_000, 'the smoke test');
  return gate
    .check({ pods: [{ name: 'a', connect: async () => way }] }, deadline)
    .finally(() => deadline.clear());
}

describe('a version that errs now and then', () => {
  it.each([2, 10])('fails the smoke test with its bad answer %i, whatever it answers next', async (nth) => {
    const result = await meet(nth);
    expect(result.verdict).toBe('fail');
    expect(result.reason).toContain('answered 503');
  });

  it('fails the smoke test when it hangs after a good answer, though it would answer again', async () => {
    const { verdict, reason } = await meet(2, 'hang', { attemptMs: 500 });
    expect(verdict).toBe('fail');
    expect(reason).toContain('GET /ok took longer than 500 ms after 1 good answer');
  });

  it('is put up with when it ends a kept connection without an answer, which is told', async () => {
    const { verdict, observations } = await meet(5, 'reset');
    expect(verdict).toBe('pass');
    expect(observations).toMatchObject([{ ok: true, unanswered: true }]);
    expect((await meet(99)).observations[0]).not.toHaveProperty('unanswered');
  });

  it('is only waited for while it has not answered well yet', async () => {
    expect((await meet(1)).verdict).toBe('pass');
  });
});
