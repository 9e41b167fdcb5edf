import { at, isJsonObject, type Json } from '../../base/index.ts';
import { ApiError, conflict } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { toSeconds } from '../store-memory.ts';
import type { ApiContext } from './context.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly propagation: Propagation;
  readonly graceSeconds?: number;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly dryRun: boolean;
}

/** DeleteOptions come as a body or as query parameters. */
export function parseDeleteOptions(query: URLSearchParams, body: Json): DeleteOptions {
  const options = isJsonObject(body) ? body : {};
  const orphan = options.orphanDependents === true || query.get('orphanDependents') === 'true';
  const policy =
    options.propagationPolicy ?? query.get('propagationPolicy') ?? (orphan ? 'Orphan' : 'Background');
  if (policy !== 'Background' && policy !== 'Foreground' && policy !== 'Orphan') {
    throw new ApiError('BadRequest', `propagationPolicy: Unsupported value: ${JSON.stringify(policy)}`);
  }
  const grace = options.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
  const uid = at(options, 'preconditions', 'uid');
  const resourceVersion = at(options, 'preconditions', 'resourceVersion');
  return {
    propagation: policy,
    ...(grace !== null && grace !== undefined && { graceSeconds: Number(grace) }),
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
    dryRun:
      query.get('dryRun') === 'All' || (Array.isArray(options.dryRun) && options.dryRun.includes('All')),
  };
}

/**
 * Deletes at once, or marks as deleted what has to wait: for its finalizers, for the end of a pod's process, for the
 * content of a namespace. Answers the marked object, or undefined when it is gone.
 */
export function deleteObject(
  api: ApiContext,
  type: ResourceType,
  object: StoredObject,
  options: DeleteOptions,
): StoredObject | undefined {
  const { name, namespace = '' } = object.metadata;
  checkPreconditions(type, object, options);
  if (type.kind === 'Namespace' && (name === 'default' || name === 'kube-system')) {
    throw new ApiError('Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {
      name,
      kind: type.resource,
    });
  }
  const grace = graceOf(type, object, options);
  const finalizers = finalizersOf(object, options.propagation);
  const waits = finalizers.length > 0 || grace > 0 || type.kind === 'Namespace';
  if (options.dryRun) return waits ? object : undefined;
  if (!waits) {
    api.store.remove(type, namespace, name);
    return type.kind === 'Pod' ? (marked(api, type, object, [], 0) ?? object) : undefined;
  }
  return api.store.update(type, namespace, name, (current) => marked(api, type, current, finalizers, grace));
}

function marked(
  api: ApiContext,
  type: ResourceType,
  current: StoredObject,
  finalizers: readonly string[],
  grace: number,
): StoredObject | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds, generation } = current.metadata;
  const sooner = deletionTimestamp === undefined || grace < (deletionGracePeriodSeconds ?? 0);
  const metadata = {
    ...current.metadata,
    ...(finalizers.length > 0 && { finalizers: [...finalizers] }),
    ...(sooner && {
      deletionTimestamp: toSeconds({ ...api.clock, now: () => api.clock.now() + grace * 1_000 }),
      ...(type.kind !== 'Namespace' && { deletionGracePeriodSeconds: grace }),
    }),
    ...(deletionTimestamp === undefined && generation !== undefined && { generation: generation + 1 }),
  };
  return {
    ...current,
    metadata,
    ...(type.kind === 'Namespace' && { status: { ...current.status, phase: 'Terminating' } }),
  };
}

/** Seconds that a pod's process has left; a pod without a node or with ended containers needs none. */
function graceOf(
  type: ResourceType,
  { metadata, spec, status }: StoredObject,
  options: DeleteOptions,
): number {
  if (type.kind !== 'Pod') return 0;
  if (!spec?.nodeName || status?.phase === 'Failed' || status?.phase === 'Succeeded') return 0;
  const asked = options.graceSeconds ?? spec?.terminationGracePeriodSeconds ?? 30;
  return Math.min(asked, metadata.deletionGracePeriodSeconds ?? asked);
}

function finalizersOf({ metadata }: StoredObject, propagation: Propagation): readonly string[] {
  const own = (metadata.finalizers ?? []).filter(
    (finalizer) => finalizer !== 'foregroundDeletion' && finalizer !== 'orphan',
  );
  if (metadata.deletionTimestamp !== undefined) return metadata.finalizers ?? [];
  if (propagation === 'Foreground') return [...own, 'foregroundDeletion'];
  return propagation === 'Orphan' ? [...own, 'orphan'] : own;
}

function checkPreconditions(
  type: ResourceType,
  { metadata }: StoredObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  const subject = { group: type.group, resource: type.kind };
  const refuse = (what: string, wanted: string, found: string, guess: string): never => {
    const why = `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found})`;
    throw conflict(subject, metadata.name, `${why}. The object might have been ${guess}`);
  };
  if (uid !== undefined && uid !== metadata.uid)
    refuse('UID', uid, metadata.uid, 'deleted and then recreated');
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    refuse('ResourceVersion', resourceVersion, metadata.resourceVersion, 'modified');
  }
}
