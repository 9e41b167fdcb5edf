import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, equalJson, fieldsAt, type Json, listAt } from '../../../src/base/index.ts';

const json = fc.jsonValue({ maxDepth: 4 });
/** Values that differ in little, so that equal ones are met as often as others. */
const few = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, 1, '', 'a', '0'),
    fc.array(tie('tree'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', '__proto__'), tie('tree'), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
})).tree;

describe('the equality of JSON', () => {
  it('is that of its canonical texts', () => {
    fc.assert(
      fc.property(fc.oneof(few, json), fc.oneof(few, json), (a, b) => {
        expect(equalJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
      { numRuns: 500 },
    );
  });

  it('is that of a value and its copy, whatever the order of the keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        const copy: unknown = JSON.parse(JSON.stringify(value), (_key, inner: unknown) =>
          typeof inner === 'object' && inner !== null && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).reverse())
            : inner,
        );
        expect(equalJson(value, copy)).toBe(true);
      }),
    );
  });

  it.each<readonly [unknown, unknown, boolean]>([
    [0, -0, true],
    [undefined, undefined, true],
    [undefined, null, false],
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: undefined }, { b: undefined }, true],
    [{ a: null }, {}, false],
    [[], {}, false],
    [[1, 2], [2, 1], false],
    ['1', 1, false],
  ])('of %j and %j is %p', (a, b, expected) => {
    expect(equalJson(a, b)).toBe(expected);
  });
});

describe('what stands at a path of JSON', () => {
  const object = {
    spec: { ports: [{ port: 80 }], selector: { app: 'shop' }, type: 'ClusterIP', none: null },
  };

  it('is the list there, or the fields', () => {
    expect(listAt(object, 'spec', 'ports')).toEqual([{ port: 80 }]);
    expect(listAt(object.spec.ports)).toEqual([{ port: 80 }]);
    expect(fieldsAt(object, 'spec', 'selector')).toEqual({ app: 'shop' });
    expect(fieldsAt(object, 'spec', 'ports', 0)).toEqual({ port: 80 });
  });

  it.each(['type', 'none', 'missing'])('is empty where %s is neither', (field) => {
    expect(listAt(object, 'spec', field)).toEqual([]);
    expect(fieldsAt(object, 'spec', field)).toEqual({});
  });

  it('is no list where fields are asked for, and no fields where a list is', () => {
    expect(fieldsAt(object, 'spec', 'ports')).toEqual({});
    expect(listAt(object, 'spec', 'selector')).toEqual([]);
  });
});
