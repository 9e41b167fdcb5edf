import { equalJson, isJsonObject } from '../../base/index.ts';
import type { FieldChange } from '../../evidence/index.ts';

type Path = readonly string[];
type Leaf = { readonly path: Path; readonly text: string; readonly value: unknown };

/** What a person may read of a value that stands at a path. */
export type Show = (path: Path, value: unknown) => string;

/**
 * The fields in which two objects differ, in the order of the new one, then those that are gone. Items of a list go by
 * their `name` where all have one, so that a container in another place is no change of every field behind it.
 */
export function diffFields(before: unknown, after: unknown, show: Show): readonly FieldChange[] {
  const old = new Map(leavesOf(before).map((leaf) => [leaf.text, leaf]));
  const young = new Map(leavesOf(after).map((leaf) => [leaf.text, leaf]));
  const shown = (leaf: Leaf | undefined) => (leaf === undefined ? null : show(leaf.path, leaf.value));
  return [...new Set([...young.keys(), ...old.keys()])]
    .filter(
      (text) =>
        !(old.has(text) && young.has(text) && equalJson(old.get(text)?.value, young.get(text)?.value)),
    )
    .map((text) => ({ path: text, before: shown(old.get(text)), after: shown(young.get(text)) }));
}

function leavesOf(value: unknown, path: Path = [], text = ''): readonly Leaf[] {
  if (value === undefined) return [];
  const children = childrenOf(value);
  if (children.length === 0) return text === '' ? [] : [{ path, text, value }];
  return children.flatMap(({ key, label, inner }) =>
    leavesOf(inner, [...path, key], text === '' ? label.replace(/^\./, '') : text + label),
  );
}

interface Child {
  readonly key: string;
  /** `.image`, `[app]`, `["a.b/c"]` */
  readonly label: string;
  readonly inner: unknown;
}

function childrenOf(value: unknown): readonly Child[] {
  if (Array.isArray(value)) {
    const names = value.map((item: unknown) => (isJsonObject(item) ? item.name : undefined));
    const named = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
    return value.map((inner: unknown, index) => {
      const key = named ? String(names[index]) : String(index);
      return { key, label: `[${key}]`, inner };
    });
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, inner]) => ({
    key,
    label: /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    inner,
  }));
}
