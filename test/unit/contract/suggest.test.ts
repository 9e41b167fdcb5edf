import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, suggest } from '../../../src/contract/index.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['promted', 'promoted', 1],
    ['retierd', 'retired', 1],
    ['kitten', 'sitting', 3],
  ])('from “%s” to “%s” is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is a symmetric distance that no text exceeds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('suggest', () => {
  const names = ['probe-rate', 'probe-url', 'observe', 'namespace'];

  it('does not compare what is longer than any name', () => {
    const long = 'x'.repeat(101);
    expect(suggest(long, [long])).toBeUndefined();
  });

  it.each([
    ['prob-rate', 'probe-rate'],
    ['PROBE_URL', 'probe-url'],
    ['namespce', 'namespace'],
    ['zzz', undefined],
  ])('for %s is %s', (given, meant) => {
    expect(suggest(given, names)).toBe(meant);
  });
});
