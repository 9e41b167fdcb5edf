import { at, canonicalJson } from '../../src/base/index.ts';
import { jsonOrText } from '../support/json-or-text.ts';
import { type TableRequest, table } from './requests.ts';

export interface PlayedAnswer {
  readonly status: number;
  readonly body: unknown;
}

export type Send = (request: {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}) => Promise<PlayedAnswer>;

const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** How long a kind that was just defined may be unknown. */
const triesUntilFound = 100;

/** Sends every request of the table in order, and gives the answers without what differs from run to run. */
export async function playTable(
  send: Send,
  namespace: string,
  pause: () => Promise<void>,
): Promise<Map<string, PlayedAnswer>> {
  const answers = new Map<string, PlayedAnswer>();
  const versions = new Map<string, string>();
  for (const request of table) {
    const wired = wireFormOf(request, namespace, versions);
    let answer = await send(wired);
    for (let n = 0; n < triesUntilFound && request.untilFound && answer.status === 404; n++) {
      await pause();
      answer = await send(wired);
    }
    const { status, body } = answer;
    versions.set(request.about, String(at(body, 'metadata', 'resourceVersion') ?? ''));
    const told = request.events ? eventsOf(body) : body;
    answers.set(request.about, {
      status,
      body: request.loosely ? '(not compared)' : normalise(told, namespace),
    });
  }
  return answers;
}

/** A stream of one event is one JSON document, and none at all an empty text. */
function eventsOf(body: unknown): unknown {
  if (typeof body !== 'string') return [body];
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line) => jsonOrText(line));
}

function wireFormOf(
  { method, path, body, patch, userAgent = 'table/1' }: TableRequest,
  namespace: string,
  versions: ReadonlyMap<string, string>,
) {
  const fill = (text: string) =>
    text
      .replaceAll('{ns}', namespace)
      .replaceAll(/\{version of ([^}]+)\}/g, (_whole, about: string) => versions.get(about) ?? '');
  const type = patch === undefined ? 'application/json' : patchTypes[patch];
  const headers = { 'content-type': type, 'user-agent': userAgent, accept: 'application/json' };
  return {
    method,
    path: fill(path),
    headers,
    ...(body !== undefined && { body: fill(JSON.stringify(body)) }),
  };
}

const volatile = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp']);
const address = /\b10\.96\.\d+\.\d+\b/g;

/** An answer without what differs from run to run. */
export function normalise(value: unknown, namespace: string): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'managedFields' && Array.isArray(inner)) return inner.map(withoutTime).sort();
    if (key === 'causes' && Array.isArray(inner)) return inOrder(inner);
    return volatile.has(key) && typeof inner === 'string' ? `<${key}>` : inner;
  });
  const plain = text
    .replaceAll(namespace, '{ns}')
    .replaceAll(address, '<address>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '<uid>')
    .replaceAll(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replaceAll(/(ResourceVersion in record \()\d+/g, '$1<resourceVersion>')
    .replaceAll(/(too old resource version: \d+ \()\d+/g, '$1<resourceVersion>')
    .replaceAll(/("made-)[bcdfghjklmnpqrstvwxz2456789]{5}"/g, '$1<suffix>"');
  return JSON.parse(plain);
}

/** The server names the managers of a conflict in the order of a hash. */
function inOrder(causes: readonly { readonly reason?: string }[]): unknown {
  if (!causes.every(({ reason }) => reason === 'FieldManagerConflict')) return causes;
  return [...causes].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

/** Ownership as a text: its order and its times mean nothing. */
function withoutTime(entry: Readonly<Record<string, unknown>>): string {
  return canonicalJson({ ...entry, time: undefined });
}
