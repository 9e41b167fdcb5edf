import { describe, expect, it } from '@jest/globals';
import {
  createVirtualClock,
  type ErrorCode,
  StreamGateError,
  startDeadline,
} from '../../../src/base/index.ts';
import { type Check, type PodTarget, parseChecks, smokeGate } from '../../../src/smoke/index.ts';

const checks: readonly Check[] = parseChecks({ path: '/healthz', port: 8080 }).checks ?? [];

/** A gate on a virtual clock, without sockets: only what happens before a connection is open. */
function run(pods: readonly PodTarget[], over: { checks?: readonly Check[]; signal?: AbortSignal } = {}) {
  const clock = createVirtualClock();
  const gate = smokeGate({ checks: over.checks ?? checks, clock, version: { source: { kind: 'none' } } });
  return gate.check({ pods }, startDeadline(clock, 60_000, 'the smoke test', over.signal));
}

function podThatThrows(code: ErrorCode): PodTarget & { tries: number } {
  const pod = {
    name: 'shop-green-a',
    tries: 0,
    async connect(): Promise<never> {
      pod.tries += 1;
      throw new StreamGateError(code, 'pods "shop-green-a": port-forward did not work');
    },
  };
  return pod;
}

describe('a smoke test that could look at nothing is invalid', () => {
  it('when there is no check', async () => {
    const result = await run([podThatThrows('Denied')], { checks: [] });
    expect(result).toMatchObject({ gate: 'smoke', verdict: 'invalid', observations: [], versionsSeen: [] });
    expect(result.reason).toContain('nothing to check');
  });

  it('when there is no pod', async () => {
    expect(await run([])).toMatchObject({ verdict: 'invalid', reason: 'there is no ready pod to check' });
  });

  it.each<ErrorCode>(['Denied', 'Unreachable', 'Refused', 'Timeout'])(
    'when the API answers %s',
    async (code) => {
      const pod = podThatThrows(code);
      const result = await run([pod]);
      expect(result.verdict).toBe('invalid');
      expect(result.reason).toContain(
        'GET /healthz on shop-green-a could not be reached: pods "shop-green-a"',
      );
      expect(result.observations).toMatchObject([{ ok: false, attempts: 3, wanted: '2xx' }]);
      expect(pod.tries).toBe(3);
    },
  );

  it('when no port is known', async () => {
    const result = await run([podThatThrows('Denied')], { checks: parseChecks({ path: '/' }).checks ?? [] });
    expect(result.verdict).toBe('invalid');
    expect(result.reason).toContain('names no port');
  });

  it('when the way in never opens', async () => {
    const stuck: PodTarget = { name: 'shop-green-a', connect: () => new Promise(() => {}) };
    const result = await run([stuck]);
    expect(result.verdict).toBe('invalid');
    expect(result.reason).toContain('GET /healthz took longer than 10 s');
  });
});

describe('the end of a smoke test', () => {
  it('is a failure when the pod is gone', async () => {
    expect(await run([podThatThrows('NotFound')])).toMatchObject({ verdict: 'fail' });
  });

  it('is the worst of all pods: a failure outweighs one that could not be asked', async () => {
    const result = await run([podThatThrows('Denied'), podThatThrows('NotFound')]);
    expect(result.verdict).toBe('fail');
    expect(result.observations).toHaveLength(2);
  });

  it('is an error when it was cancelled', async () => {
    const cancelled = new StreamGateError('Cancelled', 'the run was cancelled');
    await expect(run([podThatThrows('Denied')], { signal: AbortSignal.abort(cancelled) })).rejects.toBe(
      cancelled,
    );
    const controller = new AbortController();
    const pod: PodTarget = {
      name: 'shop-green-a',
      connect() {
        controller.abort(cancelled);
        return new Promise(() => {});
      },
    };
    await expect(run([pod], { signal: controller.signal })).rejects.toBe(cancelled);
  });

  it('is inconclusive for checks that the time did not suffice for', async () => {
    const clock = createVirtualClock();
    const gate = smokeGate({
      checks: [...checks, ...(parseChecks({ path: '/second', port: 1 }).checks ?? [])],
      clock,
      version: { source: { kind: 'none' } },
      patience: { attempts: 99 },
    });
    const result = await gate.check(
      { pods: [podThatThrows('Denied')] },
      startDeadline(clock, 2_000, 'the smoke test'),
    );
    expect(result.verdict).toBe('invalid');
    expect(result.observations.map(({ seen }) => seen)).toEqual([
      'could not be reached: pods "shop-green-a": port-forward did not work',
      'not tried before the time was over',
    ]);
  });
});
