import { type Contexts, evaluate, evaluateTexts, holds, type Status } from './evaluate.ts';
import type { Place } from './place.ts';
import type { Job, Step } from './read-workflow.ts';
import { type RunningStep, startStep } from './run-step.ts';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepRecord {
  /** What it came to by itself. */
  readonly outcome: Result;
  /** The same after `continue-on-error`. */
  readonly conclusion: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** Posts that ran, in their order, and whether they went well. */
  readonly posts: readonly { readonly step: string; readonly ok: boolean }[];
}

/** The switches of a job that runs. */
export interface JobControl {
  /** Sends the running step what a runner sends; later steps run only when they ask for it. */
  readonly cancelled: AbortSignal;
  /** The machine is gone: nothing of the job runs any more, and nobody hears its outputs. */
  readonly lost: AbortSignal;
}

/** Runs the steps of a job, then their posts in reverse order. */
export async function runJob(
  job: Job,
  contexts: Contexts,
  place: Place,
  control: JobControl,
): Promise<JobResult> {
  const records: Record<string, StepRecord> = {};
  const begun: { readonly id: string; readonly step: RunningStep }[] = [];
  const posts: { readonly step: string; readonly ok: boolean }[] = [];
  const env = { ...environmentOf(contexts), ...evaluateTexts(job.env, contexts) };
  let failed = false;
  const status = (): Status => ({ failed, cancelled: control.cancelled.aborted });
  const seen = (): Contexts => ({ ...contexts, env, steps: records, job: { status: statusWord(status()) } });

  async function runStep(step: Step): Promise<StepRecord> {
    if (!holds(step.condition, seen(), status()))
      return { outcome: 'skipped', conclusion: 'skipped', outputs: {} };
    const running = startStep(
      {
        uses: step.uses,
        script: String(evaluate(step.run, seen()) ?? ''),
        given: evaluateTexts(step.given, seen()),
        env: { ...env, ...evaluateTexts(step.env, seen()) },
      },
      place,
    );
    begun.push({ id: step.id, step: running });
    const release = follow(running, place, control);
    const { ok, outputs } = await running.end.finally(release);
    const outcome: Result = ok ? 'success' : control.cancelled.aborted ? 'cancelled' : 'failure';
    const goesOn = outcome === 'failure' && evaluate(step.continueOnError, seen()) === true;
    return { outcome, conclusion: goesOn ? 'success' : outcome, outputs };
  }

  try {
    for (const step of job.steps) {
      const record = await runStep(step);
      if (control.lost.aborted) return { result: 'failure', outputs: {}, steps: records, posts };
      records[step.id] = record;
      failed ||= record.conclusion === 'failure';
    }
    for (const { id, step } of begun.toReversed()) {
      if (step.post === undefined) continue;
      const { ok } = await step.post();
      posts.push({ step: id, ok });
      failed ||= !ok;
    }
    const outputs = Object.entries(evaluateTexts(job.outputs, seen()));
    // A runner keeps an output to itself when anything in it is secret.
    const told = outputs.filter(([, value]) => !place.log.isSecret(value));
    return { result: statusWord(status()), outputs: Object.fromEntries(told), steps: records, posts };
  } finally {
    for (const { step } of begun) step.dispose();
  }
}

function environmentOf({ env }: Contexts): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env ?? {}).map(([name, value]) => [name, String(value)]));
}

function statusWord({ failed, cancelled }: Status): Result {
  return cancelled ? 'cancelled' : failed ? 'failure' : 'success';
}

/** Lets a cancellation, or the loss of the machine, reach the step while it runs. */
function follow(step: RunningStep, { waits }: Place, { cancelled, lost }: JobControl): () => void {
  const timers: NodeJS.Timeout[] = [];
  const later = (ms: number, name: NodeJS.Signals) => timers.push(setTimeout(() => step.signal(name), ms));
  const cancel = () => {
    step.signal('SIGINT');
    later(waits.beforeTermMs, 'SIGTERM');
    later(waits.beforeTermMs + waits.beforeKillMs, 'SIGKILL');
  };
  const kill = () => step.signal('SIGKILL');
  cancelled.addEventListener('abort', cancel);
  lost.addEventListener('abort', kill);
  return () => {
    cancelled.removeEventListener('abort', cancel);
    lost.removeEventListener('abort', kill);
    timers.forEach(clearTimeout);
  };
}
