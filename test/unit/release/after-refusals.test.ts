import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listObjects } from '../../support/object-list.ts';
import { fixedGate, type Knobs, type Lab, manifestsFor, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const bad: Knobs = { VERSION: 'v2' };

describe.each(['gateway', 'service'] as const)('where traffic moves by the %s, a candidate that', (mode) => {
  const make = manifestsFor(mode);
  const v1 = make({ VERSION: 'v1' });
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ mode });
  });
  afterEach(() => lab.close());

  it('cannot pull its image is named within seconds, not at the deadline', async () => {
    const began = lab.clock.monotonic();
    const result = await lab.deploy(make(bad, { image: 'nowhere/no-such:1' }));
    expect(lab.clock.monotonic() - began).toBeLessThan(15_000);
    expect(result.failure?.evidence.join('\n')).toContain('nowhere/no-such:1');
    expect(result.failure?.remedy).toContain('image');
  });

  it('took the place of a warm version leaves the way back open, though a slower one', async () => {
    await lab.deploy(v1);
    await lab.deploy(make({ VERSION: 'v2' }));
    await lab.deploy(make({ VERSION: 'v3' }), { gates: [fixedGate('smoke', 'fail')] });
    expect(await findBrokenLaws(lab)).toEqual([]);
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', activeSlot: 'blue' });
    expect(lab.serving()).toBe('v1');
  });

  it('fails leaves what is applied forward only in place', async () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
    await lab.deploy([...v1, config], { gates: [fixedGate('smoke', 'fail')] });
    await lab.clock.sleep(5_000);
    const left = await listObjects(lab.cluster);
    expect(left.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['ConfigMap settings']);
  });
});
