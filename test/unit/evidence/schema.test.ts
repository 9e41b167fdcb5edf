import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { at } from '../../../src/base/index.ts';
import type { Evidence } from '../../../src/evidence/index.ts';
import { undoneUnderTraffic } from './example-undone.ts';
import { promoted } from './examples.ts';
import { allExamples } from './more-examples.ts';
import { objects } from './objects-by-name.ts';
import { unions } from './unions-by-name.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../../docs/evidence.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

/** The example as JSON with one place changed; `undefined` removes the field. */
function changed(example: Evidence, path: readonly (string | number)[], value: unknown): unknown {
  const document: unknown = JSON.parse(JSON.stringify(example));
  const holder = at(document, ...path.slice(0, -1));
  const key = path.at(-1);
  if (typeof holder !== 'object' || holder === null || key === undefined) throw new Error('no such place');
  Reflect.set(holder, key, value);
  return JSON.parse(JSON.stringify(document));
}

describe('the schema of the evidence', () => {
  it.each(Object.entries(allExamples))('accepts the example %s', (_name, evidence) => {
    expect(validate(JSON.parse(JSON.stringify(evidence)))).toBe(true);
  });

  it.each(Object.keys(promoted))('rejects a document without %s', (field) => {
    expect(validate(changed(promoted, [field], undefined))).toBe(false);
  });

  it.each([
    ['an unknown verdict', ['verdict'], 'ok'],
    ['a verdict in another case', ['gates', 0, 'verdict'], 'Pass'],
    ['an unknown outcome', ['outcome'], 'Done'],
    ['an unknown class', ['traffic', 'byClass', 'lost'], 1],
    ['an unknown class of a failed request', ['traffic', 'failures', 0, 'class'], 'lost'],
    ['an unknown attribution', ['traffic', 'byAttribution', 'nobody'], 1],
    ['an unknown population', ['traffic', 'byVersion', 0, 'population'], 'pooled'],
    ['a third slot', ['release', 'candidate', 'slot'], 'red'],
    ['a negative count', ['traffic', 'planned'], -1],
    ['half a request', ['traffic', 'failed'], 0.5],
    ['a duration in words', ['durationMs'], '5s'],
    ['an instant without a time zone', ['startedAt'], '2026-03-14T14:03:05'],
    ['a field that nobody knows', ['extra'], true],
    ['a field that nobody knows, deep inside', ['steps', 0, 'extra'], true],
    ['another version of the schema', ['schema'], 'streamgate.evidence/v2'],
    ['a digest of another kind', ['digest'], 'md5:00'],
    ['a missing field deep inside', ['traffic', 'byVersion', 0, 'lastAt'], undefined],
  ] as const)('rejects %s', (_what, path, value) => {
    expect(validate(changed(undoneUnderTraffic, path, value))).toBe(false);
  });

  it.each(Object.entries(unions))('lists the members of the type %s', (name, listed) => {
    expect(at(schema, '$defs', name, 'enum')).toEqual(expect.arrayContaining([...listed]));
    expect(at(schema, '$defs', name, 'enum')).toHaveLength(listed.length);
  });

  it.each(Object.entries(objects))('has the fields of the type %s and no other', (name, presence) => {
    const required = Object.keys(presence).filter((field) => presence[field] === 'required');
    const properties = at(schema, '$defs', name, 'properties');
    expect(Object.keys(Object(properties)).sort()).toEqual(Object.keys(presence).sort());
    expect([...Object(at(schema, '$defs', name, 'required'))].sort()).toEqual(required.sort());
    expect(at(schema, '$defs', name, 'additionalProperties')).toBe(false);
  });

  it('defines nothing that no type stands behind', () => {
    const shared = ['instant', 'milliseconds', 'count'];
    const known = [...Object.keys(unions), ...Object.keys(objects), ...shared].sort();
    expect(Object.keys(Object(at(schema, '$defs'))).sort()).toEqual(known);
  });
});
