import { equalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ResourceType } from '../store.ts';
import { orderElements } from './element-order.ts';
import { listKeys } from './list-keys.ts';

/** RFC 7396: null removes, objects merge, everything else replaces. */
export function applyMergePatch(current: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged: Record<string, Json | undefined> = isJsonObject(current) ? { ...current } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = applyMergePatch(merged[key], value);
  }
  return merged;
}

/**
 * Kubernetes' strategic merge patch: lists with a merge key are merged item by item. Understands `$patch`,
 * `$retainKeys`, `$deleteFromPrimitiveList` and `$setElementOrder`.
 */
export function applyStrategicPatch(type: ResourceType, current: JsonObject, patch: JsonObject): JsonObject {
  return mergeObject(type, current, patch, []);
}

function mergeObject(
  type: ResourceType,
  current: JsonObject,
  patch: JsonObject,
  path: readonly string[],
): JsonObject {
  const { $patch, $retainKeys, ...fields } = patch;
  if ($patch === 'replace') return fields;
  if ($patch === 'delete') return {};
  const merged: Record<string, Json | undefined> = Array.isArray($retainKeys)
    ? Object.fromEntries(Object.entries(current).filter(([key]) => $retainKeys.includes(key)))
    : { ...current };
  for (const [key, value] of Object.entries(fields)) {
    const [, directive, target = ''] = /^\$(deleteFromPrimitiveList|setElementOrder)\/(.*)$/.exec(key) ?? [];
    if (directive === 'deleteFromPrimitiveList') merged[target] = without(merged[target], value);
    if (directive !== undefined || value === undefined) continue;
    if (value === null) delete merged[key];
    else merged[key] = mergeValue(type, merged[key], value, [...path, key]);
  }
  for (const [key, wanted] of Object.entries(fields)) {
    const [, target = ''] = /^\$setElementOrder\/(.*)$/.exec(key) ?? [];
    const list = merged[target];
    const before = current[target];
    if (!Array.isArray(wanted) || !Array.isArray(list)) continue;
    const keys = listKeys(type, [...path, target]);
    merged[target] = orderElements(
      list,
      wanted,
      Array.isArray(before) ? before : [],
      keys === 'set' ? undefined : keys?.[0],
    );
  }
  return merged;
}

function mergeValue(
  type: ResourceType,
  current: Json | undefined,
  patch: Json,
  path: readonly string[],
): Json {
  if (isJsonObject(patch)) return mergeObject(type, isJsonObject(current) ? current : {}, patch, path);
  if (!Array.isArray(patch)) return patch;
  const keys = listKeys(type, path);
  const items: readonly Json[] = Array.isArray(current) ? current : [];
  if (keys === 'set')
    return [...items, ...patch.filter((item) => !items.some((old) => equalJson(old, item)))];
  if (keys === undefined) return patch;
  return mergeByKey(type, items, patch, path, keys[0] ?? '');
}

/** Strategic patches know one key per list: the first of the associative keys. */
function mergeByKey(
  type: ResourceType,
  current: readonly Json[],
  patch: readonly Json[],
  path: readonly string[],
  key: string,
): readonly Json[] {
  if (patch.some((item) => isJsonObject(item) && item.$patch === 'replace' && !(key in item))) {
    return patch.filter((item) => !isJsonObject(item) || item.$patch !== 'replace');
  }
  const keyOf = (item: Json): Json | undefined => (isJsonObject(item) ? item[key] : undefined);
  const position = (item: Json) => current.findIndex((old) => equalJson(keyOf(old), keyOf(item)));
  const untouched = current.filter((old) => !patch.some((item: Json) => equalJson(keyOf(old), keyOf(item))));
  const patched = patch.flatMap((item: Json): readonly Json[] => {
    if (!isJsonObject(item)) return [item];
    const old = current[position(item)];
    return item.$patch === 'delete' ? [] : [mergeObject(type, isJsonObject(old) ? old : {}, item, path)];
  });
  // What the patch names comes first, except that items which were there before keep their order among each other.
  return patched
    .concat()
    .reverse()
    .reduce<readonly Json[]>((rest, item) => {
      const at = position(item);
      const before =
        at < 0 ? 0 : rest.findIndex((other) => !untouched.includes(other) || position(other) > at);
      return rest.toSpliced(before < 0 ? rest.length : before, 0, item);
    }, untouched);
}

function without(list: Json | undefined, values: Json | undefined): Json {
  if (!Array.isArray(list) || !Array.isArray(values)) return list ?? [];
  return list.filter((item) => !values.some((value) => equalJson(value, item)));
}
