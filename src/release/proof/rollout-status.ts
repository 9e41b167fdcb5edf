import { at, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { troubleOf } from './pod-trouble.ts';
import { done, type Progress, pending } from './wait.ts';

/**
 * Whether a Deployment runs exactly its wanted pods, all of the newest template, all available.
 * Stricter than `kubectl rollout status`: no pod of an older template may be left, not even a terminating one, since a
 * check of the candidate must not meet it.
 */
export function rolloutProgress(deployment: KubeObject | undefined, all: readonly KubeObject[]): Progress {
  // Evicted and finished pods lie about until somebody collects them: nothing of them runs, and nobody counts them.
  const pods = all.filter((pod) => !['Failed', 'Succeeded'].includes(String(at(pod, 'status', 'phase'))));
  if (deployment === undefined) return pending('the Deployment is not there');
  const wanted = Number(at(deployment, 'spec', 'replicas') ?? 1);
  const status = at(deployment, 'status');
  const count = (field: string) => Number(at(status, field) ?? 0);
  if (count('observedGeneration') < (deployment.metadata.generation ?? 0)) {
    return pending('the controller has not seen the change yet');
  }
  const trouble = pods.flatMap((pod) => troubleOf(pod) ?? [])[0];
  if (trouble !== undefined) {
    return {
      state: 'failed',
      error: new StreamGateError('Failed', trouble.message, { remedy: trouble.remedy }),
    };
  }
  const late = conditionOf(deployment, 'Progressing');
  if (at(late, 'reason') === 'ProgressDeadlineExceeded') {
    const message = `Deployment ${deployment.metadata.name} made no progress: ${String(at(late, 'message'))}`;
    return {
      state: 'failed',
      error: new StreamGateError('Failed', message, { remedy: 'See the events and logs below.' }),
    };
  }
  const seen = `${count('availableReplicas')} of ${wanted} pods available, ${count('updatedReplicas')} updated, ${pods.length} there`;
  const complete =
    count('updatedReplicas') === wanted &&
    count('availableReplicas') === wanted &&
    count('replicas') === wanted &&
    pods.length === wanted &&
    pods.every(isReady);
  return complete ? done(`${wanted} of ${wanted} pods available`) : pending(seen);
}

export function isReady(pod: KubeObject): boolean {
  return pod.metadata.deletionTimestamp === undefined && at(conditionOf(pod, 'Ready'), 'status') === 'True';
}

export function conditionOf(object: KubeObject | undefined, type: string): unknown {
  const conditions = at(object, 'status', 'conditions');
  return Array.isArray(conditions)
    ? conditions.find((condition) => at(condition, 'type') === type)
    : undefined;
}
