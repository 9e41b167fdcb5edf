import { describe, expect, it } from '@jest/globals';
import { manifests } from '../../support/release-lab.ts';
import { standingAfter, sweep } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

describe('a release that was killed at any of its writes', () => {
  it('is brought to its end by running the same command again, as if nothing had happened', async () => {
    const { tested, failures } = await sweep({
      arrange: (lab) => lab.deploy(v1),
      deed: (lab, change) => lab.deploy(v2, change),
      recover: (lab) => lab.deploy(v2),
      wanted: await standingAfter(
        (lab) => lab.deploy(v1),
        (lab) => lab.deploy(v2),
      ),
      watched: true,
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(70);
  }, 600_000);
});
