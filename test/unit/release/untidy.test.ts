import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, silentLog } from '../../../src/base/index.ts';
import { endLostRun } from '../../../src/release/index.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { startDoomed } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const beside = [autoscaler(), budget()];
const v1 = [...manifests({ VERSION: 'v1' }), ...beside];
const v2 = [...manifests({ VERSION: 'v2' }), ...beside];

async function grown(lab: Lab): Promise<void> {
  await lab.deploy(v1);
  lab.sandbox.setDesiredReplicas(namespace, 'shop-blue', 4);
  await lab.clock.sleep(5_000);
  lab.sandbox.setDesiredReplicas(namespace, 'shop-blue', undefined);
}

describe('a release that was promoted, and whose run died before it gave the limits back', () => {
  let lab: Lab;
  beforeEach(async () => {
    const rehearsal = await openLab();
    await grown(rehearsal);
    const whole = startDoomed(rehearsal);
    await rehearsal.deploy(v2, whole.change);
    await rehearsal.close();
    const last = whole.writes.findLastIndex(({ path }) =>
      path.includes('/horizontalpodautoscalers/shop-green'),
    );
    lab = await openLab();
    await grown(lab);
    const doomed = startDoomed(lab, { nth: last + 1, when: 'before' });
    expect(await Promise.race([doomed.dead, lab.deploy(v2, doomed.change)])).toBe('dead');
    expect(await floor()).toBe(4);
  });
  afterEach(() => lab.close());

  const floor = async () =>
    at(await lab.get('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop-green'), 'spec', 'minReplicas');

  it('is brought to its end by the same command', async () => {
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted' });
    expect(await floor()).toBe(2);
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'NothingToRelease' });
  });

  it('is brought to its end after the job, from the journal alone', async () => {
    const { cluster, clock } = lab;
    const run = { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' };
    const signal = new AbortController().signal;
    const request = { cluster, clock, log: silentLog, namespace, app: 'shop', run, signal, runId: '' };
    const ended = await endLostRun(request);
    expect(ended).toMatchObject({ outcome: 'Promoted', verdict: 'pass', failure: null });
    expect(ended?.steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(ended?.steps).toContainEqual(expect.objectContaining({ id: 'prune-revisions', outcome: 'done' }));
    expect(ended?.warnings.join()).toContain('`streamgate.io/apply: after`');
    expect(await floor()).toBe(2);
    expect(lab.serving()).toBe('v2');
    expect(await endLostRun(request)).toBeUndefined();
  });

  it('does not hold the floor for the release after it', async () => {
    expect(await lab.deploy([...manifests({ VERSION: 'v3' }), ...beside])).toMatchObject({
      outcome: 'Promoted',
    });
    const blue = await lab.get('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop-blue');
    expect(at(blue, 'spec', 'minReplicas')).toBe(2);
    expect(await floor()).toBeUndefined();
  });
});
