import { describe, expect, it } from '@jest/globals';
import { watchEntry } from '../../support/killed-run.ts';
import { manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('a control plane that tells of endpoints half a minute late', () => {
  it.each([
    ['with a prober', {}],
    ['with nobody who watches', { watch: async () => null }],
  ])('%s, costs time and no request: forward, back, and forward again', async (_who, change) => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }), change);
    await lab.deploy(manifests({ VERSION: 'v2' }), change);
    lab.sandbox.faults.setDelays({ endpointMs: 30_000 });
    const settings = { progressDeadlineMs: 120_000, observeMs: 2_000, rollbackWindowMs: 600_000 };
    const entry = watchEntry(lab);
    for (const name of ['v3', 'v4']) {
      const released = await lab.deploy(manifests({ VERSION: name }), { ...change, settings });
      expect(released).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
      const back = await lab.rollback({ ...change, settings });
      expect(back).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
      await lab.clock.sleep(40_000);
    }
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
    await lab.close();
  });
});
