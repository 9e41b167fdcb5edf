import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('ten releases, forward and back', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('leave the app in order each time, and lose no request', async () => {
    await lab.deploy(manifests({ VERSION: 'v0' }));
    const entry = watchEntry(lab);
    for (let n = 1; n <= 10; n++) {
      const released = await lab.deploy(manifests({ VERSION: `v${n}` }));
      expect(released).toMatchObject({ outcome: 'Promoted', verdict: 'pass', warnings: [] });
      expect(lab.serving()).toBe(`v${n}`);
      expect(await findBrokenLaws(lab)).toEqual([]);
      if (n % 2 === 1) continue;
      const back = await lab.rollback();
      expect(back).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
      expect(lab.serving()).toBe(`v${n - 1}`);
      expect(await findBrokenLaws(lab)).toEqual([]);
    }
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(entry.asked()).toBeGreaterThan(1_000);
  }, 300_000);

  it('put each candidate into the slot that does not serve', async () => {
    const slots: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      const { activeSlot } = await lab.deploy(manifests({ VERSION: `v${n}` }));
      slots.push(activeSlot);
    }
    expect(slots).toEqual(['blue', 'green', 'blue', 'green', 'blue']);
  });

  it('never shrink the app below its live size, whoever set that', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }, { replicas: 2 }));
    const live = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'shop-blue' };
    await lab.cluster.mergePatch(live, { spec: { replicas: 4 } });
    await lab.deploy(manifests({ VERSION: 'v2' }, { replicas: 2 }));
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 4 } });
    await lab.cluster.mergePatch({ ...live, name: 'shop-green' }, { spec: { replicas: 6 } });
    await lab.rollback();
    expect(await lab.get('apps/v1', 'Deployment', 'shop-blue')).toMatchObject({ spec: { replicas: 6 } });
  });

  it('replace the pod template whole: nothing of the version before stays in it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1', OLD: 'yes' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    await lab.deploy(manifests({ VERSION: 'v3' }));
    const deployment = await lab.get('apps/v1', 'Deployment', 'shop-blue');
    expect(JSON.stringify(deployment)).not.toContain('OLD');
  });
});
