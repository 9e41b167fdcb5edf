import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommitComparison } from '../../../src/release/index.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

const run = (runId: string, commit: string, repository = 'acme/shop') => ({
  run: { repository, commit, ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});
const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

describe('a later run with another commit than the released one', () => {
  let lab: Lab;
  let asked: string[];
  const answering = (relation: CommitComparison['relation'], detail = '') => ({
    async compareWith(released: string) {
      asked.push(released);
      return { relation, detail };
    },
  });
  beforeEach(async () => {
    lab = await openLab();
    asked = [];
    await lab.deploy(v1, run('10', 'released'));
  });
  afterEach(() => lab.close());

  it.each(['newer', 'same'] as const)('that is %s, is released', async (relation) => {
    const result = await lab.deploy(v2, { ...run('11', 'ours'), ...answering(relation) });
    expect(result).toMatchObject({ outcome: 'Promoted' });
    expect(new Set(asked)).toEqual(new Set(['released']));
  });

  it('that is an ancestor of it, ends superseded and touches nothing', async () => {
    await expect(lab.deploy(v2, { ...run('11', 'ours'), ...answering('older') })).rejects.toMatchObject({
      code: 'Superseded',
      message: expect.stringContaining(
        'Run 11 (commit ours) has an older commit than run 10 (commit released)',
      ),
      remedy: expect.stringContaining('allow-older'),
    });
    expect(lab.serving()).toBe('v1');
  });

  it.each([
    ['diverged', '', 'neither is an ancestor of the other'],
    ['unknown', 'no such commit', 'GitHub does not say which of them is newer: no such commit'],
  ] as const)('that is %s, is refused with the reason', async (relation, detail, why) => {
    await expect(
      lab.deploy(v2, { ...run('11', 'ours'), ...answering(relation, detail) }),
    ).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('allow-older: true'),
    });
    expect(lab.serving()).toBe('v1');
  });

  it.each(['older', 'diverged', 'unknown'] as const)(
    'that is %s, is released when a person insists',
    async (relation) => {
      const change = { ...run('11', 'ours'), ...answering(relation), allowOlder: true };
      expect(await lab.deploy(v2, change)).toMatchObject({ outcome: 'Promoted' });
      expect(asked).toEqual([]);
    },
  );

  it('is not compared across repositories, which have no history in common', async () => {
    const change = { ...run('11', 'ours', 'acme/other'), ...answering('older') };
    expect(await lab.deploy(v2, change)).toMatchObject({ outcome: 'Promoted' });
    expect(asked).toEqual([]);
  });

  it('is not compared when its run is older: that is answer enough', async () => {
    await expect(lab.deploy(v2, { ...run('9', 'ours'), ...answering('newer') })).rejects.toMatchObject({
      code: 'Superseded',
    });
    expect(asked).toEqual([]);
  });
});
