import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addReading, offsetOf, type Reading } from '../../../src/load/remote/clock-offset.ts';

/** Readings of a clock that is `offset` behind ours, with any delays on the way. */
const honest = fc
  .record({
    offset: fc.integer({ min: -1e6, max: 1e6 }),
    questions: fc.array(
      fc.record({
        sentAt: fc.integer({ min: 0, max: 1e6 }),
        there: fc.nat({ max: 500 }),
        back: fc.nat({ max: 500 }),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  })
  .map(({ offset, questions }) => ({
    offset,
    readings: questions.map(
      ({ sentAt, there, back }): Reading => ({
        sentAt,
        at: sentAt + there - offset,
        heardAt: sentAt + there + back,
      }),
    ),
  }));

describe('the offset of another clock', () => {
  it('is unknown without a reading', () => {
    expect(offsetOf([])).toBeUndefined();
  });

  it('lies between its bounds, whatever the delays', () => {
    fc.assert(
      fc.property(honest, ({ offset, readings }) => {
        const bounds = offsetOf(readings);
        expect(bounds?.earliest).toBeLessThanOrEqual(offset);
        expect(bounds?.latest).toBeGreaterThanOrEqual(offset);
      }),
    );
  });

  it('is bounded no worse by more readings', () => {
    fc.assert(
      fc.property(honest, ({ readings: [first, ...others] }) => {
        if (first === undefined) return;
        const [one, all] = [offsetOf([first]), offsetOf([first, ...others])];
        expect(all?.earliest).toBeGreaterThanOrEqual(one?.earliest ?? Number.NaN);
        expect(all?.latest).toBeLessThanOrEqual(one?.latest ?? Number.NaN);
      }),
    );
  });

  it('follows the newest reading when the clocks drift apart', () => {
    const old: Reading = { sentAt: 0, at: 100, heardAt: 1 };
    const drifted: Reading = { sentAt: 1_000, at: 1_090, heardAt: 1_001 };
    expect(offsetOf([old, drifted])).toEqual({ earliest: -90, latest: -89 });
  });

  it('forgets readings that are too old to be right', () => {
    const reading = (sentAt: number): Reading => ({ sentAt, at: sentAt, heardAt: sentAt + 1 });
    const many = Array.from({ length: 50 }, (_, n) => reading(n * 1_000));
    const kept = many.reduce<readonly Reading[]>(addReading, []);
    expect(kept.length).toBe(20);
    expect(kept.at(-1)?.sentAt).toBe(49_000);
  });
});
