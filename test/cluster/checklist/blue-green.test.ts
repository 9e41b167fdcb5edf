import { expect } from '@jest/globals';
import { inBothModes } from './in-both-modes.ts';
import { knobs, together } from './knobs.ts';

inBothModes(
  'a first version, the next, two that fail, a good one, and the way back',
  async (app) => {
    const first = await app.release('v1', knobs.startsLate);
    const second = await app.release('v2');
    const erring = await app.release('v3', knobs.errs);
    const late = await app.release('v4', together(knobs.errsUnderTraffic, { inputs: { observe: '20s' } }));
    // What is left at the end stops in the worst way that there is.
    const good = await app.release('v5', together(knobs.exitsAtOnce, knobs.noPreStop));
    const back = await app.run('rollback');
    return { first, second, erring, late, good, back };
  },
  ({ item, told, mode }) => {
    item('B01 moves all traffic from the live version to the next one', () => {
      const { app, seen } = told();
      const { first, second } = seen;
      expect([first, second].map(({ outputs }) => outputs.outcome)).toEqual(['Promoted', 'Promoted']);
      expect([first, second].map(({ after }) => after.serving)).toEqual(['v1', 'v2']);
      expect([first, second].map(({ after }) => after.entry)).toEqual(['blue', 'green']);
      expect(app.turnsIn(app.traffic.entry, second)).toEqual(['green']);
      const turns = ['shop-blue:100 shop-green:0', 'shop-blue:0 shop-green:100', 'shop:1'];
      expect(app.turnsIn(app.traffic.route, second)).toEqual(mode === 'gateway' ? turns : []);
      expect(app.lostIn(second)).toEqual([]);
      const fresh = app.askedIn(second).filter(({ kept }) => !kept);
      expect(new Set(fresh.map(({ version }) => version))).toEqual(new Set(['v1', 'v2']));
      expect(fresh.at(-1)?.version).toBe('v2');
    });

    item('B01 waits for a version that starts late', () => {
      const { app, seen } = told();
      const delayMs = 4_000;
      const [pod] = app.pods.of('v1');
      expect((pod?.readyAt ?? 0) - (pod?.firstSeenAt ?? 0)).toBeGreaterThan(delayMs);
      const [opened] = app.traffic.entry;
      expect(opened?.seenAt).toBeGreaterThan(pod?.readyAt ?? Number.POSITIVE_INFINITY);
      expect(seen.first.after.pods.v1).toHaveLength(2);
    });

    item('B05 leaves the live version untouched by a candidate that fails before the switch', () => {
      const { app, seen } = told();
      expect(seen.erring.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(seen.erring.outputs.reason).toContain('answered 500 "{"version":"v3"');
      expect(seen.erring.after).toEqual({ ...seen.second.after, pods: { v2: seen.second.after.pods.v2 } });
      expect(app.turnsIn(app.traffic.entry, seen.erring)).toEqual([]);
      expect(app.turnsIn(app.traffic.route, seen.erring)).toEqual([]);
      expect(app.lostIn(seen.erring)).toEqual([]);
      expect(app.callers.answers.filter(({ version }) => version === 'v3')).toEqual([]);
    });

    item('B06 gives the traffic back when the candidate fails after the switch', () => {
      const { app, seen } = told();
      const { late, second } = seen;
      expect(late.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(late.outputs.reason).toContain('answered 500 "{"version":"v4"');
      expect(late.after).toEqual({ ...second.after, pods: { v2: second.after.pods.v2 } });
      expect(app.turnsIn(app.traffic.entry, late)).toEqual(['blue', 'green']);
      // Callers met the candidate, and nothing worse than what it answered.
      expect(app.askedIn(late).filter(({ version }) => version === 'v4').length).toBeGreaterThan(0);
      const lost = app.lostIn(late).filter(({ how, version }) => how !== '500' || version !== 'v4');
      expect(lost).toEqual([]);
      const { traffic } = late.evidence;
      expect(traffic?.byAttribution.candidate).toBe(traffic?.failed);
      expect(traffic?.failed).toBeGreaterThan(0);
    });

    item('B07 lets the next good version through after one that failed', () => {
      const { app, seen } = told();
      expect(seen.good.outputs.outcome).toBe('Promoted');
      expect(seen.good.after.serving).toBe('v5');
      expect(seen.good.after.pods).toEqual({
        v2: seen.second.after.pods.v2,
        v5: [expect.anything(), expect.anything()],
      });
      expect(app.lostIn(seen.good)).toEqual([]);
    });

    item('B08 stops a refused candidate at once, and keeps its logs and events', () => {
      const { app, seen } = told();
      for (const [version, run] of [
        ['v3', seen.erring],
        ['v4', seen.late],
      ] as const) {
        const pods = app.pods.of(version);
        expect(pods).toHaveLength(2);
        for (const { goesAt } of pods) expect(goesAt).toBeLessThan(run.ended);
        const { failure } = run.evidence;
        expect(failure?.logs?.join('\n')).toContain(`"version":"${version}"`);
        expect(failure?.evidence.length).toBeGreaterThan(0);
      }
    });

    item('B14 goes back by one patch within the window, to the very pods of before', () => {
      const { app, seen } = told();
      const { back } = seen;
      expect(back.outputs.outcome).toBe('FastRolledBack');
      expect(back.after).toEqual({ ...seen.second.after, pods: { v2: seen.second.after.pods.v2 } });
      expect(app.turnsIn(app.traffic.entry, back)).toEqual(['green']);
      const turns = ['shop-blue:0 shop-green:100', 'shop:1'];
      expect(app.turnsIn(app.traffic.route, back)).toEqual(mode === 'gateway' ? turns : []);
    });

    item('B14 loses no request to pods that have no preStop hook and exit at SIGTERM at once', () => {
      const { app, seen } = told();
      const { back } = seen;
      expect(app.lostIn(back)).toEqual([]);
      for (const { goesAt } of app.pods.of('v5')) expect(goesAt).toBeLessThan(back.ended);
      const { traffic } = back.evidence;
      // Where the selector moves traffic, kept connections end with their pods: that is told, and nothing else is lost.
      expect(traffic?.failed).toBe(mode === 'gateway' ? 0 : traffic?.keptConnections?.cut);
      expect(seen.good.evidence.warnings.join()).toContain('has no preStop hook');
    });

    item('B18 labels slots and not phases: no label changes while its pod lives', () => {
      const { app } = told();
      const lives = app.pods.lives();
      expect(lives).toHaveLength(10);
      expect(lives.filter(({ labels }) => labels.length !== 1)).toEqual([]);
      const slots = lives.map(({ version, labels: [text = ''] }) => [
        version,
        Object.fromEntries(JSON.parse(text))['streamgate.io/slot'],
      ]);
      expect(new Set(slots.map((pair) => pair.join(' ')))).toEqual(
        new Set(['v1 blue', 'v2 green', 'v3 blue', 'v4 blue', 'v5 blue']),
      );
    });
  },
);
