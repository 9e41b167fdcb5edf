import { describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { inApiPlace } from '../../support/api-place.ts';

const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'shop' };
const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'shop', namespace: 'default' },
  data: { key: 'value' },
};
const path = /configmaps/;

describe('a request in trouble', () => {
  it.each([500, 503, 429] as const)('is repeated after %d, with growing pauses', (status) =>
    inApiPlace(async ({ cluster, sandbox, sent, clock }) => {
      await cluster.create(object);
      for (const nth of [1, 2, 3])
        sandbox.faults.add({ path, nth }, { kind: 'status', status, retryAfterSeconds: 0 });
      const began = clock.monotonic();
      expect(await cluster.get(ref)).toMatchObject({ data: { key: 'value' } });
      expect(sent).toHaveLength(5);
      // 100 + 200 + 400 ms
      expect(clock.monotonic() - began).toBe(700);
    }),
  );

  it('waits as long as the server asks', () =>
    inApiPlace(async ({ cluster, sandbox, clock }) => {
      sandbox.faults.add({ path, nth: 1 }, { kind: 'status', status: 429, retryAfterSeconds: 7 });
      const began = clock.monotonic();
      await cluster.get(ref);
      expect(clock.monotonic() - began).toBe(7_000);
    }));

  it('does not wait when the server asks for longer than a person would', () =>
    inApiPlace(async ({ cluster, sandbox, clock }) => {
      sandbox.faults.add({ path }, { kind: 'status', status: 429, retryAfterSeconds: 3_600 });
      const began = clock.monotonic();
      await expect(cluster.get(ref)).rejects.toMatchObject({ code: 'Unreachable' });
      expect(clock.monotonic() - began).toBe(0);
    }));

  it('is repeated when the connection broke before it was carried out', () =>
    inApiPlace(async ({ cluster, sandbox, sent }) => {
      sandbox.faults.add({ method: 'POST', path, nth: 1 }, { kind: 'drop', when: 'before' });
      expect(await cluster.create(object)).toMatchObject({ data: { key: 'value' } });
      expect(sent).toHaveLength(2);
    }));

  it('tells that an object is there already when the answer to its creation was lost', () =>
    inApiPlace(async ({ cluster, sandbox }) => {
      sandbox.faults.add({ method: 'POST', path, nth: 1 }, { kind: 'drop', when: 'after' });
      await expect(cluster.create(object)).rejects.toMatchObject({ code: 'Conflict' });
      expect(await cluster.get(ref)).toBeDefined();
    }));

  it('takes a deletion whose answer was lost for done', () =>
    inApiPlace(async ({ cluster, sandbox }) => {
      await cluster.create(object);
      sandbox.faults.add({ method: 'DELETE', path, nth: 1 }, { kind: 'drop', when: 'after' });
      await cluster.delete(ref);
      expect(await cluster.get(ref)).toBeUndefined();
    }));

  it('gives an attempt that is never answered 15 s, then makes another', () =>
    inApiPlace(async ({ cluster, sandbox, sent, clock }) => {
      await cluster.create(object);
      sandbox.faults.add({ method: 'GET', path, nth: 1 }, { kind: 'hang' });
      const began = clock.monotonic();
      expect(await cluster.get(ref)).toBeDefined();
      expect(sent).toHaveLength(3);
      expect(clock.monotonic() - began).toBe(15_100);
    }));

  it('is given up after two minutes, with the last trouble in words', () =>
    inApiPlace(async ({ cluster, sandbox, clock }) => {
      sandbox.faults.stopApi('refuse');
      const began = clock.monotonic();
      await expect(cluster.get(ref)).rejects.toMatchObject({
        code: 'Unreachable',
        message: expect.stringMatching(/https:\/\/api\.test.*refused/),
      });
      expect(clock.monotonic() - began).toBeLessThanOrEqual(120_000);
      expect(clock.monotonic() - began).toBeGreaterThan(110_000);
    }));

  it.each([
    [401, 'Denied'],
    [403, 'Denied'],
    [409, 'Conflict'],
  ] as const)('is not repeated after %d: that is an answer', (status, code) =>
    inApiPlace(async ({ cluster, sandbox, sent }) => {
      sandbox.faults.add({ path }, { kind: 'status', status });
      await expect(cluster.get(ref)).rejects.toMatchObject({ code });
      expect(sent).toHaveLength(1);
    }),
  );
});

describe('a request that is cancelled', () => {
  const reason = new StreamGateError('Cancelled', 'enough');

  it('ends at once with the reason, in the middle of an attempt', () =>
    inApiPlace(async ({ cluster, sandbox, cancel, clock }) => {
      sandbox.faults.add({ path }, { kind: 'hang' });
      const began = clock.monotonic();
      clock.after(50, () => cancel.abort(reason));
      await expect(cluster.get(ref)).rejects.toBe(reason);
      expect(clock.monotonic() - began).toBe(50);
    }));

  it('ends at once with the reason, between two attempts', () =>
    inApiPlace(async ({ cluster, sandbox, cancel, clock, sent }) => {
      sandbox.faults.add({ path }, { kind: 'status', status: 429, retryAfterSeconds: 60 });
      clock.after(50, () => cancel.abort(reason));
      await expect(cluster.get(ref)).rejects.toBe(reason);
      expect(sent).toHaveLength(1);
    }));

  it('is not sent at all when it comes too late', () =>
    inApiPlace(async ({ cluster, cancel }) => {
      cancel.abort(reason);
      await expect(cluster.get(ref)).rejects.toBe(reason);
    }));

  it('ends only those that were bound to the signal', () =>
    inApiPlace(async ({ cluster }) => {
      const stop = new AbortController();
      const bound = cluster.with(stop.signal);
      stop.abort(reason);
      await expect(bound.get(ref)).rejects.toBe(reason);
      expect(await cluster.get(ref)).toBeUndefined();
    }));
});

describe('something between here and the API server', () => {
  const page = (status: number, type: string, text: string) => async () => ({
    status,
    headers: { 'content-type': type },
    body: (async function* () {
      yield text;
    })(),
  });

  it('that answers a page is named as such', () =>
    inApiPlace(
      async ({ cluster }) => {
        await expect(cluster.get(ref)).rejects.toMatchObject({
          code: 'Failed',
          message: expect.stringContaining('<html>sign in</html>'),
          remedy: expect.stringContaining('proxies'),
        });
      },
      () => page(200, 'text/html', '<html>sign in</html>'),
    ));

  it('that promises JSON and sends something else is quoted', () =>
    inApiPlace(
      async ({ cluster }) => {
        await expect(cluster.get(ref)).rejects.toMatchObject({ message: expect.stringContaining('oops') });
      },
      () => page(200, 'application/json', 'oops'),
    ));
});
