import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resize, resolveLimits, rollOn, type SetSize } from '../../../src/sandbox/controllers/rollout.ts';

const set = (name: string, replicas: number, available = replicas, maxReplicas = replicas): SetSize => ({
  name,
  replicas,
  available,
  maxReplicas,
});

describe('the limits of a rolling update', () => {
  it('round surge up and unavailability down', () => {
    expect(resolveLimits(5, { maxSurge: '25%', maxUnavailable: '25%' })).toEqual({
      maxSurge: 2,
      maxUnavailable: 1,
    });
  });

  it('let one pod be missing when both come to nothing', () => {
    expect(resolveLimits(3, { maxSurge: 0, maxUnavailable: '10%' })).toEqual({
      maxSurge: 0,
      maxUnavailable: 1,
    });
  });

  it('are 25 % each when nothing is said', () => {
    expect(resolveLimits(8, {})).toEqual({ maxSurge: 2, maxUnavailable: 2 });
  });
});

describe('a rolling update', () => {
  it('grows the new set by the surge before an old pod goes', () => {
    const sizes = rollOn({
      replicas: 3,
      maxSurge: 1,
      maxUnavailable: 0,
      current: set('new', 0),
      old: [set('old', 3)],
    });
    expect([...sizes]).toEqual([['new', 1]]);
  });

  it('takes old pods that serve nobody first', () => {
    const old = [set('dead', 2, 0), set('live', 2)];
    const sizes = rollOn({ replicas: 4, maxSurge: 0, maxUnavailable: 2, current: set('new', 0), old });
    expect([...sizes]).toEqual([['dead', 0]]);
  });

  it('ends with the new set alone whatever its limits, and never breaks them on the way', () => {
    const limits = fc.record({
      replicas: fc.integer({ min: 1, max: 12 }),
      maxSurge: fc.integer({ min: 0, max: 5 }),
      maxUnavailable: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(limits, fc.integer({ min: 0, max: 12 }), ({ replicas, ...strategy }, alsoOld) => {
        const { maxSurge, maxUnavailable } = resolveLimits(replicas, strategy);
        const first = Math.min(alsoOld, replicas);
        let sizes = new Map([
          ['new', 0],
          ['a', first],
          ['b', replicas - first],
        ]);
        const sizeOf = (name: string) => sizes.get(name) ?? 0;
        for (let step = 0; sizeOf('new') < replicas || sizeOf('a') + sizeOf('b') > 0; step++) {
          expect(step).toBeLessThan(100);
          const old = ['a', 'b'].map((name) => set(name, sizeOf(name)));
          const next = rollOn({
            replicas,
            maxSurge,
            maxUnavailable,
            current: set('new', sizeOf('new')),
            old,
          });
          expect(next.size).toBeGreaterThan(0);
          sizes = new Map([...sizes, ...next]);
          const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
          expect(total).toBeLessThanOrEqual(replicas + maxSurge);
          expect(total).toBeGreaterThanOrEqual(replicas - maxUnavailable);
        }
      }),
    );
  });
});

describe('a change of size', () => {
  it('goes to the only set', () => {
    const sizes = resize({ replicas: 5, maxSurge: 1, maxUnavailable: 0, current: set('only', 2), old: [] });
    expect([...sizes]).toEqual([['only', 5]]);
  });

  it('keeps the ratio of versions in the middle of a rollout', () => {
    const old = [set('old', 8, 8, 12)];
    const sizes = resize({
      replicas: 20,
      maxSurge: 4,
      maxUnavailable: 0,
      current: set('new', 4, 4, 12),
      old,
    });
    expect(Object.fromEntries(sizes)).toEqual({ new: 8, old: 16 });
  });

  it('takes everything to nothing when asked for nothing', () => {
    const old = [set('old', 3, 3, 4)];
    const sizes = resize({ replicas: 0, maxSurge: 1, maxUnavailable: 0, current: set('new', 1, 1, 4), old });
    expect(Object.fromEntries(sizes)).toEqual({ new: 0, old: 0 });
  });
});
