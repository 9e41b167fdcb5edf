import type { Clock, Milliseconds } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';
import { conditionStatus, findCondition } from './labels.ts';
import { ageMs } from './timestamps.ts';

/** Counts towards its ReplicaSet: not finished, and not on its way out. */
export function isActive(pod: StoredObject): boolean {
  return !isFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function isFinished(pod: StoredObject): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

export function isReady(pod: StoredObject): boolean {
  return conditionStatus(pod, 'Ready') === 'True';
}

/** How long until a ready pod counts as available; 0 when it does, undefined while it is not ready. */
export function availableInMs(
  pod: StoredObject,
  minReadySeconds: number,
  clock: Clock,
): Milliseconds | undefined {
  if (!isReady(pod)) return undefined;
  if (minReadySeconds === 0) return 0;
  const readyForMs = ageMs(clock, findCondition(pod, 'Ready')?.lastTransitionTime);
  return Math.max(0, minReadySeconds * 1_000 - readyForMs);
}

/** Which of two pods goes first when a ReplicaSet shrinks: without a node, pending, not ready, younger. */
export function byDeletionOrder(a: StoredObject, b: StoredObject): number {
  return deletionRank(a) - deletionRank(b) || (youngerFirst(a) < youngerFirst(b) ? 1 : -1);
}

function deletionRank(pod: StoredObject): number {
  if (pod.spec?.nodeName === undefined) return 0;
  if (pod.status?.phase !== 'Running') return 1;
  return isReady(pod) ? 3 : 2;
}

/** Names break ties so that the choice does not depend on the order of a list. */
function youngerFirst(pod: StoredObject): string {
  const since = findCondition(pod, 'Ready')?.lastTransitionTime ?? pod.metadata.creationTimestamp;
  return `${since} ${pod.metadata.creationTimestamp} ${pod.metadata.name}`;
}
