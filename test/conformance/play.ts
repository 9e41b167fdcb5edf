import { canonicalJson } from '../../src/base/index.ts';
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

/** Sends every request of the table in order, and gives the answers without what differs from run to run. */
export async function playTable(send: Send, namespace: string): Promise<Map<string, PlayedAnswer>> {
  const answers = new Map<string, PlayedAnswer>();
  for (const request of table) {
    const { status, body } = await send(wireFormOf(request, namespace));
    answers.set(request.about, {
      status,
      body: request.loosely ? '(not compared)' : normalise(body, namespace),
    });
  }
  return answers;
}

function wireFormOf({ method, path, body, patch, userAgent = 'table/1' }: TableRequest, namespace: string) {
  const fill = (text: string) => text.replaceAll('{ns}', namespace);
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

function normalise(value: unknown, namespace: string): unknown {
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
    .replaceAll(/(ResourceVersion in record \()\d+/g, '$1<resourceVersion>');
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
