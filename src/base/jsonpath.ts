/** One step of a path: a key of an object or an index of a list. */
export type JsonPath = readonly (string | number)[];

const step = /\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

/**
 * Reads the part of RFC 9535 that names exactly one value: `$.status.version`, `$.items[0]`, `$['odd key']`.
 * Undefined for everything else (wildcards, slices, filters), so that a caller can refuse it by name.
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  let position = 1;
  while (position < text.length) {
    step.lastIndex = position;
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, name, index, single, double] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'));
    position = step.lastIndex;
  }
  return steps;
}

/** The value at the path; undefined when there is none. Never looks at inherited properties. */
export function readJsonPath(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (Array.isArray(current) !== (typeof key === 'number')) return undefined;
    current = Object.getOwnPropertyDescriptor(current, key)?.value;
  }
  return current;
}
