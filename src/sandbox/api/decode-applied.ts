import { at, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { ResourceType } from '../store.ts';
import { fieldsOf, fits, structureOf } from './decode.ts';
import { keyDefaults, listKeys } from './list-keys.ts';

/**
 * Refuses an object to be applied that is none of its kind. Server-side apply reads its schema, not its decoder: unknown
 * fields are errors there, and the answer is a 500 without a reason.
 */
export function requireApplicable(type: ResourceType, config: JsonObject): void {
  const structure = structureOf(type);
  if (structure === undefined) return;
  const errors: string[] = [];

  function value(wanted: string, given: Json, names: readonly string[], path: string): void {
    const complain = (kind: string, got = `&${shown(given)}`) =>
      errors.push(`${path}: expected ${kind}, got ${got}`);
    if (wanted === 'any' || wanted === 'quantity' || given === null) return;
    if (wanted.startsWith('[]')) {
      if (!Array.isArray(given)) complain('list', `&{${goValue(given)}}`);
      else
        for (const [index, item] of given.entries())
          value(wanted.slice(2), item, names, `${path}[${describeItem(type, names, item, index)}]`);
      return;
    }
    const fields = fieldsOf(wanted);
    if (wanted.startsWith('map:') || fields !== undefined) {
      if (!isJsonObject(given)) {
        complain('map', `&{${goValue(given)}}`);
        return;
      }
      for (const [name, one = null] of Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1))) {
        const inner = fields === undefined ? wanted.slice(4) : fields.size === 0 ? 'any' : fields.get(name);
        if (inner === undefined) errors.push(`${path}.${name}: field not declared in schema`);
        else value(inner, one, [...names, name], `${path}.${name}`);
      }
      return;
    }
    if (wanted.startsWith('int') && typeof given !== 'number')
      complain('numeric (int or float)', typeof given);
    else if (wanted === 'bool' && !fits(wanted, given)) complain('boolean', `&{${goValue(given)}}`);
    else if (wanted === 'string' && !fits(wanted, given)) complain('string');
  }

  value(structure, config, [], '');
  if (errors.length === 0) return;
  const why = errors.length === 1 ? errors[0] : `errors:\n${errors.map((error) => `  ${error}`).join('\n')}`;
  const { namespace = '', name = '' } = { ...(isJsonObject(config.metadata) ? config.metadata : {}) };
  throw new ApiError(
    undefined,
    `failed to create typed patch object (${namespace}/${name}; ${type.group}/${type.version}, Kind=${type.kind}): ${why}`,
  );
}

/** An item by the fields that tell it from others, else by its place. */
function describeItem(type: ResourceType, names: readonly string[], item: Json, index: number): string {
  const keys = listKeys(type, names);
  if (keys === undefined || keys === 'set') return String(index);
  return keys.map((key) => `${key}=${JSON.stringify(at(item, key) ?? keyDefaults[key])}`).join(',');
}

const shown = (given: Json) => `value.valueUnstructured{Value:${goValue(given)}}`;

/** As Go prints it. */
function goValue(given: Json): string {
  if (Array.isArray(given)) return `[]interface {}{${given.map((item: Json) => goValue(item)).join(', ')}}`;
  if (!isJsonObject(given)) return String(given);
  const entries = Object.entries(given).map(([key, one]) => `${JSON.stringify(key)}:${printed(one ?? null)}`);
  return `map[string]interface {}{${entries.join(', ')}}`;
}

const printed = (given: Json) => (typeof given === 'string' ? JSON.stringify(given) : goValue(given));
