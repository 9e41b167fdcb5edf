import { formatDuration, type Milliseconds } from '../base/index.ts';
import type { Journal } from './journal/journal.ts';
import { median, type RunKind, runsOf, totalOf } from './journal/past-runs.ts';
import type { RunRequest } from './request.ts';

/** How long a run is expected to take, and whether it may take that long. */
export interface Forecast {
  readonly durationMs: Milliseconds;
  /** history: the median of earlier runs. limits: no such run was timed, so what it may take at most by its settings. */
  readonly basis: 'history' | 'limits';
  /** Earlier runs of the same kind that were timed. */
  readonly runs: number;
  readonly budgetMs: Milliseconds;
  readonly isOver: boolean;
  /** Two facts in one sentence: how long, and where that is from. */
  readonly sentence: string;
}

/** Forecasts a release from the journal of its app: up to `promote`, `observe` included. */
export function forecast(
  journal: Journal | undefined,
  { settings, budgetMs }: Pick<RunRequest, 'settings' | 'budgetMs'>,
): Forecast {
  const kind = journal?.live ? 'release' : 'first';
  const { progressDeadlineMs, observeMs } = settings;
  const limits = {
    durationMs: progressDeadlineMs + observeMs,
    words: 'by `progress-deadline` and `observe`',
  };
  return predict(journal, kind, { extraMs: observeMs, limits, budgetMs, what: 'release' });
}

/** Forecasts a way back, up to the proof that the older version alone answers. */
export function forecastRollback(
  journal: Journal,
  warm: boolean,
  { settings }: Pick<RunRequest, 'settings'>,
): Forecast {
  const { progressDeadlineMs, rollbackBudgetMs = Number.POSITIVE_INFINITY } = settings;
  const limits = { durationMs: progressDeadlineMs, words: 'by `progress-deadline`' };
  const what = warm ? 'rollback onto warm pods' : 'rollback onto pods that are started again';
  return predict(journal, warm ? 'warm' : 'cold', { extraMs: 0, limits, budgetMs: rollbackBudgetMs, what });
}

interface Question {
  readonly extraMs: Milliseconds;
  readonly limits: { readonly durationMs: Milliseconds; readonly words: string };
  readonly budgetMs: Milliseconds;
  readonly what: string;
}

function predict(
  journal: Journal | undefined,
  kind: RunKind,
  { extraMs, limits, budgetMs, what }: Question,
): Forecast {
  const totals = runsOf(journal)
    .filter((run) => run.kind === kind)
    .map((run) => totalOf(run) + extraMs);
  const runs = totals.length;
  const durationMs = runs > 0 ? median(totals) : limits.durationMs;
  const how =
    runs > 0
      ? `It would take about ${formatDuration(durationMs)}, by the median of ${runs} timed before`
      : `No ${what} was timed before: it may take up to ${formatDuration(durationMs)}, ${limits.words}`;
  return {
    durationMs,
    basis: runs > 0 ? 'history' : 'limits',
    runs,
    budgetMs,
    isOver: durationMs > budgetMs,
    sentence: how,
  };
}

/** What a plan warns of when the time would not do. */
export function overBudget({ isOver, durationMs, budgetMs }: Forecast, input: string): readonly string[] {
  if (!isOver) return [];
  const text = `It may take ${formatDuration(durationMs)}, which is over \`${input}\` (${formatDuration(budgetMs)}). Raise that, or find out which step is slow.`;
  return [text];
}
