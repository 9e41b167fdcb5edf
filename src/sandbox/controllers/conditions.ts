import type { Clock } from '../../base/index.ts';
import type { Condition } from './labels.ts';
import { timestamp } from './timestamps.ts';

/** Puts a condition into a list, in its old place; the time of transition moves only with the status. */
export function putCondition(
  conditions: readonly Condition[],
  next: Condition,
  clock: Clock,
): readonly Condition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const since = before?.status === next.status ? before.lastTransitionTime : undefined;
  const stamped = { ...next, lastTransitionTime: since ?? timestamp(clock) };
  if (before === undefined) return [...conditions, stamped];
  return conditions.map((condition) => (condition === before ? stamped : condition));
}

export function dropCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.filter((condition) => condition.type !== type);
}
