import { describe, expect, it } from '@jest/globals';
import { configured } from '../../support/config.ts';
import type { Lab } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const v1 = configured({ VERSION: 'v1' }, { GREETING: 'one' });
const v2 = configured({ VERSION: 'v2' }, { GREETING: 'two' });
/** The configuration alone is new. */
const v1b = configured({ VERSION: 'v1' }, { GREETING: 'another' });

async function releaseAndRetire(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  const settings = { progressDeadlineMs: 60_000, observeMs: 500, rollbackWindowMs: 1_000 };
  await lab.deploy(v2, { until: 'retired', settings });
}

describe('a release with a configuration of its own that was killed at any of its writes', () => {
  it('is brought to its end by the same command, copies and all', async () => {
    const { tested, failures } = await sweep({
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v1b, change),
      recover: (lab) => lab.deploy(v1b),
      wanted: await standingAfter(
        (lab) => lab.deploy(v1),
        (lab) => lab.deploy(v1b),
      ),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(35);
  }, 600_000);

  it('is put back by a rollback, and no copy of it is left', async () => {
    const before = await standingAfter((lab) => lab.deploy(v1));
    const abandoned = await standingAfter(
      (lab) => lab.deploy(v1),
      (lab) => lab.deploy(v2),
      (lab) => lab.rollback(),
    );
    const { failures } = await sweep({
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v2, change),
      recover: rollbackIfAny,
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
  }, 600_000);
});

describe('a cold rollback to a version with a configuration of its own, killed at any of its writes', () => {
  it('is brought to its end by another one', async () => {
    const { failures } = await sweep({
      arrange: releaseAndRetire,
      deed: (lab, change) => lab.rollback(change),
      recover: rollbackIfAny,
      wanted: await standingAfter(releaseAndRetire, (lab) => lab.rollback()),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
  }, 600_000);
});
