import { toInstant } from '../../base/index.ts';
import type { RunRequest } from '../request.ts';
import type { JournaledRelease } from './journal.ts';

/** What is of one kind of release alone; the rest follows from the run that begins it. */
interface Kind
  extends Pick<JournaledRelease, 'strategy' | 'candidate' | 'stable' | 'template' | 'adopts' | 'drill'> {
  /** Stands in the id between the app and the time: `back-to-3`. */
  readonly called: string;
  /** `running`, when left out; `promoted` where only the old pods are left to go. */
  readonly phase?: 'promoted';
}

/** A release as its journal begins it: none of its steps is done. Of two that began in different seconds the ids differ. */
export function beginning(
  { app, clock, run }: Pick<RunRequest, 'app' | 'clock' | 'run'>,
  { called, strategy, phase, ...kind }: Kind,
): JournaledRelease {
  const now = clock.now();
  return {
    id: `${app}-${called}-${Math.floor(now / 1_000).toString(36)}`,
    strategy,
    phase: phase ?? 'running',
    commit: run.commit,
    runId: run.runId,
    runAttempt: run.runAttempt,
    actor: run.actor,
    startedAt: toInstant(now),
    ...kind,
    steps: [],
  };
}
