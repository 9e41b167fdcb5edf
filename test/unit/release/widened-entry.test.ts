import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchEntry } from '../../support/killed-run.ts';
import { placed } from '../../support/plain-app.ts';
import { type Lab, openLab, plainManifests } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('an owner who widens the Service of an app without a route, before its selector moves', () => {
  let lab: Lab;
  let ended = false;
  beforeEach(async () => {
    lab = await openLab({ mode: 'service' });
  });
  afterEach(async () => {
    ended = true;
    await lab.close();
  });

  it('and goes on to the end of the release: a rollback mends that once he has stopped', async () => {
    const v1 = plainManifests({ VERSION: 'v1' });
    await lab.deploy(v1);
    const [own] = v1.filter(({ kind }) => kind === 'Service');
    if (own === undefined) throw new Error('the manifests have no Service');
    let owner: Promise<void> | undefined;
    const widen = async () => {
      while (!ended) {
        await lab.cluster.apply(placed(own), { force: true });
        await lab.clock.sleep(250);
      }
    };
    const listener = {
      plan() {},
      begin() {},
      end({ id }: { readonly id: string }) {
        if (id === 'baseline') owner ??= widen();
      },
    };
    const entry = watchEntry(lab);
    const result = await lab.deploy(plainManifests({ VERSION: 'v2' }), { listener });
    ended = true;
    await owner;
    expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
    expect(result.reason).toContain('the way back is not complete');
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    await lab.clock.sleep(5_000);
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });
});
