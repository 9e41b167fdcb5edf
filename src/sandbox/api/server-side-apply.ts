import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { compareFields, describeField, type FieldSet, flatten, itemElement } from './field-set.ts';
import { isAtomicObject, isMap, listKeys } from './list-keys.ts';
import { isSameManager, type Ownership, readOwners, setOwned, type Writer } from './managed-fields.ts';

/**
 * What an apply makes of the live object: `config` merged into it, less the fields that this manager applied before and
 * no longer does. Throws 409 with a cause per field when another manager owns a field that would change, unless forced.
 */
export function applyConfiguration(
  type: ResourceType,
  live: StoredObject,
  config: JsonObject,
  writer: Writer,
  force: boolean,
): { readonly object: JsonObject; readonly owners: readonly Ownership[] } {
  const applied: FieldSet = new Set(flatten(type, config).keys());
  const merged = mergeObject(type, live, config, []);
  const { changed } = compareFields(flatten(type, live), flatten(type, merged));
  const owners = readOwners(live);
  const others = owners.filter((owner) => !isSameManager(owner, writer));
  const contested = others.filter((owner) => !owner.fields.isDisjointFrom(changed));
  if (contested.length > 0 && !force) throw applyConflict(contested, changed);

  const previous = owners.find((owner) => isSameManager(owner, writer))?.fields ?? new Set<string>();
  const abandoned = withParents(previous, isMap).difference(withParents(applied));
  const kept = others.reduce<FieldSet>((all, owner) => all.union(withParents(owner.fields)), new Set());
  const unowned = [...abandoned.difference(kept)];
  const left = unowned.reduce<Json>((rest, path) => removeField(type, rest, path.split('\n'), []), merged);
  const object = isJsonObject(left) ? left : {};
  // An item takes what others own inside with it.
  const present: FieldSet = new Set(flatten(type, object, true).keys());
  const remaining = owners.map((owner) =>
    isSameManager(owner, writer)
      ? owner
      : { ...owner, fields: owner.fields.difference(changed).intersection(present) },
  );
  return { object, owners: setOwned(remaining, writer, applied) };
}

function mergeObject(
  type: ResourceType,
  live: JsonObject,
  config: JsonObject,
  path: readonly string[],
): JsonObject {
  const merged: Record<string, Json | undefined> = { ...live };
  for (const [key, value] of Object.entries(config)) {
    if (value !== undefined && value !== null)
      merged[key] = mergeValue(type, live[key], value, [...path, key]);
  }
  return merged;
}

function mergeValue(type: ResourceType, live: Json | undefined, config: Json, path: readonly string[]): Json {
  if (isJsonObject(config)) {
    return isAtomicObject(type, path)
      ? config
      : mergeObject(type, isJsonObject(live) ? live : {}, config, path);
  }
  const keys = Array.isArray(config) ? listKeys(type, path) : undefined;
  if (!Array.isArray(config) || keys === undefined) return config;
  const old: readonly Json[] = Array.isArray(live) ? live : [];
  const identify = (item: Json) => (keys === 'set' ? canonicalJson(item) : itemElement(item, keys));
  const byKey = new Map(old.map((item) => [identify(item), item]));
  const named = new Map(config.map((item: Json) => [identify(item), item]));
  if (named.size < config.length)
    throw new ApiError(
      'BadRequest',
      `failed to create typed patch object: .${path.join('.')}: duplicate entries`,
    );
  const merge = (item: Json) => {
    const before = byKey.get(identify(item));
    return isJsonObject(item) ? mergeObject(type, isJsonObject(before) ? before : {}, item, path) : item;
  };
  return interleave(old, config, identify).map((item) =>
    named.has(identify(item)) ? merge(named.get(identify(item)) ?? item) : item,
  );
}

/** Both lists without repeats: items that only the live list has stay where they were, the rest is in applied order. */
function interleave(
  live: readonly Json[],
  config: readonly Json[],
  identify: (item: Json) => string,
): readonly Json[] {
  const applied = new Set(config.map(identify));
  const existing = new Set(live.map(identify));
  const shared = config.filter((item) => existing.has(identify(item)));
  const result: Json[] = [];
  let next = 0;
  const takeApplied = (until: number) => {
    for (; next < until; next++) result.push(config[next] ?? null);
  };
  for (const item of live) {
    if (!applied.has(identify(item))) result.push(item);
    else takeApplied(config.indexOf(shared.shift() ?? null) + 1);
  }
  takeApplied(config.length);
  return result;
}

/**
 * With the fields that hold them, but not items of lists. Who drops all leaves of a parent drops it, too, together with
 * what the server filled in; only a map is nobody's to drop, for its keys are the users'.
 */
function withParents(fields: FieldSet, isLeftOut: (field: string) => boolean = () => false): FieldSet {
  const all = new Set(fields);
  for (const path of fields) {
    const elements = path.split('\n');
    for (let length = elements.length - 1; length > 0; length--) {
      const last = elements[length - 1] ?? '';
      if (last.startsWith('f:') && !isLeftOut(last.slice(2)) && last !== 'f:metadata')
        all.add(elements.slice(0, length).join('\n'));
    }
  }
  return all;
}

function removeField(
  type: ResourceType,
  value: Json,
  elements: readonly string[],
  path: readonly string[],
): Json {
  const [element = '', ...rest] = elements;
  if (Array.isArray(value)) {
    const keys = listKeys(type, path) ?? [];
    const matches = (item: Json) =>
      element === (keys === 'set' ? `v:${JSON.stringify(item)}` : itemElement(item, keys));
    return rest.length === 0
      ? value.filter((item) => !matches(item))
      : value.map((item: Json) => (matches(item) ? removeField(type, item, rest, path) : item));
  }
  const key = element.slice(2);
  const child = isJsonObject(value) ? value[key] : undefined;
  if (!isJsonObject(value) || child === undefined) return value;
  const { [key]: _removed, ...others } = value;
  if (rest.length === 0) return others;
  const left = removeField(type, child, rest, [...path, key]);
  const emptied = Array.isArray(left)
    ? left.length === 0
    : isMap(key) && isJsonObject(left) && Object.keys(left).length === 0;
  return emptied ? others : { ...value, [key]: left };
}

function applyConflict(contested: readonly Ownership[], changed: FieldSet): ApiError {
  const inOrder = [...contested].sort((a, b) => (a.manager < b.manager ? -1 : 1));
  const causes = inOrder.flatMap((owner) =>
    [...owner.fields.intersection(changed)].map((path) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describeManager(owner)}`,
      field: describeField(path),
    })),
  );
  const [first] = causes;
  const text =
    causes.length === 1 && first !== undefined
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${groupByMessage(causes)}`;
  return new ApiError('Conflict', text, { causes });
}

function groupByMessage(causes: readonly { readonly message: string; readonly field: string }[]): string {
  return [...Map.groupBy(causes, ({ message }) => message)]
    .map(
      ([message, group]) =>
        `${message.replace('conflict', 'conflicts')}:\n${group.map(({ field }) => `- ${field}`).join('\n')}`,
    )
    .join('\n');
}

function describeManager({ manager, operation, subresource, apiVersion }: Ownership): string {
  const through = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  return `${JSON.stringify(manager)}${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}
