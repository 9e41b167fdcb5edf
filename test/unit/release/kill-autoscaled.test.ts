import { describe, expect, it } from '@jest/globals';
import { autoscaler, budget } from '../../support/companions.ts';
import { type Lab, manifests, namespace } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const beside = [autoscaler(), budget()];
const v1 = [...manifests({ VERSION: 'v1' }), ...beside];
const v2 = [...manifests({ VERSION: 'v2' }), ...beside];

/** Live at a size above the floor, so that there is something to hold. */
async function releaseAndGrow(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  lab.sandbox.setDesiredReplicas(namespace, 'shop-blue', 3);
  await lab.clock.sleep(5_000);
  lab.sandbox.setDesiredReplicas(namespace, 'shop-blue', undefined);
}

async function releaseTwice(lab: Lab): Promise<void> {
  await releaseAndGrow(lab);
  await lab.deploy(v2);
}

describe('a release with an autoscaler and a budget that was killed at any of its writes', () => {
  it('is brought to its end by running the same command again', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseAndGrow,
      deed: (lab, change) => lab.deploy(v2, change),
      recover: (lab) => lab.deploy(v2),
      wanted: await standingAfter(releaseTwice),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(45);
  }, 480_000);

  it('is put back by a rollback that knows the name of the app and nothing else', async () => {
    const before = await standingAfter(releaseAndGrow);
    const abandoned = await standingAfter(releaseTwice, (lab) => lab.rollback());
    const { tested, failures } = await sweep({
      arrange: releaseAndGrow,
      deed: (lab, change) => lab.deploy(v2, change),
      recover: rollbackIfAny,
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
      whens: ['after'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(45);
  }, 480_000);
});

describe('a rollback with an autoscaler and a budget that was killed at any of its writes', () => {
  it('is brought to its end by another one', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback(change),
      recover: rollbackIfAny,
      wanted: await standingAfter(releaseTwice, (lab) => lab.rollback()),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(35);
  }, 480_000);

  it('is brought to its end by another one, also when it was in haste', async () => {
    const { tested, failures } = await sweep({
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback({ ...change, now: true }),
      recover: rollbackIfAny,
      wanted: await standingAfter(releaseTwice, (lab) => lab.rollback({ now: true })),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(35);
  }, 480_000);
});
