import { isEjecting } from './eject/eject.ts';
import { isInFlight, type Journal } from './journal/journal.ts';
import { readJournal, takeJournal } from './journal/journal-store.ts';
import { underLock } from './journal/under-lock.ts';
import { type RunRequest, type RunResult, unwatched } from './request.ts';
import { reverseRun } from './reverse.ts';
import { continueRollback, leftAbandoned } from './rollback.ts';
import { leftUntidy, tidyUp } from './tidy-up.ts';

/** Whose run is to be brought to an end. */
export interface LostRun
  extends Pick<RunRequest, 'cluster' | 'clock' | 'log' | 'namespace' | 'app' | 'run' | 'signal'> {
  /** Only a release that this run began is put back; empty means any that did not end. */
  readonly runId: string;
  /** The process of that run, when it is known to have ended: its lock need not be waited for. */
  readonly endedProcess?: string | undefined;
}

/**
 * Brings to an end what a run began that died. A release is put back; a way back is gone on with, since its traffic must
 * not return to what was to be abandoned; what was promoted is tidied up. Undefined when there is nothing to do: a parked
 * preview is no such thing.
 */
export async function endLostRun(request: LostRun): Promise<RunResult | undefined> {
  const { cluster, namespace, app } = request;
  const isTheirs = (journal: Journal | undefined) =>
    journal !== undefined &&
    isUnfinished(journal) &&
    (request.runId === '' || journal.release?.runId === request.runId);
  if (!isTheirs(await readJournal(cluster, namespace, app))) return undefined;
  const full: RunRequest & LostRun = { ...endingDefaults, ...request };
  return underLock(full, async (lock) => {
    const journal = await takeJournal(cluster, namespace, app, lock.token);
    if (journal === undefined || !isTheirs(journal)) return undefined;
    const ours = { ...journal, token: lock.token };
    const continued =
      (await tidyUp(full, ours, lock)) ??
      (await continueRollback({ ...full, to: undefined, drill: false }, ours, null, lock));
    return continued ?? reverseRun(full, ours, lock);
  });
}

function isUnfinished(journal: Journal): boolean {
  // Handing back is ended by whoever began it: there is nothing to put back.
  if (isEjecting(journal)) return false;
  return (
    (isInFlight(journal.release) && journal.release.phase !== 'parked') ||
    leftAbandoned(journal) ||
    leftUntidy(journal)
  );
}

/** Nothing is tested or watched: it puts back, or sends traffic to what has served before. */
const endingDefaults = {
  settings: { progressDeadlineMs: 90_000, observeMs: 0, rollbackWindowMs: 0 },
  lockTimeoutMs: 60_000,
  budgetMs: 120_000,
  listener: { plan() {}, begin() {}, end() {} },
  ...unwatched,
} satisfies Partial<RunRequest>;
