import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { autoscaler } from '../../support/companions.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const version = (name: string) => manifests({ VERSION: name }, { replicas: 3 });

async function readyIn(slot: 'blue' | 'green'): Promise<number> {
  const deployment = await lab.get('apps/v1', 'Deployment', `shop-${slot}`);
  return Number(at(deployment, 'status', 'readyReplicas') ?? 0);
}

/** Least number of ready pods of the new version while it served. */
async function leastWhileServing(name: string, slot: 'blue' | 'green', deed: () => Promise<unknown>) {
  const stop = new AbortController();
  let least = Number.POSITIVE_INFINITY;
  const looking = (async () => {
    while (!stop.signal.aborted) {
      if (lab.serving() === name) least = Math.min(least, await readyIn(slot));
      await lab.clock.sleep(20, stop.signal).catch(() => undefined);
    }
  })();
  await deed();
  stop.abort();
  await looking;
  return least;
}

async function scale(name: string, replicas: number): Promise<void> {
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };
  await lab.cluster.patch(ref, [{ op: 'replace', path: '/spec/replicas', value: replicas }]);
  await lab.clock.sleep(5_000);
}

describe('a preview', () => {
  it('has the size that was asked for, and the live size before traffic comes', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'), { until: 'preview', previewReplicas: 1 });
    expect(await readyIn('green')).toBe(1);
    expect(await readyIn('blue')).toBe(3);
    const least = await leastWhileServing('v2', 'green', () =>
      lab.deploy(version('v2'), { previewReplicas: 1 }),
    );
    expect(least).toBe(3);
  });

  it('has the live size where none is asked for, whoever set that', async () => {
    await lab.deploy(version('v1'));
    await scale('shop-blue', 5);
    await lab.deploy(version('v2'), { until: 'preview' });
    expect(await readyIn('green')).toBe(5);
  });

  it('of a first release grows to the size of its manifest', async () => {
    await lab.deploy(version('v1'), { until: 'preview', previewReplicas: 1 });
    expect(await readyIn('blue')).toBe(1);
    const least = await leastWhileServing('v1', 'blue', () => lab.deploy(version('v1')));
    expect(least).toBe(3);
  });

  it('has the size of its manifest where the live version was scaled to 0', async () => {
    await lab.deploy(version('v1'));
    await scale('shop-blue', 0);
    await lab.deploy(version('v2'), { until: 'preview' });
    expect(await readyIn('green')).toBe(3);
  });

  it('grows to the size of its manifest before it is promoted, where the live version was scaled to 0', async () => {
    await lab.deploy(version('v1'));
    await scale('shop-blue', 0);
    await lab.deploy(version('v2'), { until: 'preview', previewReplicas: 1 });
    // Nobody watches: the live version gives no answer that could be proven.
    const { steps } = await lab.deploy(version('v2'), { watch: async () => null });
    expect(steps.find(({ id }) => id === 'match-size')?.detail).toBe('at least 3 pods');
    expect(await readyIn('green')).toBe(3);
    expect(lab.serving()).toBe('v2');
  });

  it('meets the size that the live version has when it is promoted, not the one when it was parked', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'), { until: 'preview' });
    await scale('shop-blue', 5);
    const least = await leastWhileServing('v2', 'green', () => lab.deploy(version('v2')));
    expect(least).toBe(5);
  });

  it('that somebody scaled up while it was parked keeps its size', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'), { until: 'preview' });
    await scale('shop-green', 6);
    const least = await leastWhileServing('v2', 'green', () => lab.deploy(version('v2')));
    expect(least).toBe(6);
  });

  it('is not autoscaled, and grows where its live version does not wait', async () => {
    const autoscaled = (name: string) => [...version(name), autoscaler()];
    await lab.deploy(autoscaled('v1'));
    await lab.deploy(autoscaled('v2'), { until: 'preview', previewReplicas: 1 });
    const scalers = await lab.cluster.list(
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      { namespace },
    );
    expect(scalers.map(({ metadata }) => metadata.name)).toEqual(['shop-blue']);
    expect(at(scalers[0], 'spec', 'minReplicas')).toBe(2);
    const least = await leastWhileServing('v2', 'green', () => lab.deploy(autoscaled('v2')));
    expect(least).toBe(3);
  });
});

describe('a way back to warm pods', () => {
  it('is not taken before they are as many as the live version has', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'));
    await scale('shop-green', 6);
    const least = await leastWhileServing('v1', 'blue', async () => {
      const { steps } = await lab.rollback();
      expect(steps.find(({ id }) => id === 'scale-candidate')?.detail).toBe('scaled from 3 to 6');
    });
    expect(least).toBe(6);
  });

  it('is taken at once when asked for, and the pods grow afterwards', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'));
    await scale('shop-green', 6);
    const least = await leastWhileServing('v1', 'blue', async () => {
      const { outcome, steps } = await lab.rollback({ now: true });
      expect(outcome).toBe('FastRolledBack');
      const ids = steps.map(({ id }) => id);
      expect(ids.indexOf('return-route')).toBeLessThan(ids.indexOf('match-size'));
    });
    expect(least).toBe(3);
    expect(await readyIn('blue')).toBe(6);
  });

  it.each([
    ['that asks for the same again', { now: true }],
    ['that asks for no haste', {}],
  ])(
    'is taken at once also where the pods cannot grow; a run %s goes on when they can',
    async (_how, again) => {
      await lab.deploy(version('v1'));
      await lab.deploy(version('v2'));
      await scale('shop-green', 6);
      const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'full', namespace } };
      await lab.cluster.create({ ...quota, spec: { hard: { pods: '9' } } });
      const entry = watchEntry(lab);
      for (const request of [{ now: true }, again]) {
        const result = await lab.rollback(request);
        expect(result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass', activeSlot: 'blue' });
        const grows = /`streamgate rollback shop` to go on.*shop-blue to have 6 pods; last seen: 3 of 6/;
        expect(result.warnings).toEqual([expect.stringMatching(grows)]);
        expect(lab.serving()).toBe('v1');
        expect([await readyIn('blue'), await readyIn('green')]).toEqual([3, 6]);
      }
      await lab.cluster.delete({ apiVersion: 'v1', kind: 'ResourceQuota', namespace, name: 'full' });
      expect(await lab.rollback(again)).toMatchObject({ outcome: 'FastRolledBack', warnings: [] });
      entry.end();
      expect(entry.lost).toEqual([]);
      expect(lab.serving()).toBe('v1');
      expect([await readyIn('blue'), await readyIn('green')]).toEqual([6, 0]);
      expect(await findBrokenLaws(lab)).toEqual([]);
    },
  );
});
