import { at, isJsonObject, type Json } from '../../base/index.ts';
import { ApiError, notFound } from '../api-error.ts';
import { putCondition } from '../controllers/conditions.ts';
import { disruptionAllowed, selectsPod } from '../controllers/disruption-budget.ts';
import { isFinished, isReady } from '../controllers/pods.ts';
import { resources } from '../resources.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { StoredObject } from '../store.ts';
import { toSeconds } from '../store-memory.ts';
import { type ApiContext, isDryRun, type Scope } from './context.ts';
import { deleteObject, parseDeleteOptions } from './delete.ts';
import { ownersAfterUpdate, serverWriter, writeOwners } from './managed-fields.ts';
import { json } from './respond.ts';

/** POST of `pods/eviction`: deletes the pod unless a PodDisruptionBudget forbids that now, which is a 429. */
export function evictPod(api: ApiContext, scope: Scope, body: Json): ApiResponse {
  const { namespace, name, query } = scope;
  const named = at(body, 'metadata', 'name');
  if (!isJsonObject(body) || (named !== undefined && named !== name)) {
    throw new ApiError('BadRequest', 'name in URL does not match name in Eviction object');
  }
  const pod = api.store.get(resources.pods, namespace, name);
  if (pod === undefined) throw notFound(resources.pods, name);
  const dryRun = isDryRun(query);
  if (!isFree(pod)) spendBudget(api, pod, dryRun);
  const options = parseDeleteOptions(query, body.deleteOptions ?? null);
  deleteObject(api, resources.pods, pod, { ...options, dryRun: dryRun || options.dryRun });
  return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
}

/** Pods that serve nobody, or are on their way out, cost no budget. */
function isFree(pod: StoredObject): boolean {
  const pending = (pod.status?.phase ?? 'Pending') === 'Pending';
  return isFinished(pod) || pending || pod.metadata.deletionTimestamp !== undefined;
}

function spendBudget({ store, clock }: ApiContext, pod: StoredObject, dryRun: boolean): void {
  const { name, namespace = '' } = pod.metadata;
  const [budget, ...others] = store
    .list(resources.poddisruptionbudgets, namespace)
    .filter((candidate) => selectsPod(candidate, pod));
  if (budget === undefined) return;
  if (others.length > 0) {
    const why =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    throw new ApiError('InternalError', why);
  }
  const { status = {}, metadata, spec } = budget;
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0 } = status;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 1)) {
    throw tooMany(`The disruption budget ${metadata.name} is still being processed by the server.`, 10);
  }
  if (!isReady(pod)) {
    const guarded = spec?.unhealthyPodEvictionPolicy !== 'AlwaysAllow';
    if (!guarded || (currentHealthy >= desiredHealthy && desiredHealthy > 0)) return;
  }
  if (disruptionsAllowed <= 0) {
    throw tooMany(
      `The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    );
  }
  if (dryRun) return;
  const left = disruptionsAllowed - 1;
  const type = resources.poddisruptionbudgets;
  store.update(type, namespace, metadata.name, (current) => {
    const { conditions = [], disruptedPods } = current.status ?? {};
    const next = {
      ...current,
      status: {
        ...current.status,
        disruptionsAllowed: left,
        disruptedPods: { ...disruptedPods, [name]: toSeconds(clock) },
        conditions: putCondition(conditions, disruptionAllowed(left, current), clock),
      },
    };
    const writer = serverWriter(clock, current.apiVersion);
    const managedFields = writeOwners(ownersAfterUpdate(type, current, next, writer));
    return { ...next, metadata: { ...current.metadata, managedFields } };
  });
}

function tooMany(message: string, retryAfterSeconds?: number): ApiError {
  return new ApiError(
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      causes: [{ reason: 'DisruptionBudget', message }],
    },
  );
}
