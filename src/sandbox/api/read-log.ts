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
  const tailLines = query.get('tailLines');
  if (Number(tailLines ?? 0) < 0) {
    const why = 'must be greater than or equal to 0';
    throw invalid({ group: '', kind: 'PodLogOptions' }, name, [wrong('tailLines', Number(tailLines), why)]);
  }
  const container = query.get('container');
  if (container && !namesOf(pod).includes(container))
    throw new ApiError('BadRequest', `container ${container} is not valid for pod ${name}`);
  if (!pod.spec?.nodeName) return text('', 204);
  const runtime = api.runtime();
  if (runtime === undefined) throw new ApiError('NotImplemented', 'this sandbox runs no pods');
  const unserved = ['sinceSeconds', 'sinceTime', 'limitBytes'].find((option) => query.has(option));
  if (unserved !== undefined || query.get('timestamps') === 'true') {
    throw new ApiError('NotImplemented', `the sandbox keeps no log by ${unserved ?? 'timestamps'}`);
  }
  const log = runtime.podLog(namespace, name, {
    ...(container && { container }),
    ...(tailLines !== null && { tailLines: Number(tailLines) }),
    previous: query.get('previous') === 'true',
    follow: query.get('follow') === 'true',
    ...(signal && { signal }),
  });
  return stream(log, 'text/plain');
}

function namesOf({ spec }: StoredObject): readonly string[] {
  const all: readonly StoredObject[] = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return all.map(({ name }) => String(name));
}
