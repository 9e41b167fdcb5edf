import { describe, expect, it } from '@jest/globals';
import { identitiesOf, runPlainApp, wholeOf } from '../../support/plain-app.ts';
import { type Lab, manifests } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingAfter, sweep } from './kill-sweep.ts';

const v2 = manifests({ VERSION: 'v2' });
const start = (lab: Lab) => runPlainApp(lab, { VERSION: 'v1' });

/** How the app stood before a run touched it, by lab. */
const firstLook = new WeakMap<Lab, { readonly whole: string[]; readonly pods: unknown }>();

async function arrange(lab: Lab): Promise<void> {
  await start(lab);
  firstLook.set(lab, { whole: await wholeOf(lab), pods: await identitiesOf(lab) });
}

async function findRestarted(lab: Lab): Promise<void> {
  const now = JSON.stringify(await identitiesOf(lab));
  if (now !== JSON.stringify(firstLook.get(lab)?.pods)) throw new Error('pods were replaced');
}

/** What differs from the first look: labels, annotations and uids count as well. */
async function findRemains(lab: Lab): Promise<void> {
  await lab.clock.sleep(5_000);
  const before = firstLook.get(lab)?.whole ?? [];
  const extra = (await wholeOf(lab)).filter((line) => !before.includes(line));
  if (extra.length > 0) throw new Error(`remains: ${extra.map((line) => line.slice(0, 160)).join('; ')}`);
}

describe('a release that takes over what runs, killed at any of its writes', () => {
  it('is brought to its end by running the same command again, with no pod restarted', async () => {
    const { tested, failures } = await sweep({
      arrange,
      deed: (lab, change) => lab.deploy(v2, change),
      async recover(lab) {
        const result = await lab.deploy(v2);
        await findRestarted(lab);
        return result;
      },
      wanted: await standingAfter(start, (lab) => lab.deploy(v2)),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(60);
  }, 400_000);

  it('is put back as a whole by a rollback, with no pod restarted', async () => {
    const before = await standingAfter(start);
    const abandoned = await standingAfter(
      start,
      (lab) => lab.deploy(v2),
      (lab) => lab.rollback(),
    );
    const { tested, failures } = await sweep({
      arrange,
      deed: (lab, change) => lab.deploy(v2, change),
      async recover(lab) {
        const result = await rollbackIfAny(lab);
        await findRestarted(lab);
        if (result?.outcome !== 'FastRolledBack') await findRemains(lab);
        return result;
      },
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(60);
  }, 400_000);

  it('is put back as a whole also when the way back was killed at any of its writes', async () => {
    const { tested, failures } = await sweep({
      async arrange(lab) {
        await arrange(lab);
        await lab.deploy(v2, { until: 'preview' });
      },
      deed: (lab, change) => lab.rollback(change),
      async recover(lab) {
        const result = await rollbackIfAny(lab);
        await findRestarted(lab);
        await findRemains(lab);
        return result;
      },
      wanted: await standingAfter(start),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(25);
  }, 400_000);
});
