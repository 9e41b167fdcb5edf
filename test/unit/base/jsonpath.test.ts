import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonPath, readJsonPath } from '../../../src/base/index.ts';

describe('a JSONPath that names one value', () => {
  it('reads names and indices', () => {
    expect(parseJsonPath('$')).toEqual([]);
    expect(parseJsonPath('$.a.b[0]')).toEqual(['a', 'b', 0]);
    expect(parseJsonPath(`$['odd key']["it's"][12].x-y`)).toEqual(['odd key', "it's", 12, 'x-y']);
  });

  it.each(['', 'a.b', '$.', '$..a', '$.a[*]', '$.a[-1]', '$.a[0', '$.*', '$[?(@.a)]', '$.a b'])(
    'refuses %j, which names none or several',
    (text) => {
      expect(parseJsonPath(text)).toBeUndefined();
    },
  );

  it('gives undefined as soon as something is missing, and never an inherited property', () => {
    const value = { a: { b: [10, { c: 'deep' }] }, n: null };
    expect(readJsonPath(value, ['a', 'b', 1, 'c'])).toBe('deep');
    expect(readJsonPath(value, ['a', 'b', 7])).toBeUndefined();
    expect(readJsonPath(value, ['n', 'x'])).toBeUndefined();
    expect(readJsonPath(value, ['a', 'constructor'])).toBeUndefined();
    expect(readJsonPath([1], ['length'])).toBeUndefined();
  });

  it('finds every value at the path that led to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.nat(20)), { maxLength: 6 }),
        fc.jsonValue(),
        (path, leaf) => {
          const value = path.reduceRight<unknown>((inner, key) => {
            if (typeof key === 'string')
              return Object.defineProperty({}, key, { value: inner, enumerable: true });
            const list: unknown[] = [];
            list[key] = inner;
            return list;
          }, leaf);
          const text = path.map((key) =>
            typeof key === 'number' ? `[${key}]` : `['${key.replace(/[\\']/g, '\\$&')}']`,
          );
          const parsed = parseJsonPath(`$${text.join('')}`);
          expect(parsed).toEqual(path);
          expect(readJsonPath(value, parsed ?? [])).toEqual(leaf);
        },
      ),
    );
  });
});
