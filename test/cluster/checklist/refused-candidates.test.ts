import { expect } from '@jest/globals';
import type { App, Run } from './app.ts';
import { inBothModes } from './in-both-modes.ts';
import { knobs, together } from './knobs.ts';

inBothModes(
  'a live version, and candidates that cannot be trusted',
  async (app) => {
    const live = await app.release('v1');
    const neverReady = await app.release(
      'late',
      together(knobs.neverReady, { inputs: { 'progress-deadline': '10s' } }),
    );
    const outOfTime = await app.release(
      'slow',
      together(knobs.neverReady, { inputs: { 'deploy-budget': '10s' } }),
    );
    const hanging = await app.release('hung', knobs.hangs);
    const outOfMemory = await app.release('fat', knobs.outOfMemory);
    const leaking = await app.release(
      'leak',
      together(knobs.outOfMemoryUnderTraffic, { inputs: { observe: '20s' } }),
    );
    return { live, neverReady, outOfTime, hanging, outOfMemory, leaking };
  },
  ({ item, told }) => {
    /** What holds whenever a candidate never got any traffic. */
    function expectUntouched(app: App, live: Run, run: Run, version: string): void {
      expect(run.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(run.after).toEqual(live.after);
      expect(app.turnsIn(app.traffic.entry, run)).toEqual([]);
      expect(app.turnsIn(app.traffic.route, run)).toEqual([]);
      expect(app.lostIn(run)).toEqual([]);
      const asked = app.askedIn(run);
      expect(new Set(asked.map((answer) => answer.version))).toEqual(new Set(['v1']));
      const pods = app.pods.of(version);
      expect(pods.length).toBeGreaterThan(0);
      for (const { goesAt } of pods) expect(goesAt).toBeLessThan(run.ended);
    }

    item('B05 refuses a candidate that hangs, and quotes the check that timed out', () => {
      const { app, seen } = told();
      expectUntouched(app, seen.live, seen.hanging, 'hung');
      expect(seen.hanging.outputs.reason).toMatch(
        /^GET \/api\/orders on shop-green-\S+ gave no whole answer: The smoke test took longer than 8 s, wanted 200 within 2 s/,
      );
    });

    item('B08 stops a candidate that runs out of memory, and says what became of it', () => {
      const { app, seen } = told();
      expectUntouched(app, seen.live, seen.outOfMemory, 'fat');
      expect(seen.outOfMemory.outputs.reason).toContain('OOMKilled');
      expect(seen.outOfMemory.evidence.failure?.evidence.length).toBeGreaterThan(0);
    });

    item('B06 takes a candidate back that runs out of memory under real traffic', () => {
      const { app, seen } = told();
      const { leaking, live } = seen;
      expect(leaking.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(leaking.outputs.reason).toMatch(/^Real traffic met a failure: .*OOMKilled/);
      expect(leaking.after).toEqual(live.after);
      expect(app.turnsIn(app.traffic.entry, leaking)).toEqual(['green', 'blue']);
    });

    item('B12 ends at the progress-deadline, with what the pods were waiting for', () => {
      const { app, seen } = told();
      expectUntouched(app, seen.live, seen.neverReady, 'late');
      const { message, remedy } = seen.neverReady.evidence.failure ?? {};
      expect(message).toMatch(
        /^shop-green took longer than 10 s while waiting for shop-green to be ready; last seen: 0 of 2 pods .*Readiness probe failed: .* 503/,
      );
      expect(remedy).toContain('`progress-deadline`');
    });

    item('B13 always undoes a release that runs out of time', () => {
      const { app, seen } = told();
      expectUntouched(app, seen.live, seen.outOfTime, 'slow');
      // The second for which it would be observed comes on top of the budget.
      expect(seen.outOfTime.outputs.reason).toMatch(
        /^The release took longer than 11 s while waiting for shop-green/,
      );
    });
  },
);
