import { afterAll, beforeAll, expect } from '@jest/globals';
import { at, listAt } from '../../../src/base/index.ts';
import { readCluster } from '../given-cluster.ts';
import type { App } from './app.ts';
import { inBothModes } from './in-both-modes.ts';
import { openTroubledApi, type TroubledApi } from './troubled-api.ts';

const given = readCluster();
const lateMs = 6_000;
let apis: TroubledApi[] = [];
beforeAll(() => {
  apis = [];
});
afterAll(async () => {
  for (const api of apis) await api.close();
});

/** A proxy in front of the API, for one app alone. */
async function trouble(): Promise<TroubledApi> {
  const api = await openTroubledApi(given?.kubeconfig ?? '');
  apis.push(api);
  return api;
}

const through = ({ kubeconfig }: TroubledApi, inputs: Readonly<Record<string, string>> = {}) => ({
  inputs: { kubeconfig, ...inputs },
});

/** Until callers are answered by another version, and no action has said so yet. */
async function switched(app: App, slot: string): Promise<void> {
  await app.until(`the traffic of ${slot}`, () => app.traffic.entry.at(-1)?.to === slot);
}

inBothModes(
  'an API that is overloaded, late, and says no in the end',
  async (app) => {
    const api = await trouble();
    await app.release('v1');

    const overload = api.answer(() => true, { each: 5, statuses: [429, 500, 503] });
    const overloaded = await app.release('v2', through(api));
    const wayBack = await app.run('rollback', { kubeconfig: api.kubeconfig });
    overload.end();
    const refused = overload.met;

    const late = api.delay(({ path }) => path.includes('/endpointslices'), lateMs);
    const lately = await app.release('v3', through(api));
    const latelyBack = await app.run('rollback', { kubeconfig: api.kubeconfig });
    late.end();

    const before = await app.standing();
    const promotes = ({
      method,
      path,
      body = '',
    }: {
      readonly method: string;
      readonly path: string;
      readonly body?: string;
    }) =>
      method === 'PATCH' &&
      path.includes('/configmaps/streamgate-shop') &&
      body.includes('\\"phase\\": \\"promoted\\"');
    const denial = api.answer(promotes, { each: 1, statuses: [403] });
    const unwritten = await app.release('v4', through(api));
    denial.end();
    return {
      overloaded,
      wayBack,
      refused,
      lately,
      latelyBack,
      met: late.met,
      before,
      unwritten,
      denied: denial.met,
    };
  },
  ({ item, told }) => {
    item('Z07 waits 429 and 5xx of the API server out', () => {
      const { app, seen } = told();
      expect(seen.refused).toBeGreaterThan(20);
      expect(seen.overloaded.outputs.outcome).toBe('Promoted');
      expect(seen.wayBack.outputs.outcome).toBe('FastRolledBack');
      expect(seen.overloaded.after.serving).toBe('v2');
      expect(seen.wayBack.after.serving).toBe('v1');
      expect([...app.lostIn(seen.overloaded), ...app.lostIn(seen.wayBack)]).toEqual([]);
    });

    item('Z08 takes its time over EndpointSlices that it hears of late, and loses no request', () => {
      const { app, seen } = told();
      expect(seen.met).toBeGreaterThan(0);
      expect(seen.lately.outputs.outcome).toBe('Promoted');
      expect(seen.latelyBack.outputs.outcome).toBe('FastRolledBack');
      // The entry moves only after it has been heard that the candidate's endpoints are there. We heard of its pods in time.
      const readyAt = Math.max(...app.pods.of('v3').map((life) => life.readyAt ?? Number.NaN));
      const move = app.traffic.entry.find(({ seenAt }) => seenAt > seen.lately.began);
      expect(move?.seenAt).toBeGreaterThan(readyAt + lateMs);
      expect([...app.lostIn(seen.lately), ...app.lostIn(seen.latelyBack)]).toEqual([]);
    });

    item('L08 takes a promotion back that cannot be written down', () => {
      const { app, seen } = told();
      expect(seen.denied).toBeGreaterThan(0);
      expect(seen.unwritten.outputs.outcome).toBe('Aborted');
      expect(seen.unwritten.after).toMatchObject({
        serving: 'v1',
        entry: seen.before.entry,
        backends: seen.before.backends,
      });
      expect(seen.unwritten.after.pods).toEqual({ v1: seen.before.pods.v1 });
      expect(app.lostIn(seen.unwritten)).toEqual([]);
    });
  },
);

inBothModes(
  'runs that are killed in the middle of the switch, and what the next one makes of it',
  async (app) => {
    const live = await app.release('v1');
    const kill = async (version: string) => {
      const killed = app.startRelease(version, { inputs: { observe: '30s' } });
      killed.run.catch(() => undefined);
      await switched(app, 'green');
      killed.action.signal('SIGKILL');
      return killed.action.result;
    };
    const first = await kill('v2');
    const left = await app.get('v1', 'ConfigMap', 'streamgate-shop');
    const putBack = await app.run('rollback');
    const second = await kill('v3');
    const goneOn = await app.release('v3');
    return { live, first, left, putBack, second, goneOn };
  },
  ({ item, told }) => {
    item('L14 tells whoever comes after a run that died what it did, and lets it put that back', () => {
      const { app, seen } = told();
      expect(seen.first.code).toBeNull();
      const journal: unknown = JSON.parse(String(at(seen.left, 'data', 'journal')));
      expect(at(journal, 'release', 'phase')).toBe('running');
      const written = listAt(journal, 'release', 'steps').map(
        (step) => `${at(step, 'id')} ${at(step, 'state')}`,
      );
      expect(written).toContain('candidate-ready done');
      expect(written.some((step) => /^(move-entry|switch-entry|observe) /.test(step))).toBe(true);
      expect(at(seen.left, 'data', 'howto')).toContain('kubectl');
      expect(seen.putBack.outputs).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
      const steps = seen.putBack.evidence.steps.map(({ id, outcome }) => `${id} ${outcome}`);
      expect(steps.some((step) => / (undone|done)$/.test(step))).toBe(true);
      expect(seen.putBack.after).toEqual(seen.live.after);
      expect(app.lostIn({ began: seen.live.ended, ended: seen.putBack.ended })).toEqual([]);
    });

    item('Z04 brings a run that was killed to its end by the next one', () => {
      const { app, seen } = told();
      expect(seen.second.code).toBeNull();
      expect(seen.goneOn.outputs.outcome).toBe('Promoted');
      expect(seen.goneOn.after.serving).toBe('v3');
      expect(app.lostIn({ began: seen.putBack.ended, ended: seen.goneOn.ended })).toEqual([]);
    });
  },
);
