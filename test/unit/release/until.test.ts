import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { readJournal } from '../../../src/release/index.ts';
import { listObjects } from '../../support/object-list.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const v3 = manifests({ VERSION: 'v3' });

describe('how far a release goes', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(v1);
  });
  afterEach(() => lab.close());

  const phase = async () => (await readJournal(lab.cluster, namespace, 'shop'))?.release?.phase;
  const holder = async () =>
    at(await lab.get('coordination.k8s.io/v1', 'Lease', 'streamgate-shop'), 'spec', 'holderIdentity');

  describe('until a preview', () => {
    it('it parks: the candidate is ready, no traffic moved, the lock is free', async () => {
      const route = at(await lab.route(), 'spec');
      const result = await lab.deploy(v2, { until: 'preview' });
      expect(result).toMatchObject({ outcome: 'Parked', verdict: 'pass', activeSlot: 'blue' });
      expect(await phase()).toBe('parked');
      expect(await holder()).toBeUndefined();
      expect(at(await lab.route(), 'spec')).toEqual(route);
      expect(lab.serving()).toBe('v1');
      const green = await lab.get('apps/v1', 'Deployment', 'shop-green');
      expect(at(green, 'status', 'readyReplicas')).toBe(2);
    });

    it('the same release goes on when it is called again', async () => {
      const parked = await lab.deploy(v2, { until: 'preview' });
      const result = await lab.deploy(v2, { until: 'promoted' });
      expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
      expect(result.release?.id).toBe(parked.release?.id);
      expect(lab.serving()).toBe('v2');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('its gates are not asked again when it goes on', async () => {
      await lab.deploy(v2, { until: 'preview' });
      const result = await lab.deploy(v2, { gates: [fixedGate('smoke', 'fail')] });
      expect(result.outcome).toBe('Promoted');
      expect(result.steps.find(({ id }) => id === 'smoke')?.outcome).toBe('skipped');
    });

    it('it may be parked twice', async () => {
      const first = await lab.deploy(v2, { until: 'preview' });
      const second = await lab.deploy(v2, { until: 'preview' });
      expect(second).toMatchObject({ outcome: 'Parked', release: { id: first.release?.id } });
    });

    it('it goes on twenty hours later as it would have at once, and the hours count towards no deadline', async () => {
      const parked = await lab.deploy(v2, { until: 'preview' });
      await lab.clock.sleep(20 * 3_600_000);
      expect(await phase()).toBe('parked');
      const result = await lab.deploy(v2);
      expect(result).toMatchObject({ outcome: 'Promoted', release: { id: parked.release?.id } });
      expect(lab.serving()).toBe('v2');
    });

    it('another version supersedes what is parked', async () => {
      const parked = await lab.deploy(v2, { until: 'preview' });
      const result = await lab.deploy(v3);
      expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'green', previousRevision: 1 });
      expect(result.release?.id).not.toBe(parked.release?.id);
      expect(lab.serving()).toBe('v3');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('a rollback takes the preview away', async () => {
      const before = await listObjects(lab.cluster);
      await lab.deploy(v2, { until: 'preview' });
      expect(await lab.rollback()).toMatchObject({
        outcome: 'RolledBack',
        verdict: 'pass',
        activeSlot: 'blue',
      });
      await lab.clock.sleep(5_000);
      expect(await listObjects(lab.cluster)).toEqual(before);
    });

    it('it parks a first release too, which then goes on', async () => {
      const fresh = await openLab();
      expect(await fresh.deploy(v1, { until: 'preview' })).toMatchObject({
        outcome: 'Parked',
        activeSlot: null,
      });
      expect(await fresh.route()).toBeUndefined();
      expect(await fresh.deploy(v1)).toMatchObject({ outcome: 'Promoted', activeSlot: 'blue' });
      expect(await findBrokenLaws(fresh)).toEqual([]);
      await fresh.close();
    });
  });

  describe('until the old version is retired', () => {
    it('it waits for the rollback window, then empties the old slot', async () => {
      const began = lab.clock.monotonic();
      const result = await lab.deploy(v2, { until: 'retired' });
      expect(result).toMatchObject({ outcome: 'Retired', verdict: 'pass', activeSlot: 'green' });
      expect(lab.clock.monotonic() - began).toBeGreaterThanOrEqual(600_000);
      expect(await lab.get('apps/v1', 'Deployment', 'shop-blue')).toMatchObject({ spec: { replicas: 0 } });
      expect(await phase()).toBe('retired');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('it stays warm where nobody asks for that, however long ago it served', async () => {
      await lab.deploy(v2);
      await lab.clock.sleep(7 * 86_400_000);
      const old = await lab.get('apps/v1', 'Deployment', 'shop-blue');
      expect(at(old, 'status', 'readyReplicas')).toBe(2);
      expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    });

    it('the window counts from the promotion, also for a later call', async () => {
      await lab.deploy(v2);
      await lab.clock.sleep(400_000);
      const began = lab.clock.monotonic();
      expect(await lab.deploy(v2, { until: 'retired' })).toMatchObject({ outcome: 'Retired' });
      expect(lab.clock.monotonic() - began).toBeLessThan(201_000);
    });

    it('there is nothing left to do for a third call', async () => {
      await lab.deploy(v2, { until: 'retired' });
      expect(await lab.deploy(v2, { until: 'retired' })).toMatchObject({ outcome: 'NothingToRelease' });
    });
  });

  describe('with nothing new', () => {
    it('there is nothing to release, and nothing is touched', async () => {
      const before = await lab.get('v1', 'ConfigMap', 'streamgate-shop');
      const result = await lab.deploy(v1);
      expect(result).toMatchObject({
        outcome: 'NothingToRelease',
        verdict: 'pass',
        activeSlot: 'blue',
        steps: [],
      });
      expect(await lab.get('v1', 'ConfigMap', 'streamgate-shop')).toEqual(before);
    });

    it('it is released all the same when forced', async () => {
      expect(await lab.deploy(v1, { force: true })).toMatchObject({
        outcome: 'Promoted',
        activeSlot: 'green',
      });
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('after a rollback the version that was abandoned is new again', async () => {
      await lab.deploy(v2);
      await lab.rollback();
      expect(await lab.deploy(v1)).toMatchObject({ outcome: 'NothingToRelease' });
      expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted' });
      expect(lab.serving()).toBe('v2');
    });
  });
});
