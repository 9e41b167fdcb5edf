import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startDoomed } from '../../support/killed-run.ts';
import { fixedGate, type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

interface Operation {
  readonly op: string;
  readonly value: readonly { readonly name: string; readonly weight: number }[];
}

/** What a patch of the route puts in place. */
function backendsOf(body: string): string[] {
  const operations: readonly Operation[] = JSON.parse(body);
  return operations
    .filter(({ op }) => op === 'replace')
    .flatMap(({ value }) => value.map(({ name, weight }) => `${name} ${weight}`));
}

const version = (n: number) => manifests({ VERSION: `v${n}` });

describe('a rollback', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('within the window is one patch of the route, and a few seconds', async () => {
    await lab.deploy(version(1));
    await lab.deploy(version(2));
    const began = lab.clock.monotonic();
    const { change, writes } = startDoomed(lab);
    const result = await lab.rollback(change);
    expect(result).toMatchObject({
      outcome: 'FastRolledBack',
      verdict: 'pass',
      activeSlot: 'blue',
      previousRevision: 0,
    });
    expect(lab.clock.monotonic() - began).toBeLessThan(10_000);
    const patches = writes.filter(
      ({ path, body = '' }) => path.includes('/httproutes/') && body.includes('"replace"'),
    );
    // All traffic to the old version at once, and at the end the route's own form.
    expect(patches.map(({ body = '' }) => backendsOf(body))).toEqual([
      ['shop-blue 100', 'shop-green 0'],
      ['shop 1'],
    ]);
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('asks a version that hangs for its name no longer than one of its pods would take', async () => {
    const many = (name: string) => manifests({ VERSION: name }, { replicas: 12 });
    await lab.deploy(many('v1'));
    await lab.deploy(many('v2'));
    let asked = 0;
    const { steps, outcome } = await lab.rollback({
      async identify({ name }, _service, deadline) {
        if (name.startsWith('shop-blue')) return ['v1'];
        asked += 1;
        await lab.clock.sleep(3_000, deadline.signal).catch(() => undefined);
        return [];
      },
    });
    expect([outcome, asked]).toEqual(['FastRolledBack', 4]);
    expect(steps.find(({ id }) => id === 'learn-versions')?.durationMs).toBe(3_000);
  });

  it('after the old pods are gone starts them from what was recorded', async () => {
    await lab.deploy(version(1));
    await lab.deploy(version(2), { until: 'retired' });
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', activeSlot: 'blue' });
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('starts the pods also when somebody else scaled them away', async () => {
    await lab.deploy(version(1));
    await lab.deploy(version(2));
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'shop-blue' };
    await lab.cluster.mergePatch(ref, { spec: { replicas: 0 } });
    await lab.clock.sleep(10_000);
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack' });
    expect(lab.serving()).toBe('v1');
  });

  it('starts as many pods as the revision had, where the live version was scaled to 0', async () => {
    for (const n of [1, 2, 3]) await lab.deploy(version(n));
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'shop-blue' };
    await lab.cluster.mergePatch(ref, { spec: { replicas: 0 } });
    await lab.clock.sleep(10_000);
    expect(await lab.rollback({ to: 1 })).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 2 } });
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('leads to any revision that is kept', async () => {
    for (const n of [1, 2, 3, 4]) await lab.deploy(version(n));
    expect(await lab.rollback({ to: 2 })).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
    expect(await lab.rollback({ to: 4 })).toMatchObject({ outcome: 'RolledBack' });
    expect(lab.serving()).toBe('v4');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('whose older version cannot start stays where it was', async () => {
    await lab.deploy(version(1));
    await lab.deploy(version(2), { until: 'retired' });
    const result = await lab.rollback({ gates: [fixedGate('smoke', 'fail')] });
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail', activeSlot: 'green' });
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  describe('is refused with the reason when', () => {
    it('nothing was ever released', async () => {
      await expect(lab.rollback()).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining('nothing was ever released in namespace default'),
      });
    });

    it('the first release failed', async () => {
      await lab.deploy(version(1), { gates: [fixedGate('smoke', 'fail')] });
      await expect(lab.rollback()).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining('it was never released'),
      });
    });

    it('there is no earlier revision', async () => {
      await lab.deploy(version(1));
      await expect(lab.rollback()).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining('no earlier revision is kept'),
      });
    });

    it('the revision is live already', async () => {
      await lab.deploy(version(1));
      await expect(lab.rollback({ to: 1 })).rejects.toMatchObject({
        message: expect.stringContaining('revision 1 is live already'),
      });
    });

    it('the revision is not kept any more', async () => {
      for (let n = 1; n <= 7; n++) await lab.deploy(version(n));
      await expect(lab.rollback({ to: 1 })).rejects.toMatchObject({
        message: expect.stringContaining('revision 1 is not kept'),
        remedy: 'Kept are: 7, 6, 5, 4, 3.',
      });
      expect(lab.serving()).toBe('v7');
    });

    it('it was made already: a second one does not bring the abandoned version back', async () => {
      await lab.deploy(version(1));
      await lab.deploy(version(2));
      await lab.rollback();
      await expect(lab.rollback()).rejects.toMatchObject({
        code: 'Refused',
        message: 'shop has nothing to go back to: after a rollback there is no way back by default',
        remedy: 'Name a kept revision with `to`: 2.',
      });
      expect(lab.serving()).toBe('v1');
    });
  });

  it('that is refused gives the lock back', async () => {
    await lab.deploy(version(1));
    await lab.rollback().catch(() => undefined);
    expect(await findBrokenLaws(lab)).toEqual([]);
  });
});
