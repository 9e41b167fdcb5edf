import { canonicalJson, equalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ResourceType } from '../store.ts';
import { isCustom } from './context.ts';
import { isAtomicObject, keyDefaults, listKeys } from './list-keys.ts';

/**
 * Fields of an object as server-side apply sees them. A field is the elements of its path as FieldsV1 spells them
 * (`f:spec`, `k:{"name":"app"}`, `v:"x"`), joined by newlines; an item of an associative list is a field of its own.
 */
export type FieldSet = ReadonlySet<string>;

/** Identity and bookkeeping belong to nobody. */
const unownedMetadata = new Set([
  ...['name', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields'],
  ...['selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds'],
]);

/** Objects and lists that the API server has even in an empty object, so that nobody is the first to set them. */
const everPresent = new Set([
  'metadata',
  'spec',
  'status',
  'template',
  'strategy',
  'updateStrategy',
  'containers',
  'scaleTargetRef',
  'loadBalancer',
]);

/** Every leaf with its value; with `parents` also the objects and lists that hold them, as a plain write owns them. */
export function flatten(type: ResourceType, object: JsonObject, parents = false): ReadonlyMap<string, Json> {
  const leaves = new Map<string, Json>();
  const { apiVersion, kind, metadata, ...fields } = object;
  const owned = Object.entries(isJsonObject(metadata) ? metadata : {}).filter(
    ([key]) => !unownedMetadata.has(key),
  );
  for (const [key, value] of owned) visit(value, [`f:metadata`, `f:${key}`], ['metadata', key]);
  for (const [key, value] of Object.entries(fields)) visit(value, [`f:${key}`], [key]);
  return leaves;

  function visit(value: Json | undefined, elements: readonly string[], names: readonly string[]): void {
    if (value === undefined) return;
    const keys = Array.isArray(value) ? listKeys(type, names) : undefined;
    const inItem = elements.some((element) => element.startsWith('k:'));
    if (parents && (inItem || !everPresent.has(names.at(-1) ?? '') || isCustom(type)))
      leaves.set(elements.join('\n'), null);
    if (Array.isArray(value) && keys === 'set') {
      for (const item of value) leaves.set([...elements, `v:${JSON.stringify(item)}`].join('\n'), item);
    } else if (Array.isArray(value) && keys !== undefined && keys !== 'set') {
      for (const item of value) {
        const path = [...elements, itemElement(item, keys)];
        leaves.set(path.join('\n'), null);
        if (isJsonObject(item)) visitFields(item, path, names);
      }
    } else if (isJsonObject(value) && !isAtomicObject(type, names) && Object.keys(value).length > 0) {
      visitFields(value, elements, names);
    } else leaves.set(elements.join('\n'), value);
  }

  function visitFields(object: JsonObject, elements: readonly string[], names: readonly string[]): void {
    for (const [key, value] of Object.entries(object))
      visit(value, [...elements, `f:${key}`], [...names, key]);
  }
}

/** How FieldsV1 names an item of an associative list. */
export function itemElement(item: Json | undefined, keys: readonly string[]): string {
  const entries = keys.map((key) => [key, (isJsonObject(item) ? item[key] : undefined) ?? keyDefaults[key]]);
  return `k:${canonicalJson(Object.fromEntries(entries.filter(([, value]) => value !== undefined)))}`;
}

/** Leaves that are in `after` with another value, or only there; and those that are only in `before`. */
export function compareFields(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>) {
  const changed = new Set(
    [...after].filter(([path, value]) => !equalJson(before.get(path), value)).map(([path]) => path),
  );
  const removed = new Set([...before.keys()].filter((path) => !after.has(path)));
  return { changed: changed as FieldSet, removed: removed as FieldSet };
}

export function encodeFields(fields: FieldSet): JsonObject {
  const root: { [element: string]: Tree } = {};
  for (const path of [...fields].sort()) {
    let node: Tree = root;
    const elements = path.split('\n');
    for (const element of elements) {
      node[element] ??= {};
      node = node[element];
    }
  }
  for (const path of fields) {
    const node = path.split('\n').reduce<Tree | undefined>((parent, element) => parent?.[element], root);
    if (node !== undefined && Object.keys(node).length > 0) node['.'] = {};
  }
  return root;
}

interface Tree {
  [element: string]: Tree;
}

export function decodeFields(encoded: unknown): FieldSet {
  const fields = new Set<string>();
  const visit = (node: unknown, elements: readonly string[]): void => {
    const children = Object.entries(isJsonObject(node) ? node : {});
    if (elements.length > 0 && (children.length === 0 || children.some(([key]) => key === '.')))
      fields.add(elements.join('\n'));
    for (const [element, child] of children) if (element !== '.') visit(child, [...elements, element]);
  };
  visit(encoded, []);
  return fields;
}

/** `.spec.template.spec.containers[name="app"].image`: how a conflict names a field. */
export function describeField(path: string): string {
  return path
    .split('\n')
    .map((element) => {
      const value = element.slice(2);
      if (element.startsWith('f:')) return `.${value}`;
      if (element.startsWith('v:')) return `[=${value}]`;
      const keys = Object.entries(JSON.parse(value) as Record<string, unknown>);
      return `[${keys.map(([key, part]) => `${key}=${JSON.stringify(part)}`).join(',')}]`;
    })
    .join('');
}
