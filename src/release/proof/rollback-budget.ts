import { formatDuration, type Milliseconds, toInstant } from '../../base/index.ts';
import type { GateResult } from '../../evidence/index.ts';

export interface TimedReturn {
  /** When it was begun, wall clock. */
  readonly startedAt: Milliseconds;
  readonly takenMs: Milliseconds;
  readonly budgetMs: Milliseconds;
}

/**
 * How long it took until callers met the older version alone, held against what somebody counts on. It changes nothing
 * any more: the traffic is back.
 */
export function judgeReturn({ startedAt, takenMs, budgetMs }: TimedReturn): GateResult {
  const ok = takenMs <= budgetMs;
  const [taken, budget] = [formatDuration(takenMs), formatDuration(budgetMs)];
  return {
    gate: 'rollback-budget',
    verdict: ok ? 'pass' : 'fail',
    reason: ok
      ? `The traffic was back after ${taken}, within the budget of ${budget}`
      : `The traffic was back after ${taken}, over the budget of ${budget}`,
    observations: [
      {
        name: 'time until the traffic was back',
        ok,
        seen: taken,
        wanted: `at most ${budget}`,
        durationMs: takenMs,
      },
    ],
    startedAt: toInstant(startedAt),
    durationMs: takenMs,
  };
}
