import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

const run = (runId: string, commit: string) => ({
  run: { repository: 'acme/shop', commit, ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

describe('commit order', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('given that a later run has released, an earlier one does not start', async () => {
    await lab.deploy(manifests({ VERSION: 'v2' }), run('20', 'new'));
    await expect(lab.deploy(manifests({ VERSION: 'v1' }), run('9', 'old'))).rejects.toMatchObject({
      code: 'Superseded',
      message: expect.stringContaining('Run 9 (commit old) is older than run 20 (commit new)'),
    });
    expect(lab.serving()).toBe('v2');
  });

  it('given a way back by a later run, an earlier one does not undo it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }), run('10', 'a'));
    await lab.deploy(manifests({ VERSION: 'v2' }), run('11', 'b'));
    await lab.rollback(run('12', 'b'));
    await expect(lab.deploy(manifests({ VERSION: 'v2' }), run('11', 'b'))).rejects.toMatchObject({
      code: 'Superseded',
    });
    expect(lab.serving()).toBe('v1');
  });

  it('lets a person insist, and asks nothing outside of a workflow', async () => {
    await lab.deploy(manifests({ VERSION: 'v2' }), run('20', 'new'));
    const forced = await lab.deploy(manifests({ VERSION: 'v1' }), { ...run('9', 'old'), force: true });
    expect(forced.outcome).toBe('Promoted');
    const byHand = await lab.deploy(manifests({ VERSION: 'v3' }), run('', ''));
    expect(byHand.outcome).toBe('Promoted');
  });
});

describe('a drill', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  it('goes back and returns, and leaves live version and way back as they were', async () => {
    await lab.deploy(manifests({ VERSION: 'v2' }));
    const seen = new Set<string>();
    const watching = lab.watchServing(seen);
    const result = await lab.rollback({ drill: true });
    watching.stop();
    expect(result).toMatchObject({
      outcome: 'Checked',
      verdict: 'pass',
      activeSlot: 'green',
      previousRevision: 1,
    });
    expect([...seen].sort()).toEqual(['v1', 'v2']);
    expect(lab.serving()).toBe('v2');
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
  });

  it('given that the old pods are gone, refuses', async () => {
    await lab.deploy(manifests({ VERSION: 'v2' }), { until: 'retired' });
    await expect(lab.rollback({ drill: true })).rejects.toMatchObject({ code: 'Refused' });
    expect(lab.serving()).toBe('v2');
  });
});

describe('letting the old version go', () => {
  it('given nothing new, only retires, even after a drill', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    await lab.rollback({ drill: true });
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), { until: 'retired' });
    expect(result).toMatchObject({ outcome: 'Retired', activeSlot: 'green' });
    const old = await lab.get('apps/v1', 'Deployment', 'shop-blue');
    expect(old?.spec).toMatchObject({ replicas: 0 });
    expect(lab.serving()).toBe('v2');
    await lab.close();
  });
});
