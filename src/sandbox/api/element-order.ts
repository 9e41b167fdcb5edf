import { equalJson, isJsonObject, type Json } from '../../base/index.ts';

/**
 * Puts a merged list into the order that a client-side apply wishes (`$setElementOrder`): the items that it names in its
 * order, those that only the server has where they stood among the others before.
 */
export function orderElements(
  merged: readonly Json[],
  wanted: readonly Json[],
  before: readonly Json[],
  key: string | undefined,
): readonly Json[] {
  const identity = (item: Json): Json | undefined =>
    key === undefined ? item : isJsonObject(item) ? item[key] : undefined;
  const placeIn = (list: readonly Json[], item: Json) =>
    list.findIndex((other) => equalJson(identity(other), identity(item)));
  const by = (list: readonly Json[]) => (a: Json, b: Json) => placeIn(list, a) - placeIn(list, b);
  const named = merged.filter((item) => placeIn(wanted, item) >= 0).sort(by(wanted));
  const others = merged.filter((item) => placeIn(wanted, item) < 0).sort(by(before));
  const ordered: Json[] = [];
  for (const item of named) {
    const place = placeIn(before, item);
    while (place >= 0 && others[0] !== undefined && placeIn(before, others[0]) < place) {
      ordered.push(others.shift() ?? null);
    }
    ordered.push(item);
  }
  return [...ordered, ...others];
}
