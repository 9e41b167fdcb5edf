import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { ResourceType } from '../store.ts';
import { fieldTypes } from './field-types.ts';

/** What a structure has, by the names of its fields. */
type Fields = ReadonlyMap<string, string>;

const structures = new Map<string, Fields>();

/** Undefined for what is no structure that is known. */
export function fieldsOf(structure: string): Fields | undefined {
  const known = structures.get(structure);
  const text = fieldTypes[structure];
  if (known !== undefined || text === undefined) return known;
  const pairs = text.split(' ').filter((pair) => pair !== '');
  const fields = new Map(
    pairs.map((pair): [string, string] => {
      const end = pair.indexOf(':');
      return [pair.slice(0, end), pair.slice(end + 1)];
    }),
  );
  structures.set(structure, fields);
  return fields;
}

/** The structure of a kind in the version in which its fields are known. */
export function structureOf(type: ResourceType): string | undefined {
  const stored = Object.values(resources).find(
    ({ group, kind }) => group === type.group && kind === type.kind,
  );
  const isKnown =
    stored !== undefined && stored.version === type.version && fieldTypes[type.kind] !== undefined;
  return isKnown ? type.kind : undefined;
}

const quantityPattern = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';

/** Says why an object is none of its kind. */
export type Refuse = (why: string) => never;

/**
 * An object as the server's decoder takes it up: without nulls and without fields that its kind does not have. Refuses a
 * field of the wrong type, and an unknown one when these are asked for strictly: as a bad request, when nothing else is said.
 */
export function decode(
  type: ResourceType,
  body: JsonObject,
  strict: boolean,
  refuse: Refuse | undefined,
): JsonObject {
  const structure = structureOf(type);
  if (structure === undefined) return body;
  const badRequest: Refuse = (why) => {
    throw new ApiError(
      'BadRequest',
      `${type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${why}`,
    );
  };
  const fail: Refuse = refuse ?? badRequest;
  const unknown: string[] = [];
  const mismatch = (found: string, at: Place, wanted: string) =>
    fail(
      `json: cannot unmarshal ${found} into Go struct field ${at.owner}.${at.names.join('.')} of type ${wanted}`,
    );

  function value(wanted: string, given: Json, at: Place): Json {
    if (wanted === 'any' || given === null) return given;
    if (wanted.startsWith('[]')) {
      if (!Array.isArray(given)) return mismatch(foundIn(given), at, goType(wanted));
      const [item, from] = [wanted.slice(2), at.path];
      return given.map((one: Json, index) => value(item, one, { ...at, path: `${from}[${index}]` }));
    }
    if (wanted.startsWith('map:')) {
      if (!isJsonObject(given)) return mismatch(foundIn(given), at, goType(wanted));
      const entries = Object.entries(given).map(([key, one]) => [
        key,
        value(wanted.slice(4), one ?? null, at),
      ]);
      return Object.fromEntries(entries);
    }
    const fields = fieldsOf(wanted);
    if (fields === undefined) return scalar(wanted, given, at);
    return isJsonObject(given)
      ? structureValue(wanted, fields, given, at)
      : mismatch(foundIn(given), at, goType(wanted));
  }

  function structureValue(owner: string, fields: Fields, given: JsonObject, at: Place): Json {
    // A structure without known fields has a form of its own.
    if (fields.size === 0) return given;
    const known: Record<string, Json> = {};
    for (const [name, one] of Object.entries(given)) {
      const path = at.path === '' ? name : `${at.path}.${name}`;
      const wanted = fields.get(name);
      if (wanted === undefined) unknown.push(`unknown field ${JSON.stringify(path)}`);
      else if (one !== undefined && one !== null)
        known[name] = value(wanted, one, { owner, names: [...at.names, name], path });
    }
    return known;
  }

  function scalar(wanted: string, given: Json, at: Place): Json {
    if (wanted === 'quantity') {
      const isQuantity = typeof given === 'number' || new RegExp(quantityPattern).test(String(given));
      return isQuantity ? given : fail(`quantities must match the regular expression '${quantityPattern}'`);
    }
    if (fits(wanted, given)) return given;
    const isFraction = wanted.startsWith('int') && typeof given === 'number';
    return mismatch(isFraction ? `number ${given}` : foundIn(given), at, goType(wanted));
  }

  const decoded = value(structure, body, { owner: '', names: [], path: '' });
  if (strict && unknown.length > 0) fail(`strict decoding error: ${unknown.join(', ')}`);
  return isJsonObject(decoded) ? decoded : body;
}

/** Where a value stands: in which structure, by which names, and with the numbers of items between them. */
interface Place {
  readonly owner: string;
  readonly names: readonly string[];
  readonly path: string;
}

export function fits(wanted: string, given: Json): boolean {
  if (wanted === 'bool') return typeof given === 'boolean';
  if (wanted.startsWith('int')) return Number.isInteger(given);
  return wanted !== 'string' || typeof given === 'string';
}

function foundIn(given: Json): string {
  if (Array.isArray(given)) return 'array';
  return typeof given === 'boolean' ? 'bool' : typeof given;
}

function goType(wanted: string): string {
  if (wanted.startsWith('[]')) return `[]${goType(wanted.slice(2))}`;
  if (wanted.startsWith('map:')) return `map[string]${goType(wanted.slice(4))}`;
  return fieldTypes[wanted] === undefined ? wanted : `v1.${wanted}`;
}
