import type { Clock, Milliseconds } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';
import { type Condition, findCondition } from './labels.ts';
import { ageMs, timestamp } from './timestamps.ts';

export interface DeploymentCounts {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
}

/** Adds up the ReplicaSets of a Deployment. `current` is the one of its template; undefined when there is none yet. */
export function countReplicas(
  sets: readonly StoredObject[],
  current: StoredObject | undefined,
): DeploymentCounts {
  const sum = (field: string) => sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const wanted = sets.reduce((total, set) => total + (set.spec.replicas ?? 0), 0);
  return {
    replicas: sum('replicas'),
    updatedReplicas: current?.status?.replicas ?? 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: sum('availableReplicas'),
    unavailableReplicas: Math.max(0, wanted - sum('availableReplicas')),
  };
}

export function isComplete(deployment: StoredObject, counts: DeploymentCounts): boolean {
  const wanted = deployment.spec.replicas ?? 1;
  return (
    counts.updatedReplicas === wanted && counts.replicas === wanted && counts.availableReplicas === wanted
  );
}

/** Puts a condition into a list; the time of transition moves only with the status. */
export function withCondition(conditions: readonly Condition[], next: Condition, clock: Clock): Condition[] {
  const now = timestamp(clock);
  const before = conditions.find((condition) => condition.type === next.type);
  const lastTransitionTime = before?.status === next.status ? (before.lastTransitionTime ?? now) : now;
  return [
    ...conditions.filter((condition) => condition !== before),
    { ...next, lastUpdateTime: now, lastTransitionTime },
  ];
}

/** Whether enough pods serve: all but those that the strategy lets be missing. */
export function availability(available: number, minAvailable: number): Condition {
  return available >= minAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/**
 * What the condition Progressing should say now; undefined: leave it as it is.
 * Any count that moved in the right direction since the last look is progress and restarts the deadline.
 */
export function progress(
  deployment: StoredObject,
  setName: string,
  counts: DeploymentCounts,
  clock: Clock,
): Condition | undefined {
  const before = deployment.status ?? {};
  const condition = findCondition(deployment, 'Progressing');
  const subject = setName ? `ReplicaSet "${setName}"` : `Deployment "${deployment.metadata.name}"`;
  const settled =
    counts.replicas === counts.updatedReplicas && condition?.reason === 'NewReplicaSetAvailable';
  if (settled) return undefined;
  if (isComplete(deployment, counts)) {
    const message = `${subject} has successfully progressed.`;
    return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message };
  }
  const oldBefore = (before.replicas ?? 0) - (before.updatedReplicas ?? 0);
  const moved =
    counts.updatedReplicas > (before.updatedReplicas ?? 0) ||
    counts.readyReplicas > (before.readyReplicas ?? 0) ||
    counts.availableReplicas > (before.availableReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas < oldBefore;
  if (moved) {
    const message = `${subject} is progressing.`;
    return { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message };
  }
  const left = deadlineInMs(deployment, clock);
  if (left === undefined || left > 0) return undefined;
  const message = `${subject} has timed out progressing.`;
  return { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message };
}

/** Milliseconds until the progress deadline strikes; undefined when none is running. */
export function deadlineInMs(deployment: StoredObject, clock: Clock): Milliseconds | undefined {
  const condition = findCondition(deployment, 'Progressing');
  const seconds = deployment.spec.progressDeadlineSeconds ?? 600;
  const resting = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];
  if (condition === undefined || seconds >= 2_147_483_647 || resting.includes(condition.reason ?? ''))
    return undefined;
  return Math.max(0, seconds * 1_000 - ageMs(clock, condition.lastUpdateTime));
}
