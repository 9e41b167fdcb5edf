import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { parseManifests } from '../../../src/cluster/index.ts';
import { manifestsOf } from '../../../tools/demo/versions.ts';
import { connectTo } from '../../support/kube-client.ts';
import type { App } from './app.ts';
import { inBothModes } from './in-both-modes.ts';

const preview = { inputs: { until: 'preview' } };
/** Ready late, so that a pod that is started anew is missed for a while. */
const slow = { START_DELAY: '6s' };

/** Somebody who wants his own form of an object, whenever he looks: each quarter of a second. */
function startOwner(app: App, kind: 'HTTPRoute' | 'Service') {
  const text = manifestsOf({ name: 'v1', knobs: {}, story: '' }, app.stage);
  const [own] = parseManifests([{ name: 'app.yaml', text }]).objects.filter((object) => object.kind === kind);
  if (own === undefined) throw new Error(`the manifests have no ${kind}`);
  const { namespace, kubeconfig } = app.stage;
  const place = kind === 'Service' ? '/api/v1' : '/apis/gateway.networking.k8s.io/v1';
  const path = `${place}/namespaces/${namespace}/${kind.toLowerCase()}s/shop?fieldManager=sync&force=true`;
  const headers = { 'content-type': 'application/apply-patch+yaml', accept: 'application/json' };
  let ended = false;
  const work = (async () => {
    const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
    while (!ended) {
      const { status, body } = await client.ask({
        method: 'PATCH',
        path,
        headers,
        body: JSON.stringify(own),
      });
      if (status !== 200) throw new Error(`the owner was answered ${status}: ${JSON.stringify(body)}`);
      await app.sleep(250);
    }
    client.close();
  })();
  return {
    async stop() {
      ended = true;
      await work;
    },
  };
}

inBothModes(
  'runs that are cancelled, met by another one, and interfered with',
  async (app) => {
    const live = await app.release('v1');

    const cancelling = app.startRelease('v2', { inputs: { observe: '30s' } });
    await app.until('the traffic of v2', () => app.traffic.entry.at(-1)?.to === 'green');
    cancelling.action.cancel();
    const cancelled = await cancelling.run;

    const held = app.startRelease('v3', { ...preview, env: slow });
    const parked = await held.run;
    const post = await held.action.post();
    const afterPost = await app.standing();
    const [gone] = await app.podsOf('v3');
    await app.cluster.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: app.stage.namespace,
      name: gone ?? '',
    });
    const promoted = await app.release('v3', { env: slow });

    const both = [app.startRelease('one', inHaste), app.startRelease('two', inHaste)];
    for (const { run } of both) run.catch(() => undefined);
    const met = await Promise.all(both.map(({ action }) => action.result));
    const afterMet = await app.standing();
    return { live, cancelled, parked, post, afterPost, promoted, met, afterMet };
  },
  ({ item, told }) => {
    item('L05 puts a release back whose run is cancelled, and holds one that stopped at its preview', () => {
      const { app, seen } = told();
      expect(seen.cancelled.outputs).toMatchObject({ outcome: 'Aborted' });
      expect(seen.cancelled.outputs.reason).toContain('cancelled');
      expect(seen.cancelled.after).toEqual(seen.live.after);
      expect(app.lostIn(seen.cancelled)).toEqual([]);
      expect(seen.parked.outputs.outcome).toBe('Parked');
      expect(seen.post).toMatchObject({ code: 0, annotations: [] });
      expect(seen.afterPost).toEqual(seen.parked.after);
    });

    item('L07 lets traffic wait while a pod that was tested is not ready any more', () => {
      const { app, seen } = told();
      expect(seen.promoted.outputs.outcome).toBe('Promoted');
      const [first, second, replacement] = app.pods.of('v3');
      expect(replacement?.firstSeenAt).toBeGreaterThan(seen.parked.ended);
      const serving = [first, second, replacement].filter(
        (pod) => pod?.goesAt === undefined || pod.goesAt > seen.promoted.ended,
      );
      expect(serving).toHaveLength(2);
      const reached = app.askedIn(seen.promoted).find(({ version }) => version === 'v3');
      for (const pod of serving) expect(pod?.readyAt).toBeLessThan(reached?.endedAt ?? 0);
      expect(app.lostIn(seen.promoted)).toEqual([]);
    });

    item('Z05 gives the lock to one of two runs that come at once', () => {
      const { seen } = told();
      const outcomes = seen.met.map(({ outputs }) => outputs.outcome ?? '');
      expect(outcomes.filter((outcome) => outcome === 'Promoted')).toHaveLength(1);
      const [winner, loser] = outcomes[0] === 'Promoted' ? seen.met : [...seen.met].reverse();
      expect(loser?.code).not.toBe(0);
      expect(`${loser?.outputs.reason}${loser?.stdout}`).toContain('is being released by');
      expect(winner?.outputs.outcome).toBe('Promoted');
      expect(seen.afterMet.serving).toBe(outcomes[0] === 'Promoted' ? 'one' : 'two');
    });
  },
);

const inHaste = { inputs: { 'lock-timeout': '0s' } };

inBothModes(
  'an owner who takes back whatever a release moves',
  async (app) => {
    const live = await app.release('v1');
    const owner = app.mode === 'gateway' ? 'HTTPRoute' : 'Service';
    const meddled = app.startRelease('v2', { inputs: { observe: '10s' } });
    // From when its traffic is about to move.
    await app.until('a candidate that is ready', async () => (await app.podsOf('v2')).length === 2);
    const meddler = startOwner(app, owner);
    const run = await meddled.run.finally(() => meddler.stop());
    // Where he went on to the end, the way back was not finished.
    const mended = run.outputs.outcome === 'Inconclusive' ? await app.run('rollback') : undefined;
    const next = await app.release('v3');
    return { live, run, mended, next };
  },
  ({ item, told, mode }) => {
    item('Z06 notices an owner who reverts a release in its middle, and does not fight him', () => {
      const { app, seen } = told();
      const { run, live, next } = seen;
      expect(run.outputs.outcome).not.toBe('Promoted');
      expect(run.outputs.reason).toContain(mode === 'gateway' ? 'HTTPRoute' : 'Service');
      expect(app.lostIn(run)).toEqual([]);
      expect(run.after.serving).toContain(live.after.serving);
      // As soon as he lets it be, all is well again.
      if (seen.mended !== undefined) {
        expect(run.evidence.failure?.remedy).toContain('rollback');
        const { outcome, reason } = seen.mended.outputs;
        expect(`${outcome}: ${reason}`).toMatch(/^RolledBack: /);
      }
      expect(next.outputs.outcome).toBe('Promoted');
      expect(next.after.serving).toBe('v3');
      expect(app.lostIn(next)).toEqual([]);
    });
  },
);
