import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('given a candidate that works at first', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  // Each of the two pods answers some 20 requests a second of the witness and of the callers together.
  const tired = manifests({ VERSION: 'v2', ERROR_AFTER: '60' });

  it('when it errs while it is observed, its release is undone', async () => {
    const entry = watchEntry(lab);
    const settings = { progressDeadlineMs: 60_000, observeMs: 20_000, rollbackWindowMs: 600_000 };
    const result = await lab.deploy(tired, { settings });
    entry.end();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail', activeSlot: 'blue' });
    expect(result.steps.find(({ id }) => id === 'observe')).toMatchObject({ outcome: 'failed' });
    expect(result.reason).toContain('Real traffic met a failure');
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });
});
