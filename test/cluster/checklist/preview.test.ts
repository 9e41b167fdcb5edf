import { expect } from '@jest/globals';
import { inBothModes } from './in-both-modes.ts';

const budgets = { 'deploy-budget': '20s', 'progress-deadline': '15s' };
const preview = { inputs: { ...budgets, until: 'preview', 'preview-replicas': '1' } };
const onwards = { inputs: { ...budgets, until: 'promoted' } };

inBothModes(
  'previews of one pod, which wait and are promoted',
  async (app) => {
    const live = await app.release('v1');
    const parked = await app.release('v2', preview);
    // Longer than everything that has a deadline may take.
    await app.sleep(21_000);
    const waited = await app.standing();
    const promoted = await app.release('v2', onwards);

    const parkedAgain = await app.release('v3', preview);
    const blue = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: app.stage.namespace,
      name: 'shop-blue',
    };
    await app.cluster.mergePatch(blue, { spec: { replicas: 3 } });
    await app.until('three pods of the preview', async () => (await app.standing()).pods.v3?.length === 3);
    const scaled = await app.standing();
    const promotedAgain = await app.release('v3', onwards);
    return { live, parked, waited, promoted, parkedAgain, scaled, promotedAgain };
  },
  ({ item, told, mode }) => {
    item('B02 has a preview ready and proven before any caller reaches it', () => {
      const { app, seen } = told();
      const { live, parked, promoted } = seen;
      expect(parked.outputs).toMatchObject({ outcome: 'Parked', verdict: 'pass' });
      const steps = parked.evidence.steps.filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
      expect(steps).toEqual(expect.arrayContaining(['candidate-ready', 'smoke']));
      const waiting = { began: parked.began, ended: promoted.began };
      expect(app.turnsIn(app.traffic.entry, waiting)).toEqual([]);
      expect(app.turnsIn(app.traffic.route, waiting)).toEqual([]);
      expect(new Set(app.askedIn(waiting).map(({ version }) => version))).toEqual(new Set(['v1']));
      expect(app.lostIn(waiting)).toEqual([]);
      expect(parked.after).toEqual({ ...live.after, pods: { ...live.after.pods, v2: [expect.anything()] } });
    });

    item('B03 gives a smaller preview the live size before traffic comes', () => {
      const { app, seen } = told();
      expect(seen.waited.pods.v2).toHaveLength(1);
      expect(seen.promoted.after.pods.v2).toHaveLength(2);
      expect(seen.promoted.after.pods.v2).toEqual(expect.arrayContaining([...(seen.waited.pods.v2 ?? [])]));
      const fresh = app.askedIn(seen.promoted).find(({ version }) => version === 'v2');
      for (const { readyAt } of app.pods.of('v2')) expect(readyAt).toBeLessThan(fresh?.sentAt ?? 0);
    });

    item('B04 promotes a small preview in one go, and leaves no proof out', () => {
      const { app, seen } = told();
      expect(seen.promoted.outputs).toMatchObject({ outcome: 'Promoted', 'failed-requests': '0' });
      expect(seen.promoted.after.serving).toBe('v2');
      expect(app.lostIn(seen.promoted)).toEqual([]);
      const done = seen.promoted.evidence.steps
        .filter(({ outcome }) => outcome === 'done')
        .map(({ id }) => id);
      const moves = mode === 'gateway' ? ['split-route', 'shift-weights', 'move-entry'] : ['switch-entry'];
      const proofs = ['candidate-ready', 'baseline', 'match-size', ...moves, 'observe', 'judge-traffic'];
      expect(done.filter((id) => proofs.includes(id))).toEqual(proofs);
      // It was tested when it was parked, and that is told.
      expect(seen.promoted.evidence.steps).toContainEqual(
        expect.objectContaining({ id: 'smoke', outcome: 'skipped', detail: 'done by an earlier run' }),
      );
    });

    item('B11 counts the time for which a preview waits towards no deadline', () => {
      const { seen } = told();
      const { parked, promoted } = seen;
      expect(promoted.ended - parked.began).toBeGreaterThan(20_000);
      expect(promoted.outputs.outcome).toBe('Promoted');
      expect(promoted.outputs.release).toBe(parked.outputs.release);
    });

    item('B17 keeps the size of a preview that somebody scaled while it waited', () => {
      const { app, seen } = told();
      expect(seen.promotedAgain.outputs.outcome).toBe('Promoted');
      expect(seen.promotedAgain.after.pods.v3).toEqual(seen.scaled.pods.v3);
      expect(seen.promotedAgain.after.pods.v3).toHaveLength(3);
      expect(app.lostIn(seen.promotedAgain)).toEqual([]);
    });
  },
);
