import type { Milliseconds } from '../base/index.ts';

/** Constant arrivals: when each is due, whatever became of the ones before it. */
export interface Schedule {
  /** Milliseconds from the start to arrival `n`, counted from 0. */
  dueAt(n: number): Milliseconds;
  /** How many arrivals are due by `elapsedMs`. By formula, so that it checks a count made any other way. */
  countBy(elapsedMs: Milliseconds): number;
}

/** Arrivals at 0, 1/rate, 2/rate, … seconds, all before `durationMs`. */
export function constantSchedule(ratePerSecond: number, durationMs: Milliseconds): Schedule {
  const dueAt = (n: number) => (n * 1_000) / ratePerSecond;
  const total = firstNotDue((n) => dueAt(n) < durationMs, (durationMs * ratePerSecond) / 1_000);
  return {
    dueAt,
    countBy: (elapsedMs) =>
      Math.min(
        total,
        firstNotDue((n) => dueAt(n) <= elapsedMs, (elapsedMs * ratePerSecond) / 1_000),
      ),
  };
}

/** The guess is right but for rounding: a division and a multiplication need not meet. */
function firstNotDue(due: (n: number) => boolean, guess: number): number {
  let n = Math.max(0, Math.floor(guess));
  while (n > 0 && !due(n - 1)) n -= 1;
  while (due(n)) n += 1;
  return n;
}
