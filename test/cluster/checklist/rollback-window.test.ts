import { expect } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { App, Run } from './app.ts';
import { inBothModes } from './in-both-modes.ts';

const windowMs = 6_000;
const minutes = 60_000;

/** What the journal says of the version that a rollback goes back to. */
async function readPrevious(app: App): Promise<unknown> {
  const kept = await app.get('v1', 'ConfigMap', 'streamgate-shop');
  return at(JSON.parse(String(at(kept, 'data', 'journal'))), 'previous');
}

/** When the traffic was proven to have moved. */
function movedAt({ evidence }: Run): number {
  const moved = evidence.steps.find(({ id }) => ['shift-weights', 'switch-entry'].includes(id));
  return Date.parse(moved?.startedAt ?? '') + (moved?.durationMs ?? 0);
}

inBothModes(
  'old versions that are kept for a while, let go, and asked for again',
  async (app) => {
    await app.release('v1');
    const retired = await app.release('v2', { inputs: { until: 'retired', 'rollback-window': '6s' } });
    const cold = await app.run('rollback');

    const unasked = await app.release('v3', { inputs: { 'rollback-window': '' } });
    const previous = await readPrevious(app);
    const early = await app.run('retire', { app: '', due: 'true' });
    await app.release('v4', { inputs: { 'rollback-window': '2s' } });
    await app.sleep(3_000);
    const overdue = await app.standing();
    const due = await app.run('retire', { app: '', due: 'true' });

    const long = app.startRelease('v5', { inputs: { observe: '5s' } });
    await app.until('the traffic of v5', () => app.traffic.entry.at(-1)?.to === 'green');
    const meeting = app.start('rollback');
    const [met, meets] = await Promise.all([long.run, meeting.run]);
    return { retired, cold, unasked, previous, early, overdue, due, met, meets };
  },
  ({ item, told }) => {
    item('B09 keeps the old version for the rollback window', () => {
      const { app, seen } = told();
      const { retired } = seen;
      expect(retired.outputs.outcome).toBe('Retired');
      const old = app.pods.of('v1').slice(0, 2);
      for (const { goesAt } of old) {
        expect(goesAt).toBeGreaterThan(movedAt(retired) + windowMs - 1);
        expect(goesAt).toBeLessThan(retired.ended);
      }
      expect(Object.keys(retired.after.pods)).toEqual(['v2']);
      expect(app.lostIn(retired)).toEqual([]);
    });

    item('B15 starts pods on the way back after the window, and proves them first', () => {
      const { app, seen } = told();
      const { cold } = seen;
      expect(cold.outputs.outcome).toBe('RolledBack');
      expect(cold.after.serving).toBe('v1');
      const steps = cold.evidence.steps.filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
      const moves = steps.findIndex((id) => ['return-route', 'return-entry'].includes(id));
      expect(steps.slice(0, moves)).toEqual(
        expect.arrayContaining(['start-candidate', 'candidate-ready', 'smoke']),
      );
      const started = app.pods.of('v1').filter(({ firstSeenAt }) => firstSeenAt > cold.began);
      expect(started.map(({ uid }) => uid).sort()).toEqual(cold.after.pods.v1);
      // Whoever kept a connection to the old pods could stay there until these were gone.
      const first = app.askedIn(cold).find(({ version, kept }) => version === 'v1' && !kept);
      for (const { readyAt } of started) expect(readyAt).toBeLessThan(first?.endedAt ?? 0);
      expect(app.lostIn(cold)).toEqual([]);
    });

    item('B10 keeps old pods until somebody asks for their end, for ten minutes by default', () => {
      const { app, seen } = told();
      const { unasked, early, overdue, due } = seen;
      const keptMs = Date.parse(String(at(seen.previous, 'keepUntil'))) - movedAt(unasked);
      expect(Math.abs(keptMs - 10 * minutes)).toBeLessThan(1 * minutes);
      expect(early.outputs).toMatchObject({ retired: '', left: '1' });
      expect(early.after).toEqual(unasked.after);
      expect(Object.keys(early.after.pods).sort()).toEqual(['v1', 'v3']);
      // Its window is over, and nobody asked.
      expect(Object.keys(overdue.pods).sort()).toEqual(['v3', 'v4']);
      expect(due.outputs.retired).toBe('shop');
      expect(due.after.pods).toEqual({ v4: overdue.pods.v4 });
      expect(app.lostIn(due)).toEqual([]);
    });

    item('B16 waits with a rollback for the end of a release that it meets', () => {
      const { app, seen } = told();
      const { met, meets } = seen;
      expect(met.outputs.outcome).toBe('Promoted');
      expect(meets.outputs.outcome).toBe('FastRolledBack');
      expect(meets.began).toBeLessThan(met.ended);
      const back = app.traffic.entry.at(-1);
      expect(back?.seenAt).toBeGreaterThan(Date.parse(met.evidence.startedAt) + met.evidence.durationMs);
      expect(meets.after.serving).toBe('v4');
      expect(app.lostIn({ began: met.began, ended: meets.ended })).toEqual([]);
    });
  },
);
