import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import type { ApiRequest } from '../../../src/cluster/index.ts';
import { endLostRun, readJournal } from '../../../src/release/index.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { type Doomed, startDoomed, watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const v3 = manifests({ VERSION: 'v3' });
type Deed = (lab: Lab, change: Doomed['change']) => Promise<unknown>;

const runOf = (runId: string) => ({
  run: { repository: 'acme/shop', commit: '', ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

/** Whether a request moves the traffic of a route. */
const movesTraffic = ({ path, body = '' }: ApiRequest) =>
  path.includes('/httproutes/') && body.includes('"replace"');

interface Loss {
  /** Brings a cluster to where the deed begins. */
  readonly arrange: (lab: Lab) => Promise<unknown>;
  readonly deed: Deed;
  /** The run is gone right after the n-th of the writes that are meant. */
  readonly after: (request: ApiRequest) => boolean;
  readonly nth: number;
}

/** Does the deed, and loses its run on the way. */
async function lose(lab: Lab, { arrange, deed, after, nth }: Loss): Promise<void> {
  const rehearsal = await openLab();
  await arrange(rehearsal);
  const whole = startDoomed(rehearsal);
  await deed(rehearsal, whole.change);
  await rehearsal.close();
  const places = whole.writes.flatMap((request, index) => (after(request) ? [index + 1] : []));
  await arrange(lab);
  const doomed = startDoomed(lab, { nth: places[nth - 1] ?? 0, when: 'after' });
  const ended = await Promise.race([doomed.dead, deed(lab, doomed.change)]);
  expect(ended).toBe('dead');
}

describe('after a run that is gone', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const releaseV1 = (some: Lab) => some.deploy(v1, runOf('1'));
  const releaseTwo = async (some: Lab) => {
    await some.deploy(v1, runOf('1'));
    await some.deploy(v2, runOf('2'));
  };
  const goBack: Deed = (some, change) => some.rollback({ ...runOf('3'), ...change });
  const phase = async () => (await readJournal(lab.cluster, namespace, 'shop'))?.release?.phase;
  /** What the end of a job does for the run that it belongs to. */
  const clearUp = (runId: string) => {
    const { cluster, clock } = lab;
    const signal = new AbortController().signal;
    return endLostRun({
      cluster,
      clock,
      log: silentLog,
      namespace,
      app: 'shop',
      signal,
      runId,
      ...runOf(runId),
    });
  };

  describe('in the middle of a switch', () => {
    const loseSwitch = () =>
      lose(lab, {
        arrange: releaseV1,
        deed: (some, change) => some.deploy(v2, { ...runOf('2'), ...change }),
        after: movesTraffic,
        nth: 2,
      });

    it('the end of its job puts its release back, and no request is lost', async () => {
      await loseSwitch();
      const entry = watchEntry(lab);
      expect(await clearUp('2')).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
      await lab.clock.sleep(5_000);
      entry.end();
      expect(entry.lost).toEqual([]);
      expect(lab.serving()).toBe('v1');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('the end of another job leaves its release alone', async () => {
      await loseSwitch();
      expect(await clearUp('1')).toBeUndefined();
      await lab.clock.sleep(5_000);
      expect(await phase()).toBe('running');
      expect(lab.serving()).toBe('v2');
    });

    it('another version puts its release back first, and no request is lost', async () => {
      await loseSwitch();
      const entry = watchEntry(lab);
      expect(await lab.deploy(v3, runOf('3'))).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
      entry.end();
      expect(entry.lost).toEqual([]);
      expect(lab.serving()).toBe('v3');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('a preview of the same version is one that no caller reaches', async () => {
      await loseSwitch();
      expect(await lab.deploy(v2, { ...runOf('3'), until: 'preview' })).toMatchObject({ outcome: 'Parked' });
      expect(lab.serving()).toBe('v1');
    });

    it('a re-run that is cancelled restores the route that stood before the first one', async () => {
      await loseSwitch();
      const cancel = new AbortController();
      const listener = {
        plan() {},
        begin: ({ id }: { id: string }) => void (id === 'observe' && cancel.abort()),
        end() {},
      };
      await lab.deploy(v2, { ...runOf('2'), signal: cancel.signal, listener });
      await lab.clock.sleep(5_000);
      expect(lab.serving()).toBe('v1');
      expect(await findBrokenLaws(lab)).toEqual([]);
    });
  });

  it('given an older version still, a rollback of a lost release leads to the live one and no further', async () => {
    await lose(lab, {
      arrange: releaseTwo,
      deed: (some, change) => some.deploy(v3, { ...runOf('3'), ...change }),
      after: movesTraffic,
      nth: 2,
    });
    expect(await lab.rollback(runOf('4'))).toMatchObject({ outcome: 'RolledBack', activeSlot: 'green' });
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('in the middle of a rollback, the end of its job goes on with it: the abandoned version stays away', async () => {
    await lose(lab, { arrange: releaseTwo, deed: goBack, after: movesTraffic, nth: 1 });
    expect(await clearUp('3')).toMatchObject({ verdict: 'pass' });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('in the middle of a rollback in haste whose pods cannot grow, the end of its job goes on in haste', async () => {
    const arrange = async (some: Lab) => {
      await releaseTwo(some);
      const live = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'shop-green' };
      await some.cluster.patch(live, [{ op: 'replace', path: '/spec/replicas', value: 4 }]);
      await some.clock.sleep(5_000);
      const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'full', namespace } };
      await some.cluster.create({ ...quota, spec: { hard: { pods: '6' } } });
    };
    const hasten: Deed = (some, change) => some.rollback({ ...runOf('3'), now: true, ...change });
    await lose(lab, { arrange, deed: hasten, after: movesTraffic, nth: 1 });
    const seen = new Set<string>();
    await lab.clock.sleep(1_000);
    const watching = lab.watchServing(seen);
    expect(await clearUp('3')).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
    watching.stop();
    expect([...seen]).toEqual(['v1']);
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 4 } });
  });

  it('given a rollback in haste after it that is cancelled, has what both had begun put back', async () => {
    const beside = [autoscaler(), budget()];
    const arrange = async (some: Lab) => {
      await some.deploy([...v1, ...beside], runOf('1'));
      await some.deploy([...v2, ...beside], runOf('2'));
    };
    await lose(lab, { arrange, deed: goBack, after: movesTraffic, nth: 1 });
    const cancel = new AbortController();
    const begin = ({ id }: { readonly id: string }) => void (id === 'move-entry' && cancel.abort());
    const listener = { plan() {}, begin, end() {} };
    const result = await lab.rollback({ ...runOf('4'), now: true, signal: cancel.signal, listener });
    expect(result.outcome).toBe('Aborted');
    await lab.clock.sleep(5_000);
    expect(await standingOf(lab)).toEqual(await standingAfter(arrange));
  });

  it('at the end of a rollback, the end of its job stops the abandoned version', async () => {
    const tellsReturn = ({ body = '' }: ApiRequest) => body.includes('\\"phase\\": \\"rolled-back\\"');
    await lose(lab, { arrange: releaseTwo, deed: goBack, after: tellsReturn, nth: 1 });
    expect(await clearUp('3')).toMatchObject({ verdict: 'pass' });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  describe('that had parked a preview', () => {
    const park = async () => {
      await releaseV1(lab);
      await lab.deploy(v2, { ...runOf('2'), until: 'preview' });
    };

    it('the end of its job leaves the preview alone', async () => {
      await park();
      expect(await clearUp('2')).toBeUndefined();
      expect(await phase()).toBe('parked');
      expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 2 } });
    });

    it('a drill is refused, and the preview stays', async () => {
      await park();
      await expect(lab.rollback({ drill: true })).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining('this is no time for a drill'),
      });
      expect(await phase()).toBe('parked');
    });
  });
});
