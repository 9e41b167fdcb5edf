import { describe, expect, it } from '@jest/globals';
import { type Lab, plainManifests } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingIn, sweep } from './kill-sweep.ts';

const v1 = plainManifests({ VERSION: 'v1' });
const v2 = plainManifests({ VERSION: 'v2' });

async function releaseTwice(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  await lab.deploy(v2);
}

describe('a release without a route that was killed at any of its writes', () => {
  it('is brought to its end by running the same command again, as if nothing had happened', async () => {
    const { tested, failures } = await sweep({
      mode: 'service',
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v2, change),
      recover: (lab) => lab.deploy(v2),
      wanted: await standingIn('service', releaseTwice),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 600_000);

  it('is put back by a rollback that knows the name of the app and nothing else', async () => {
    const before = await standingIn('service', (lab) => lab.deploy(v1));
    const abandoned = await standingIn('service', releaseTwice, (lab) => lab.rollback());
    const { tested, failures } = await sweep({
      mode: 'service',
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v2, change),
      recover: rollbackIfAny,
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 600_000);
});

describe('a rollback without a route that was killed at any of its writes', () => {
  it('is brought to its end by another one', async () => {
    const { tested, failures } = await sweep({
      mode: 'service',
      arrange: releaseTwice,
      deed: (lab, change) => lab.rollback(change),
      recover: rollbackIfAny,
      wanted: await standingIn('service', releaseTwice, (lab) => lab.rollback()),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(15);
  }, 600_000);
});
