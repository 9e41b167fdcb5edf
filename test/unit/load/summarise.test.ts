import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { summariseTraffic } from '../../../src/load/index.ts';
import { answer, anyAnswer, facts, tallyOf } from './samples.ts';

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, n) => total + n, 0);

describe('the conservation of requests', () => {
  it('counts each request once: by class, by bin, by attribution, whatever happened', () => {
    fc.assert(
      fc.property(
        fc.array(anyAnswer, { maxLength: 200 }),
        fc.boolean(),
        fc.boolean(),
        (answers, sidesKnown, switched) => {
          const traffic = summariseTraffic(tallyOf(answers), {
            ...facts,
            sidesKnown,
            switchedAt: switched ? 5_000 : null,
          });
          expect(sum(traffic.byClass)).toBe(answers.length);
          expect(traffic.failed).toBe(answers.length - (traffic.byClass.ok ?? 0));
          expect(sum(traffic.byAttribution)).toBe(traffic.failed);
          expect(traffic.byAttribution['own-side'] ?? 0).toBe(traffic.byClass['own-side'] ?? 0);
          const binned = traffic.bins.map(({ stable, candidate, unknown, failed }) => ({
            stable,
            candidate,
            unknown,
            failed,
          }));
          expect(binned.reduce((total, bin) => total + sum(bin), 0)).toBe(answers.length);
          expect(binned.reduce((total, bin) => total + bin.failed, 0)).toBe(traffic.failed);
          const grouped = traffic.byVersion.reduce((total, group) => total + group.failed, 0);
          expect(grouped).toBe(traffic.failed);
          expect(traffic.failures).toHaveLength(Math.min(100, traffic.failed));
          if (!switched) expect(traffic.byAttribution.switch).toBeUndefined();
        },
      ),
    );
  });

  it('does not depend on the order in which answers came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyAnswer, { maxLength: 30, selector: ({ doneAt }) => doneAt }),
        (answers) => {
          const forth = summariseTraffic(tallyOf(answers), facts);
          const back = summariseTraffic(tallyOf([...answers].reverse()), facts);
          expect(back).toEqual(forth);
        },
      ),
    );
  });
});

describe('whom a failure is attributed to', () => {
  const attributionOf = (change: Parameters<typeof answer>[0], over: Partial<typeof facts> = {}) =>
    summariseTraffic(tallyOf([answer(change)]), { ...facts, ...over }).failures[0]?.attribution;

  it.each([
    ['the version that answered', { class: 'status', version: 'v2', doneAt: 2_000 }, 'candidate'],
    [
      'the stable version, even after the switch',
      { class: 'truncated', version: 'v1', doneAt: 9_000 },
      'stable',
    ],
    [
      'the stable version, when nobody answered before the switch',
      { class: 'refused', version: null, doneAt: 4_999 },
      'stable',
    ],
    [
      'the switch, when nobody answered after it began',
      { class: 'eof', version: null, doneAt: 5_001 },
      'switch',
    ],
    ['our own side, whatever the time', { class: 'own-side', version: null, doneAt: 9_000 }, 'own-side'],
    [
      'the version that turned the prober away itself',
      { class: 'own-side', status: 403, version: 'v2', doneAt: 9_000 },
      'candidate',
    ],
    [
      'our own side, when an edge turned it away in the name of nobody we know',
      { class: 'own-side', status: 429, version: 'v0', doneAt: 9_000 },
      'own-side',
    ],
  ] as const)('%s', (_what, change, expected) => {
    expect(attributionOf(change)).toBe(expected);
  });

  it('the switch, when a version that cannot be told from the other one turned the prober away', () => {
    const traffic = summariseTraffic(
      tallyOf([answer({ class: 'own-side', status: 403, version: 'v1', doneAt: 9_000 })]),
      { ...facts, roleOf: () => 'unknown', isOwn: (version) => version === 'v1', sidesKnown: false },
    );
    expect([traffic.byClass, traffic.byAttribution]).toEqual([{ status: 1 }, { switch: 1 }]);
  });

  it('never the switch while nothing was switched', () => {
    expect(attributionOf({ class: 'eof', version: null, doneAt: 99_000 }, { switchedAt: null })).toBe(
      'stable',
    );
  });
});

describe('an answer of neither side', () => {
  it('is a wrong version when both sides are known', () => {
    const traffic = summariseTraffic(tallyOf([answer({ version: 'v0', doneAt: 6_000 })]), facts);
    expect(traffic.byClass).toEqual({ 'wrong-version': 1 });
    expect(traffic.failures[0]).toMatchObject({ attribution: 'switch', version: 'v0' });
  });

  it('is just unknown when they are not, or when the answer names no version', () => {
    const unknownSides = summariseTraffic(tallyOf([answer({ version: 'v0' })]), {
      ...facts,
      sidesKnown: false,
    });
    expect(unknownSides.byClass).toEqual({ ok: 1 });
    expect(summariseTraffic(tallyOf([answer({ version: null })]), facts).byClass).toEqual({ ok: 1 });
  });
});

describe('the cut-over', () => {
  const cutover = (...seen: readonly (readonly [string | null, number])[]) =>
    summariseTraffic(tallyOf(seen.map(([version, doneAt]) => answer({ version, doneAt }))), facts).cutoverMs;

  it('lasts from the first answer of the new version to the last one of the old', () => {
    expect(cutover(['v1', 1_000], ['v2', 5_100], ['v1', 5_350], ['v2', 5_400])).toBe(250);
  });

  it('took no time when the answers do not overlap', () => {
    expect(cutover(['v1', 5_000], ['v2', 5_100])).toBe(0);
  });

  it('is not known when one version was not seen, or the old one answered last', () => {
    expect(cutover(['v1', 5_000], [null, 5_100])).toBeNull();
    expect(cutover(['v2', 5_000], ['v1', 5_100])).toBeNull();
    expect(cutover()).toBeNull();
  });
});

describe('the figures', () => {
  it('measure latency from the planned time, and lag until it was sent', () => {
    const answers = Array.from({ length: 100 }, (_, n) =>
      answer({ plannedAt: 1_000, sentAt: 1_000 + n, doneAt: 1_100 + n }),
    );
    const traffic = summariseTraffic(tallyOf(answers), facts);
    expect(traffic.latencyMs).toEqual({ p50: 149, p99: 198, max: 199 });
    expect(traffic.lagP99Ms).toBe(98);
  });

  it('bound the share of failures by 3/N only when none failed', () => {
    const answers = Array.from({ length: 300 }, () => answer());
    expect(summariseTraffic(tallyOf(answers), facts).bound95).toBe(0.01);
    expect(summariseTraffic(tallyOf([...answers, answer({ class: 'eof' })]), facts).bound95).toBeNull();
    expect(summariseTraffic(tallyOf([]), facts).bound95).toBeNull();
  });

  it('use at most 600 bins of at least 100 ms, however long it took', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 * 3_600_000 }), (durationMs) => {
        const traffic = summariseTraffic(tallyOf([answer()], { endedAt: 1_000 + durationMs }), facts);
        expect(traffic.bins.length).toBeLessThanOrEqual(600);
        expect(traffic.binMs).toBeGreaterThanOrEqual(100);
        expect(traffic.bins.length * traffic.binMs).toBeGreaterThanOrEqual(durationMs);
      }),
    );
  });

  it('keep the failures that count against the release when there are more than a hundred', () => {
    const old = Array.from({ length: 150 }, (_, n) =>
      answer({ class: 'eof', version: null, doneAt: 2_000 + n }),
    );
    const failures = summariseTraffic(
      tallyOf([...old, answer({ id: 'it', class: 'status', version: 'v2' })]),
      facts,
    ).failures;
    expect(failures).toHaveLength(100);
    expect(failures.map(({ id }) => id)).toContain('it');
  });
});
