import { parseJsonPath, printable, readJsonPath, StreamGateError } from '../base/index.ts';
import type { VersionSource } from './prober.ts';
import type { ResponseHead } from './response-head.ts';

/** Reads which version gave an answer; null when it did not say. */
export type ReadVersion = (head: ResponseHead | null, body: string) => string | null;

const maxVersionLength = 128;

/** @throws StreamGateError `Usage` for a JSONPath that does not name exactly one value. */
export function versionReader(source: VersionSource): ReadVersion {
  if (source.kind === 'none') return () => null;
  if (source.kind === 'header') {
    const name = source.name.toLowerCase();
    return (head) => clean(head?.headers.get(name)?.[0]);
  }
  const path = parseJsonPath(source.path);
  if (path === undefined) {
    throw new StreamGateError('Usage', `"${source.path}" is not a JSONPath that names one value`, {
      remedy: 'Write it with names and indices only, for example $.build.version or $.items[0].version.',
    });
  }
  return (_head, body) => {
    const value = readJsonPath(parseBody(body), path);
    return clean(typeof value === 'number' ? String(value) : value);
  };
}

/** For people: `header x-version`. */
export function describeVersionSource(source: VersionSource): string {
  if (source.kind === 'header') return `header ${source.name.toLowerCase()}`;
  return source.kind === 'jsonpath' ? `JSONPath ${source.path}` : 'none';
}

function clean(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = printable(value, maxVersionLength);
  return text === '' ? null : text;
}

/** An answer that is no JSON does not name a version; that is no failure by itself. */
function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
