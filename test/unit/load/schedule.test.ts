import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { constantSchedule } from '../../../src/load/schedule.ts';

const rates = fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0.1, max: 5_000, noNaN: true }));

describe('constant arrivals', () => {
  it('begin at once and come at even steps', () => {
    const schedule = constantSchedule(4, 10_000);
    expect([0, 1, 2, 3].map(schedule.dueAt)).toEqual([0, 250, 500, 750]);
    expect([0, 249.9, 250, 1_000].map(schedule.countBy)).toEqual([1, 1, 2, 5]);
  });

  it('end before the duration is over', () => {
    expect(constantSchedule(10, 1_000).countBy(60_000)).toBe(10);
    expect(constantSchedule(10, 1_001).countBy(60_000)).toBe(11);
  });

  it('number none before the start', () => {
    expect(constantSchedule(10, 1_000).countBy(-1)).toBe(0);
  });

  it('are counted by formula as they are by walking, at any rate and instant', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 2_000, noNaN: true }), (rate, elapsed) => {
        const schedule = constantSchedule(rate, 1_500);
        let walked = 0;
        while (schedule.dueAt(walked) <= elapsed && schedule.dueAt(walked) < 1_500) walked += 1;
        expect(schedule.countBy(elapsed)).toBe(walked);
      }),
    );
  });
});
