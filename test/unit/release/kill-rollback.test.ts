import { describe, expect, it } from '@jest/globals';
import { type Lab, manifests } from '../../support/release-lab.ts';
import { rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

async function releaseTwice(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  await lab.deploy(v2);
}

/** The pods of the older version are gone, so the way back has to start them. */
async function releaseAndRetire(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  const settings = { progressDeadlineMs: 60_000, observeMs: 500, rollbackWindowMs: 1_000 };
  await lab.deploy(v2, { until: 'retired', settings });
}

describe('a rollback that was killed at any of its writes', () => {
  it('is brought to its end by another one: it never brings the abandoned version back', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback(change),
      recover: rollbackIfAny,
      wanted: await standingAfter(releaseTwice, (lab) => lab.rollback()),
      watched: true,
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(50);
  }, 600_000);

  it('is brought to its end also when it had to start the older version first', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseAndRetire,
      deed: (lab, change) => lab.rollback(change),
      recover: rollbackIfAny,
      wanted: await standingAfter(releaseAndRetire, (lab) => lab.rollback()),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 600_000);
});
