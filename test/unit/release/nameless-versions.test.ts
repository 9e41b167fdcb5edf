import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import type { RunResult } from '../../../src/release/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import {
  fakeWitness,
  fixedGate,
  type Knobs,
  type Lab,
  manifests,
  manifestsFor,
  openLab,
} from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

describe('two versions that cannot be told apart', () => {
  it.each([
    [
      'since both say the same',
      { VERSION: 'same' },
      [expect.stringContaining('Both versions call themselves')],
    ],
    ['since neither says anything', {}, []],
  ])(
    '%s, are released all the same, by the word of the gateway and good answers',
    async (_why, name, warnings) => {
      const lab = await openLab();
      await lab.deploy(manifests({ ...name, COLOUR: 'red' }));
      const result = await lab.deploy(manifests({ ...name, COLOUR: 'green' }));
      expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', activeSlot: 'green', warnings });
      expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
      if ('VERSION' in name) expect(await findBrokenLaws(lab)).toEqual([]);
      await lab.close();
    },
  );

  it('since there was no way to their pods, are released with warnings that say so', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      async identify({ name }) {
        throw new StreamGateError('Failed', `GET / on ${name} could not be reached`);
      },
    });
    expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expect([...result.warnings].sort()).toEqual([
      expect.stringMatching(
        /^(\d) of \1 pods of slot blue could not be asked .*: GET \/ on shop-blue-\S+ could/,
      ),
      expect.stringMatching(
        /^(\d) of \1 pods of slot green could not be asked .*: GET \/ on shop-green-\S+ could/,
      ),
    ]);
    await lab.close();
  });

  it('since the API was away when they were asked, are not released', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), {
      identify: () => Promise.reject(new StreamGateError('Unreachable', 'no answer')),
    });
    expect(result.outcome).not.toBe('Promoted');
    await lab.close();
  });
});

/** The usual first adoption: what runs does not say what it is, and its successor does. */
describe.each(['gateway', 'service'] as const)(
  'two versions of which one has a name, moved by %s',
  (mode) => {
    const nameless: Knobs = { COLOUR: 'red' };
    const named: Knobs = { VERSION: 'v2' };
    const given = manifestsFor(mode);
    const lateMs = 3_000;
    let lab: Lab;
    beforeEach(async () => {
      lab = await openLab({ mode });
    });
    afterEach(() => lab.close());

    /** How long the step took that moved the traffic, its proof included. */
    function movedWithin({ steps }: RunResult): number | undefined {
      const moving = ['shift-weights', 'switch-entry', 'return-route', 'return-entry'];
      return steps.find(({ id }) => moving.includes(id))?.durationMs;
    }

    it.each([
      ['the new one', nameless, named],
      ['the old one', named, nameless],
    ])('%s: each way of the traffic is proven by answers, however late it is', async (_which, from, to) => {
      await lab.deploy(given(from));
      lab.sandbox.faults.setDelays({ propagationMs: lateMs });
      const entry = watchEntry(lab);
      const released = await lab.deploy(given(to));
      expect(released).toMatchObject({ outcome: 'Promoted', verdict: 'pass', activeSlot: 'green' });
      expect(released.warnings).toEqual([]);
      expect(movedWithin(released)).toBeGreaterThanOrEqual(lateMs);
      expect(lab.ask().env).toMatchObject(to);
      expect(await lab.rollback({ drill: true })).toMatchObject({ outcome: 'Checked', verdict: 'pass' });
      const back = await lab.rollback();
      expect(back).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass', activeSlot: 'blue' });
      expect(movedWithin(back)).toBeGreaterThanOrEqual(lateMs);
      await lab.clock.sleep(6_000);
      entry.end();
      expect(entry.lost).toEqual([]);
      expect(lab.ask().env).toMatchObject(from);
    });

    it('given that the named one is refused by its traffic, the other one has all of it back', async () => {
      await lab.deploy(given(nameless));
      const stop = new AbortController();
      const entry = watchEntry(lab);
      const result = await lab.deploy(given(named), {
        watch: async () => ({
          witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, mode),
          baseline: fixedGate('baseline'),
          traffic: fixedGate('traffic', 'fail'),
        }),
      });
      stop.abort();
      await lab.clock.sleep(5_000);
      entry.end();
      expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail', activeSlot: 'blue' });
      expect(entry.lost).toEqual([]);
      expect(lab.ask().env).toMatchObject(nameless);
    });
  },
);
