import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../src/base/index.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

/** The same clock, and how many of the timers that were asked for here can still fire. */
function countTimers(clock: Clock) {
  const waiting = new Set<object>();
  const counted: Clock = {
    ...clock,
    after(ms, callback) {
      const timer = {};
      waiting.add(timer);
      const cancel = clock.after(ms, () => {
        waiting.delete(timer);
        callback();
      });
      return () => {
        waiting.delete(timer);
        cancel();
      };
    },
  };
  return { counted, waiting: () => waiting.size };
}

// A timer that is left keeps the process that ran the release, on a runner, for as long as it would have waited.
describe('a run that has ended waits for nothing any more', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  it('a release, and a rollback', async () => {
    const { counted, waiting } = countTimers(lab.clock);
    const released = await lab.deploy(manifests({ VERSION: 'v2' }), { clock: counted });
    expect([released.outcome, waiting()]).toEqual(['Promoted', 0]);
    const returned = await lab.rollback({ clock: counted });
    expect([returned.outcome, waiting()]).toEqual(['FastRolledBack', 0]);
  });

  it('a release that has let the old pods go', async () => {
    const { counted, waiting } = countTimers(lab.clock);
    const settings = { progressDeadlineMs: 60_000, observeMs: 0, rollbackWindowMs: 0, drainWithinMs: 60_000 };
    const released = await lab.deploy(manifests({ VERSION: 'v2' }), { clock: counted, settings });
    expect([released.outcome, waiting()]).toEqual(['Retired', 0]);
  });

  it('a release that was undone', async () => {
    const { counted, waiting } = countTimers(lab.clock);
    const result = await lab.deploy(manifests({ VERSION: 'v2', ERROR_AFTER: '0' }), { clock: counted });
    expect([result.verdict, waiting()]).toEqual(['fail', 0]);
  });
});
