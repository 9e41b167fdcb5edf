import { describe, expect, it } from '@jest/globals';
import { identitiesOf, runPlainApp } from '../../support/plain-app.ts';
import { type Lab, plainManifests } from '../../support/release-lab.ts';
import { hadPromoted, rollbackIfAny, standingIn, sweep } from './kill-sweep.ts';

const plain = (lab: Lab) => runPlainApp(lab, { VERSION: 'v1' });
const release = (lab: Lab) => lab.deploy(plainManifests({ VERSION: 'v2' }));

/** The pods of an app before a run touched them, by lab. */
const firstLook = new WeakMap<Lab, unknown>();

async function arrange(lab: Lab): Promise<void> {
  await plain(lab);
  firstLook.set(lab, await identitiesOf(lab));
}

async function findRestarted(lab: Lab): Promise<void> {
  if (JSON.stringify(await identitiesOf(lab)) !== JSON.stringify(firstLook.get(lab)))
    throw new Error('pods were replaced');
}

describe('a release that takes over an app without a route, killed at any of its writes', () => {
  it('is brought to its end by running the same command again, with no pod restarted', async () => {
    const { tested, failures } = await sweep({
      mode: 'service',
      arrange,
      deed: (lab, change) => lab.deploy(plainManifests({ VERSION: 'v2' }), change),
      async recover(lab) {
        const result = await release(lab);
        await findRestarted(lab);
        return result;
      },
      wanted: await standingIn('service', plain, release),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(50);
  }, 400_000);

  it('is put back as a whole by a rollback, with no pod restarted', async () => {
    const before = await standingIn('service', plain);
    const abandoned = await standingIn('service', plain, release, (lab) => lab.rollback());
    const { tested, failures } = await sweep({
      mode: 'service',
      arrange,
      deed: (lab, change) => lab.deploy(plainManifests({ VERSION: 'v2' }), change),
      async recover(lab) {
        const result = await rollbackIfAny(lab);
        await findRestarted(lab);
        return result;
      },
      wanted: (carriedOut) => (hadPromoted(carriedOut) ? abandoned : before),
      watched: true,
      whens: ['before'],
    });
    expect(failures).toEqual([]);
    expect(tested).toBeGreaterThanOrEqual(50);
  }, 400_000);
});

describe('handing back an app without a route, killed at any of its writes', () => {
  it.each<readonly [string, readonly ((lab: Lab) => Promise<unknown>)[]]>([
    ['of a version in a slot of its own', [plain, release]],
    ['of what was taken over', [plain, release, (lab) => lab.rollback()]],
  ])(
    '%s, is ended by the same command',
    async (_what, life) => {
      const { tested, failures } = await sweep({
        mode: 'service',
        async arrange(lab) {
          for (const deed of life) await deed(lab);
        },
        deed: (lab, change) => lab.eject(change),
        recover: (lab) => lab.eject(),
        wanted: await standingIn('service', ...life, (lab) => lab.eject()),
        watched: true,
        whens: ['before'],
      });
      expect(failures).toEqual([]);
      expect(tested).toBeGreaterThanOrEqual(20);
    },
    300_000,
  );
});
