import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualClock, startDeadline } from '../../../src/base/index.ts';
import type { Sighting, Witness } from '../../../src/release/index.ts';
import {
  countSighting,
  isProven,
  newStreak,
  provenBy,
  sufficientRows,
} from '../../../src/release/proof/converge.ts';
import { createGuard } from '../../../src/release/proof/guard.ts';

function sighting(change: Partial<Sighting> = {}): Sighting {
  const at = change.sentAt ?? 1_000;
  return {
    sentAt: at,
    doneAt: at,
    role: 'candidate',
    population: 'fresh',
    ok: true,
    ownSide: false,
    quote: '',
    ...change,
  };
}

/** A witness that sees what the test tells it to see. */
function puppet(): Witness & { see(what: Partial<Sighting>): void } {
  const listeners = new Set<(seen: Sighting) => void>();
  return {
    start: async () => {},
    switchBegins() {},
    countKept: () => null,
    onSighting(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    see(what) {
      for (const listener of [...listeners]) listener(sighting(what));
    },
  };
}

const wanted = fc.record({ sentAt: fc.integer({ min: 100, max: 5_000 }) }).map((change) => sighting(change));
const breaking = fc.oneof(
  fc.constant(sighting({ role: 'stable' })),
  fc.constant(sighting({ role: 'unknown' })),
  fc.constant(sighting({ ok: false, quote: 'answered 500' })),
);
const ignored = fc.oneof(
  fc.constant(sighting({ sentAt: 50, role: 'stable' })),
  fc.constant(sighting({ ownSide: true, ok: false })),
);

describe('the laws of a streak', () => {
  const run = (sightings: readonly Sighting[]) =>
    sightings.reduce(countSighting, newStreak('candidate', 100));

  it('answers of the wanted side count', () => {
    fc.assert(
      fc.property(fc.array(wanted), (sightings) => {
        expect(run(sightings).count).toBe(sightings.length);
      }),
    );
  });

  it('anything else begins it anew, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(wanted, breaking)),
        breaking,
        fc.array(wanted),
        (before, broken, after) => {
          const streak = run([...before, broken, ...after]);
          expect(streak.count).toBe(after.length);
          expect(streak.firstAt).toBe(after[0]?.doneAt ?? null);
        },
      ),
    );
  });

  it('requests of before the change, and failures of our own side, say nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(wanted, breaking, ignored)), (sightings) => {
        const telling = sightings.filter(({ sentAt, ownSide }) => sentAt >= 100 && !ownSide);
        expect(run(sightings)).toEqual(run(telling));
      }),
    );
  });

  it.each([
    [4, 60_000, false],
    [5, 499, false],
    [5, 500, true],
    [24, 499, false],
    [25, 249, false],
    [25, 250, true],
    [10_000, 249, false],
  ])('%i answers over %i ms prove the change: %p', (count, ageMs, proves) => {
    const streak = run(Array.from({ length: count }, () => sighting({ sentAt: 1_000 })));
    expect(isProven(streak, 1_000 + ageMs)).toBe(proves);
  });

  it('what proves something still does when it is longer, in number or in time', () => {
    const more = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(fc.constantFrom(...sufficientRows), more, more, ({ answers, overMs }, number, time) => {
        const streak = run(Array.from({ length: answers + number }, () => sighting({ sentAt: 1_000 })));
        expect(isProven(streak, 1_000 + overMs + time)).toBe(true);
      }),
    );
  });
});

describe('a streak where connections stay with their pods', () => {
  it('is neither made nor broken by those that were open before', () => {
    const kept = fc.oneof(wanted, breaking).map((seen) => ({ ...seen, population: 'kept' as const }));
    fc.assert(
      fc.property(fc.array(fc.oneof(wanted, breaking, kept)), (sightings) => {
        const count = (some: readonly Sighting[]) =>
          some.reduce(countSighting, newStreak('candidate', 100, 'fresh'));
        expect(count(sightings)).toEqual(count(sightings.filter(({ population }) => population === 'fresh')));
      }),
    );
  });
});

describe('an entry point that somebody else answers as well', () => {
  it('is proven by the app alone: answers of others neither count nor begin it anew', () => {
    const others = wanted.map((one): Sighting => ({ ...one, role: 'unknown', ofOthers: true }));
    fc.assert(
      fc.property(fc.array(fc.oneof(wanted, breaking, others)), (sightings) => {
        const count = (some: readonly Sighting[]) => some.reduce(countSighting, newStreak('candidate', 100));
        expect(count(sightings)).toEqual(count(sightings.filter(({ ofOthers }) => ofOthers !== true)));
      }),
    );
  });

  it('is proven for a version without a name by all answers that may be of it', () => {
    const others = wanted.map((one): Sighting => ({ ...one, role: 'unknown', ofOthers: true }));
    fc.assert(
      fc.property(fc.array(others), fc.array(others), (before, after) => {
        const streak = newStreak('unknown', 100);
        expect(before.reduce(countSighting, streak).count).toBe(before.length);
        const broken = [...before, sighting({ role: 'candidate' }), ...after];
        expect(broken.reduce(countSighting, streak).count).toBe(after.length);
      }),
    );
  });
});

describe('the wait for a proof', () => {
  it('ends with the number of answers and the time of the first one', async () => {
    const clock = createVirtualClock();
    const witness = puppet();
    const deadline = startDeadline(clock, 10_000, 'The gateway');
    const proof = provenBy(witness, 'candidate', clock, deadline);
    for (let n = 0; n < 20; n++) {
      await clock.sleep(100);
      witness.see({ sentAt: clock.monotonic(), role: n < 3 ? 'stable' : 'candidate' });
    }
    expect(await proof).toMatch(/^\d+ answers in a row by the candidate version, the first after 400 ms$/);
    deadline.clear();
  });

  it.each([
    [{ role: 'stable' }, 'still answered by stable'],
    [{ ok: false, quote: 'answered 503' }, 'answered 503'],
    [undefined, 'no answer yet'],
  ] as const)('that ends in vain says what was seen last: %j', async (what, seen) => {
    const clock = createVirtualClock();
    const witness = puppet();
    const deadline = startDeadline(clock, 1_000, 'The gateway');
    const proof = provenBy(witness, 'candidate', clock, deadline).catch((thrown: unknown) => thrown);
    await clock.sleep(500);
    if (what !== undefined) witness.see({ ...what, sentAt: clock.monotonic() });
    expect(await proof).toMatchObject({
      code: 'Timeout',
      message: expect.stringContaining(`last seen: ${seen}`),
    });
  });
});

describe('the guard of a release', () => {
  const failure = { ok: false, quote: 'answered 500', sentAt: 10 } as const;

  function guarded(tolerance = 0) {
    const witness = puppet();
    const guard = createGuard(witness, createVirtualClock(), tolerance);
    return { witness, guard };
  }

  it('ends it at the first failure of the candidate, which it quotes', () => {
    const { witness, guard } = guarded();
    guard.arm();
    witness.see(failure);
    expect(guard.signal.reason).toMatchObject({
      code: 'Failed',
      message: expect.stringContaining('answered 500'),
    });
  });

  it('bears as many as are tolerated', () => {
    const { witness, guard } = guarded(2);
    guard.arm();
    witness.see(failure);
    witness.see({ ...failure, role: 'unknown' });
    expect(guard.signal.aborted).toBe(false);
    witness.see(failure);
    expect(guard.signal.aborted).toBe(true);
  });

  it.each([
    ['good answers', { ok: true }],
    ['failures of the stable version', { ...failure, role: 'stable' }],
    ['failures of our own side', { ...failure, ownSide: true }],
    ['requests that were sent before', { ...failure, sentAt: -1 }],
  ] as const)('does not count %s', (_what, seen) => {
    const { witness, guard } = guarded();
    guard.arm();
    witness.see(seen);
    expect(guard.signal.aborted).toBe(false);
  });

  it('counts nothing before it is armed, nor after it is disarmed', () => {
    const { witness, guard } = guarded();
    witness.see(failure);
    guard.arm();
    guard.disarm();
    witness.see(failure);
    expect(guard.signal.aborted).toBe(false);
  });

  it('counts once, however often it is armed', () => {
    const { witness, guard } = guarded(1);
    guard.arm();
    guard.arm();
    witness.see(failure);
    expect(guard.signal.aborted).toBe(false);
  });

  it('without a witness guards nothing', () => {
    const guard = createGuard(null, createVirtualClock(), 0);
    guard.arm();
    expect(guard.signal.aborted).toBe(false);
  });
});
