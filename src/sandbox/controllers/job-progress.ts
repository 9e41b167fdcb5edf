import type { Milliseconds } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';
import type { Condition } from './labels.ts';

/** How many pods of a Job are where. */
export interface JobCounts {
  readonly active: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Restarts of containers in pods that restart them by themselves. */
  readonly restarts: number;
}

/** Why a Job ends now; undefined while it goes on. `ageMs` counts from its start. */
export function verdictOn(
  { spec }: StoredObject,
  counts: JobCounts,
  ageMs: Milliseconds,
): Pick<Condition, 'type' | 'reason' | 'message'> | undefined {
  const { backoffLimit = 6, activeDeadlineSeconds, completions, template } = spec;
  const restarted =
    template.spec.restartPolicy === 'OnFailure' && counts.restarts > 0 && counts.restarts >= backoffLimit;
  if (counts.failed > backoffLimit || restarted) {
    const message = 'Job has reached the specified backoff limit';
    return { type: 'Failed', reason: 'BackoffLimitExceeded', message };
  }
  if (activeDeadlineSeconds !== undefined && ageMs >= activeDeadlineSeconds * 1_000) {
    const message = 'Job was active longer than specified deadline';
    return { type: 'Failed', reason: 'DeadlineExceeded', message };
  }
  const done =
    completions === undefined ? counts.succeeded > 0 && counts.active === 0 : counts.succeeded >= completions;
  if (!done) return undefined;
  const message = 'Reached expected number of succeeded pods';
  return { type: 'Complete', reason: 'CompletionsReached', message };
}

/** How many pods should run at once now. */
export function wantedPods({ spec }: StoredObject, { succeeded, active }: JobCounts): number {
  const { parallelism = 1, completions } = spec;
  if (spec.suspend === true) return 0;
  // Without a number of completions the pods share out the work, and the first that is done ends the growing.
  if (completions === undefined) return succeeded > 0 ? active : parallelism;
  return Math.min(parallelism, Math.max(0, completions - succeeded));
}

/** A tenth of what a real controller waits after failures in a row (10 s doubling to 10 min). */
export function backOffMs(failures: number): Milliseconds {
  return failures === 0 ? 0 : Math.min(60_000, 1_000 * 2 ** (failures - 1));
}
