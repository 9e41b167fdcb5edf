import { describe, expect, it } from '@jest/globals';
import type { CredentialsEnd } from '../../../src/cluster/index.ts';
import { manifests, openLab } from '../../support/release-lab.ts';

const minute = 60_000;
const v1 = manifests({ VERSION: 'v1' });

/** A cluster whose credentials end so long after the start of its clock. */
async function labWithEnd(inMs: number | undefined) {
  let end: CredentialsEnd | undefined;
  const transport = { credentialsEnd: async () => end };
  const lab = await openLab({ transport: (direct) => ({ ...direct, ...transport }) });
  end = inMs === undefined ? undefined : { at: lab.clock.now() + inMs, what: 'token' };
  return lab;
}

describe('a release, given credentials', () => {
  it('that end before the release and its way back may have ended, is refused and touches nothing', async () => {
    const lab = await labWithEnd(6 * minute);
    await expect(lab.deploy(v1, { budgetMs: 5 * minute })).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringMatching(/^The token of the kubeconfig ends in [56] min.*may take 9 min$/),
      remedy: expect.stringContaining('tokenFile'),
    });
    expect(
      lab.sandbox.requests.filter(({ method, path }) => method !== 'GET' && !/review|dryRun/.test(path)),
    ).toEqual([]);
    await lab.close();
  });

  it('that outlive the release but not the window in which old pods are kept, is refused when it is to wait for it', async () => {
    const lab = await labWithEnd(10 * minute);
    const settings = { progressDeadlineMs: minute, observeMs: 500, rollbackWindowMs: 10 * minute };
    const change = { budgetMs: 5 * minute, settings };
    await expect(lab.deploy(v1, { ...change, until: 'retired' })).rejects.toMatchObject({ code: 'Refused' });
    expect(await lab.deploy(v1, change)).toMatchObject({ outcome: 'Promoted' });
    await lab.close();
  });

  it.each([
    ['that last long enough', 10 * minute],
    ['whose end is not known', undefined],
  ])('%s, is done', async (_what, inMs) => {
    const lab = await labWithEnd(inMs);
    expect(await lab.deploy(v1, { budgetMs: 5 * minute })).toMatchObject({ outcome: 'Promoted' });
    await lab.close();
  });

  it('that have expired already, can still be rolled back with better ones: a rollback asks for no such time', async () => {
    const lab = await labWithEnd(undefined);
    await lab.deploy(v1);
    await lab.deploy(manifests({ VERSION: 'v2' }));
    const short = await lab.rollback();
    expect(short).toMatchObject({ outcome: 'FastRolledBack' });
    await lab.close();
  });
});

describe('a release whose credentials are refused from the middle of its switch on', () => {
  it('says that it could neither go on nor be taken back; with better ones a rollback puts it back', async () => {
    const lab = await openLab();
    await lab.deploy(v1);
    const begin = ({ id }: { readonly id: string }) => {
      if (id === 'move-entry') lab.sandbox.faults.add({}, { kind: 'status', status: 401 });
    };
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      listener: { plan() {}, begin, end() {} },
    });
    expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
    expect(result.reason).toMatch(/answered 401.*the way back is not complete/);
    expect(result.failure?.remedy).toMatch(/streamgate rollback shop.*credentials/);
    expect(lab.serving()).toBe('v2');
    lab.sandbox.faults.clear();
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack' });
    expect(lab.serving()).toBe('v1');
    await lab.close();
  });
});
