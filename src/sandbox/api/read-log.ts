import { ApiError, invalid } from '../api-error.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { StoredObject } from '../store.ts';
import type { ApiContext, Scope } from './context.ts';
import { wrong } from './field-errors.ts';
import { stream, text } from './respond.ts';

/** What a container of a pod has printed, as far as it is kept, or from now on. */
export function readLog(
  api: ApiContext,
  { namespace, name, query }: Scope,
  pod: StoredObject,
  signal: AbortSignal | undefined,
): ApiResponse {
  const tailLines = numberOf(query, 'tailLines');
  const limitBytes = numberOf(query, 'limitBytes');
  const bounds = [
    ...(tailLines !== undefined && tailLines < 0
      ? [wrong('tailLines', tailLines, 'must be greater than or equal to 0')]
      : []),
    ...(limitBytes !== undefined && limitBytes < 1
      ? [wrong('limitBytes', limitBytes, 'must be greater than 0')]
      : []),
  ];
  if (bounds.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, name, bounds);
  const container = query.get('container');
  if (container && !namesOf(pod).includes(container))
    throw new ApiError('BadRequest', `container ${container} is not valid for pod ${name}`);
  if (!pod.spec?.nodeName) return text('', 204);
  const runtime = api.runtime();
  if (runtime === undefined) throw new ApiError('NotImplemented', 'this sandbox runs no pods');
  const unserved = ['sinceSeconds', 'sinceTime'].find((option) => query.has(option));
  if (unserved !== undefined || query.get('timestamps') === 'true') {
    throw new ApiError('NotImplemented', `the sandbox keeps no log by ${unserved ?? 'timestamps'}`);
  }
  const log = runtime.podLog(namespace, name, {
    ...(container && { container }),
    ...(tailLines !== undefined && { tailLines }),
    previous: query.get('previous') === 'true',
    follow: query.get('follow') === 'true',
    ...(signal && { signal }),
  });
  return stream(limitBytes === undefined ? log : firstBytes(log, limitBytes), 'text/plain');
}

/** A parameter that has to be a whole number; undefined when it is not there. */
function numberOf(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  if (!/^[+-]?\d+$/.test(given))
    throw new ApiError('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`);
  return Number(given);
}

async function* firstBytes(chunks: AsyncIterable<string>, limit: number): AsyncIterable<string> {
  let left = limit;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk).subarray(0, left);
    left -= bytes.length;
    yield bytes.toString('utf8');
    if (left === 0) return;
  }
}

function namesOf({ spec }: StoredObject): readonly string[] {
  const all: readonly StoredObject[] = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return all.map(({ name }) => String(name));
}
