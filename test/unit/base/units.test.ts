import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatBound } from '../../../src/base/index.ts';

describe('a bound', () => {
  it.each([
    [3 / 1_240, '0.25 %'],
    [3 / 107, '2.9 %'],
    [3 / 6_000, '0.05 %'],
    [3 / 2, '100 %'],
  ])('of %d is written with two digits that count: %s', (share, text) => {
    expect(formatBound(share)).toBe(text);
  });

  it('is never written smaller than it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 10_000_000 }), (answers) => {
        expect(Number.parseFloat(formatBound(3 / answers))).toBeGreaterThanOrEqual(
          (300 / answers) * (1 - 1e-9),
        );
      }),
    );
  });
});
