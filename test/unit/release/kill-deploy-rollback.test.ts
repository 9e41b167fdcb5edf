import { describe, expect, it } from '@jest/globals';
import { manifests } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

describe('a release that was killed at any of its writes', () => {
  it('is put back by a rollback that knows the name of the app and nothing else', async () => {
    const before = await standingAfter((lab) => lab.deploy(v1));
    const abandoned = await standingAfter(
      (lab) => lab.deploy(v1),
      (lab) => lab.deploy(v2),
      (lab) => lab.rollback(),
    );
    const { tested, failures } = await sweep({
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v2, change),
      recover: rollbackIfAny,
      // From the write that promotes it on, the release is over, and a rollback leaves its own traces.
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(70);
  }, 600_000);
});
