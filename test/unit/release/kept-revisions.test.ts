import { describe, expect, it } from '@jest/globals';
import { manifests, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const version = (n: number) => manifests({ VERSION: `v${n}` });

describe('of the revisions that are kept', () => {
  it('the way back is never dropped, however old it is', async () => {
    const lab = await openLab();
    for (let n = 1; n <= 6; n++) await lab.deploy(version(n));
    // Of 2 to 6, the oldest: the next release makes it the sixth of the newest.
    await lab.rollback({ to: 2 });
    expect(await lab.deploy(version(7))).toMatchObject({ outcome: 'Promoted', previousRevision: 2 });
    expect(await lab.get('apps/v1', 'ControllerRevision', 'streamgate-shop-2')).toBeDefined();
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    expect(lab.serving()).toBe('v2');
    expect((await findBrokenLaws(lab)).filter((law) => !law.startsWith('at most 5'))).toEqual([]);
    await lab.close();
  }, 600_000);
});
