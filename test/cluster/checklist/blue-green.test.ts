import { expect } from '@jest/globals';
import { inBothModes } from './in-both-modes.ts';
import { knobs, together } from './knobs.ts';

inBothModes(
  'a first version, the next, two that fail, a good one, and the way back',
  async (app) => {
    const first = await app.release('v1', knobs.startsLate);
    const second = await app.release('v2', together(knobs.exitsAtOnce, knobs.noPreStop));
    const erring = await app.release('v3', knobs.errs);
    const late = await app.release('v4', together(knobs.errsUnderTraffic, { inputs: { observe: '20s' } }));
    const good = await app.release('v5');
    const back = await app.run('rollback');
    return { first, second, erring, late, good, back };
  },
  ({ item, told, mode }) => {
    item('B01 moves all traffic from the live version to the next one', () => {
      const { app, seen } = told();
      expect([seen.first, seen.second].map(({ outputs }) => outputs.outcome)).toEqual([
        'Promoted',
        'Promoted',
      ]);
      expect([seen.first, seen.second].map(({ after }) => after.serving)).toEqual(['v1', 'v2']);
      expect([seen.first.after.entry, seen.second.after.entry]).toEqual(['blue', 'green']);
      expect(seen.second.after.backends).toEqual(mode === 'gateway' ? ['shop:1'] : []);
      expect(app.lostIn(seen.second)).toEqual([]);
      const fresh = app.askedIn(seen.second).filter(({ kept }) => !kept);
      expect(new Set(fresh.map(({ version }) => version))).toEqual(new Set(['v1', 'v2']));
      // Each who came after the first that the new version alone answered stays there.
      expect(fresh.at(-1)?.version).toBe('v2');
    });

    item('B05 leaves the live version untouched by a candidate that fails before the switch', () => {
      const { app, seen } = told();
      expect(seen.erring.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(seen.erring.outputs.reason).toMatch(/500/);
      expect(seen.erring.after).toEqual({ ...seen.second.after, pods: { v2: seen.second.after.pods.v2 } });
      expect(app.lostIn(seen.erring)).toEqual([]);
      expect(app.callers.answers.filter(({ version }) => version === 'v3')).toEqual([]);
    });

    item('B07 lets the next good version through after one that failed', () => {
      const { app, seen } = told();
      expect(seen.good.outputs.outcome).toBe('Promoted');
      expect(seen.good.after.serving).toBe('v5');
      expect(app.lostIn(seen.good)).toEqual([]);
    });
  },
);
