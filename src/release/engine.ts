import {
  type Clock,
  type Deadline,
  type Json,
  StreamGateError,
  startDeadline,
  toInstant,
} from '../base/index.ts';
import type { StepOutcome, StepRecord } from '../evidence/index.ts';
import { type JournaledStep, withStep } from './journal/journal.ts';
import type { JournalHandle, Release, Step } from './step.ts';

/** Follows the steps of a run as they happen. */
export interface StepListener {
  /** All steps that are to come, before the first one begins. */
  plan(steps: readonly Step[]): void;
  begin(step: Step): void;
  end(step: Step, outcome: StepOutcome, detail: string): void;
}

/** The steps of one run as the evidence tells them. */
export interface StepLedger {
  readonly records: readonly StepRecord[];
  readonly listener: StepListener;
}

export function createLedger(clock: Clock, onward: StepListener): StepLedger {
  const records: StepRecord[] = [];
  const begun = new Map<string, { readonly wall: number; readonly monotonic: number }>();
  return {
    records,
    listener: {
      plan: (steps) => onward.plan(steps),
      begin(step) {
        begun.set(step.id, { wall: clock.now(), monotonic: clock.monotonic() });
        onward.begin(step);
      },
      end(step, outcome, detail) {
        const start = begun.get(step.id);
        const record: StepRecord = {
          id: step.id,
          title: step.title,
          outcome,
          startedAt: start === undefined ? null : toInstant(start.wall),
          durationMs: start === undefined ? 0 : clock.monotonic() - start.monotonic,
          detail,
        };
        const index = records.findIndex(({ id }) => id === step.id);
        if (index < 0) records.push(record);
        else records[index] = record;
        onward.end(step, outcome, detail);
      },
    },
  };
}

/** Does the steps in order. A step that the journal calls done is not done again. Throws what the step threw. */
export async function runSteps(
  steps: readonly Step[],
  unbound: Release,
  listener: StepListener,
  deadline: Deadline,
): Promise<void> {
  for (const step of steps) {
    // Anew for each step, since a step may give a slot another name.
    const release = boundTo(unbound, deadline);
    const journaled = release.journal.release.steps.find(({ id }) => id === step.id);
    if (journaled?.state === 'done' && !step.everyRun) {
      listener.end(step, 'skipped', 'done by an earlier run');
      continue;
    }
    listener.begin(step);
    try {
      const detail = await runStep(step, release, deadline, journaled?.before);
      listener.end(step, 'done', detail);
    } catch (thrown) {
      listener.end(step, 'failed', thrown instanceof Error ? thrown.message : String(thrown));
      throw thrown;
    }
  }
  await unbound.journal.save();
}

/** Every call to the cluster ends with the deadline; the journal alone outlives it, so that the way back is written. */
function boundTo(release: Release, deadline: Deadline): Release {
  return { ...release, cluster: release.cluster.with(deadline.signal) };
}

async function runStep(
  step: Step,
  release: Release,
  deadline: Deadline,
  known: Json | undefined,
): Promise<string> {
  const { journal } = release;
  const before = known ?? (await step.before?.(release)) ?? null;
  // Written before anything changes: whoever finds this journal knows what to put back.
  // The same write carries the state of the step before, which saves one.
  await announce(journal, { id: step.id, state: 'doing', before });
  const acted = await step.act(release, deadline);
  const proof = (await step.verify?.(release, deadline)) ?? '';
  journal.updateRelease({ steps: withStep(journal.release, { id: step.id, state: 'done', before }).steps });
  return [acted, proof].filter((text) => text !== '').join('; ');
}

async function announce(journal: JournalHandle, step: JournaledStep): Promise<void> {
  const { steps } = journal.release;
  journal.updateRelease({ steps: withStep(journal.release, step).steps });
  try {
    await journal.save();
  } catch (thrown) {
    // A step that the journal has no room for never began; with it, no way back could be written down either.
    if (thrown instanceof StreamGateError && thrown.code === 'Refused') journal.updateRelease({ steps });
    throw thrown;
  }
}

/** How long one list of steps may take to be undone: traffic goes back by one, and everything else by another. */
export const undoBudgetMs = 120_000;
/** How long the whole way back of a release may take. */
export const wayBackMs = 2 * undoBudgetMs;

/**
 * Reverses every begun step, last one first. Works from the journal alone, so any run can do it for any other.
 * Goes on when a step cannot be undone, and throws the first such error at the end: as much as possible is put back.
 * Only a run that was overtaken ends at once, with `Superseded`: nothing is its own to put back any more.
 */
export async function undoSteps(
  steps: readonly Step[],
  unbound: Release,
  listener: StepListener,
): Promise<void> {
  const { journal, clock, log, cluster } = unbound;
  const deadline = startDeadline(clock, undoBudgetMs, 'The way back', undefined, () => cluster.absentMs());
  journal.updateRelease({ phase: 'undoing' });
  await journal.save();
  let firstError: unknown;
  for (const journaled of [...journal.release.steps].reverse()) {
    const step = steps.find(({ id }) => id === journaled.id);
    // What each run does anew, each run has to put back anew.
    if (step?.undo === undefined || (journaled.state === 'undone' && !step.everyRun)) continue;
    const release = boundTo(unbound, deadline);
    listener.begin(step);
    try {
      await step.undo(release, journaled.before, deadline);
      journal.updateRelease({ steps: withStep(journal.release, { ...journaled, state: 'undone' }).steps });
      await journal.save();
      listener.end(step, 'undone', 'put back');
    } catch (thrown) {
      if (thrown instanceof StreamGateError && thrown.code === 'Superseded') {
        listener.end(step, 'failed', thrown.message);
        deadline.clear();
        throw thrown;
      }
      firstError ??= thrown;
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      log.error(`${step.title}: could not be undone: ${message}`);
      listener.end(step, 'failed', `could not be undone: ${message}`);
    }
  }
  deadline.clear();
  if (firstError !== undefined) throw firstError;
}
