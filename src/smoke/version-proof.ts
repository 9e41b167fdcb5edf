import { parseJsonPath, printable, readJsonPath, StreamGateError } from '../base/index.ts';
import type { Observation } from '../evidence/index.ts';
import type { Mismatch } from './assess.ts';
import type { HttpAnswer } from './http-attempt.ts';

/** Where an answer says which version gave it. */
export type VersionSource =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'jsonpath'; readonly path: string }
  | { readonly kind: 'none' };

/** Which versions may answer. */
export interface VersionPolicy {
  readonly source: VersionSource;
  /** What the candidate calls itself; undefined when that is not known yet. */
  readonly expected?: readonly string[] | undefined;
  /** What the stable side calls itself: it must not answer. */
  readonly forbidden?: readonly string[] | undefined;
  /** Whether an answer that names no version is a failure. */
  readonly require?: boolean | undefined;
}

/** Reads the version that an answer names; undefined when it names none. */
export type ReadVersion = (answer: HttpAnswer) => string | undefined;

/** @throws StreamGateError `Usage` for a JSONPath that does not name exactly one value. */
export function versionReader(source: VersionSource): ReadVersion {
  if (source.kind === 'none') return () => undefined;
  if (source.kind === 'header') return ({ headers }) => clean(headers[source.name.toLowerCase()]);
  const path = parseJsonPath(source.path);
  if (path === undefined) {
    throw new StreamGateError('Usage', `"${source.path}" is not a JSONPath that names one value`, {
      remedy: 'Write it with names and indices only, for example $.build.version or $.items[0].version.',
    });
  }
  return ({ body }) => {
    const value = readJsonPath(parseJson(body), path);
    return clean(typeof value === 'number' ? String(value) : value);
  };
}

/** What is wrong with the version that one answer named. */
export function assessVersion(
  version: string | undefined,
  status: number,
  policy: VersionPolicy,
): Mismatch | undefined {
  const { expected, forbidden = [], require = false } = policy;
  if (version === undefined) {
    return require
      ? { seen: `answered ${status} without naming its version`, wanted: nameVersions(expected) }
      : undefined;
  }
  const seen = `answered ${status} as version "${version}"`;
  if (expected !== undefined && !expected.includes(version)) return { seen, wanted: nameVersions(expected) };
  if (forbidden.includes(version)) return { seen, wanted: 'the new version; this is the stable one' };
  return undefined;
}

/** What the answers of one place, a pod or a URL, called themselves. */
export class VersionLedger {
  readonly #versions = new Set<string>();
  #answers = 0;
  #silent = 0;

  add(version: string | undefined): void {
    this.#answers += 1;
    if (version === undefined) this.#silent += 1;
    else this.#versions.add(version);
  }

  get versions(): readonly string[] {
    return [...this.#versions].sort();
  }

  /** Undefined when there is nothing to say: no answer, or nobody asked. */
  observe(place: string, policy: VersionPolicy): Observation | undefined {
    if (policy.source.kind === 'none' && policy.require !== true) return undefined;
    const { versions } = this;
    const mixed = policy.expected === undefined && versions.length > 1;
    const unproven = policy.require === true && versions.length === 0;
    if (this.#answers === 0 && !unproven) return undefined;
    const named = versions.length === 0 ? 'not named' : versions.join(' and ');
    const note =
      this.#silent > 0 && versions.length > 0
        ? `, not named by ${this.#silent} of ${this.#answers} answers`
        : '';
    const wanted = policy.expected === undefined ? 'one version' : nameVersions(policy.expected);
    return { name: `version of ${place}`, ok: !mixed && !unproven, seen: `${named}${note}`, wanted };
  }
}

function nameVersions(expected: readonly string[] | undefined): string {
  return expected === undefined ? 'a version' : `version ${expected.map((name) => `"${name}"`).join(' or ')}`;
}

function clean(value: unknown): string | undefined {
  const text = typeof value === 'string' ? printable(value, 128) : '';
  return text === '' ? undefined : text;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
