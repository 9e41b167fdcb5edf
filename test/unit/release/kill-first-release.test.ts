import { describe, expect, it } from '@jest/globals';
import { manifests } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });

describe('a first release that was killed at any of its writes', () => {
  it('is brought to its end by running the same command again', async () => {
    const { tested, failures } = await sweep({
      arrange: async () => {},
      deed: (lab, change) => lab.deploy(v1, change),
      recover: (lab) => lab.deploy(v1),
      wanted: await standingAfter((lab) => lab.deploy(v1)),
      watched: false,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 600_000);

  it('leaves the namespace as empty as it was once a rollback has put it back', async () => {
    const nothing = await standingAfter();
    const released = await standingAfter((lab) => lab.deploy(v1));
    const { tested, failures } = await sweep({
      arrange: async () => {},
      deed: (lab, change) => lab.deploy(v1, change),
      recover: rollbackIfAny,
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? released : nothing),
      watched: false,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 600_000);
});
