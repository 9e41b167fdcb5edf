import type { HeaderChanges } from './route-table.ts';

/** Of one hop only: a proxy must not pass them on. */
const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** Of Node's flat list of names and values. */
export function pairsOf(raw: readonly string[]): HeaderPairs {
  const pairs: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return pairs;
}

export function withoutHopHeaders(raw: readonly string[]): HeaderPairs {
  return pairsOf(raw).filter(([name]) => !hopHeaders.has(name.toLowerCase()));
}

/** What the filters of a route make of headers. */
export function changeHeaders(headers: HeaderPairs, changes: readonly HeaderChanges[]): HeaderPairs {
  return changes.reduce((list, { set, add, remove }) => {
    const replaced = new Set([...set.map(([name]) => name), ...remove].map((name) => name.toLowerCase()));
    return [...list.filter(([name]) => !replaced.has(name.toLowerCase())), ...set, ...add];
  }, headers);
}
