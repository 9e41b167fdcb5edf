import {
  at,
  type Deadline,
  type Limit,
  StreamGateError,
  startDeadline,
  toStreamGateError,
} from '../base/index.ts';
import type { Failure, Outcome, ReleaseFacts, Side, Verdict } from '../evidence/index.ts';
import type { Desired } from './desired/desired.ts';
import { createLedger, runSteps, type StepLedger, undoSteps } from './engine.ts';
import type { Journal, JournaledRelease, Phase, Placement } from './journal/journal.ts';
import { holdJournal } from './journal/journal-handle.ts';
import type { Lock } from './journal/lock.ts';
import { type Captured, capturePods, nothingCaptured } from './proof/capture.ts';
import { createGuard } from './proof/guard.ts';
import type { PodTrouble } from './proof/pod-trouble.ts';
import { judgeReturn } from './proof/rollback-budget.ts';
import { letGatewayFollow } from './proof/unseen.ts';
import { type Ends, explainBy, metSilence, whatBefell } from './proof/what-befell.ts';
import { createRecorder, type KeptRecord } from './recorder.ts';
import type { RunRequest, RunResult, TrafficWatch } from './request.ts';
import { routerOf } from './router-of.ts';
import { modeOf } from './slots/names.ts';
import { listPods } from './slots/pods.ts';
import type { Release, Step } from './step.ts';
import { movingSteps } from './steps/moving.ts';
import type { StrategySteps } from './strategy.ts';

/** One run of one release under the lock: its context, its record, and how it ends. */
export interface Session {
  readonly request: RunRequest;
  readonly release: Release;
  readonly steps: StrategySteps;
  readonly ledger: StepLedger;
  readonly record: KeptRecord;
  readonly deadline: Deadline;
  /** Whether a way back was warm when the run began. */
  readonly wasWarm: boolean;
}

export interface SessionOptions {
  readonly request: RunRequest;
  readonly journal: Journal;
  readonly release: JournaledRelease;
  readonly desired: Desired | undefined;
  readonly replicas: number;
  readonly lock: Lock;
  readonly steps: StrategySteps;
  /** Null when nobody probes. */
  readonly watch: TrafficWatch | null;
  /** Failures in traffic beyond `tolerance` end the run. A rollback has nowhere better to go and does not use it. */
  readonly guarded: boolean;
}

export function openSession(options: SessionOptions): Session {
  const { request, journal, release, desired, replicas, lock, steps, watch } = options;
  const { cluster, clock, log } = request;
  const { names } = journal;
  const record = createRecorder(clock, log);
  const guard = createGuard(options.guarded ? (watch?.witness ?? null) : null, clock, request.tolerance);
  const stop = AbortSignal.any([request.signal, guard.signal, lock.lost]);
  const handle = holdJournal(cluster, journal, release);
  return {
    request,
    steps,
    record,
    wasWarm: journal.previous?.warm ?? false,
    ledger: createLedger(clock, request.listener),
    deadline: startDeadline(clock, request.budgetMs, limitOf(release), stop, () => cluster.absentMs()),
    release: {
      cluster,
      lasting: cluster,
      clock,
      log,
      // A step may give a slot another name.
      get names() {
        return handle.current.names;
      },
      token: lock.token,
      candidate: release.candidate.slot,
      stable: release.stable?.slot ?? null,
      desired,
      replicas,
      router: routerOf(names),
      settings: request.settings,
      gates: request.gates,
      baseline: options.guarded ? (watch?.baseline ?? null) : null,
      traffic: watch?.traffic ?? null,
      witness: watch?.witness ?? null,
      identify: request.identify,
      versions: { current: { stable: [], candidate: [] } },
      companions: { seen: undefined },
      guard,
      journal: handle,
      recorder: record,
    },
  };
}

function limitOf({ strategy }: JournaledRelease): Limit {
  if (strategy !== 'blue-green') return 'The release';
  const remedy = 'Look which step took that long. Where a release needs it, raise `deploy-budget`.';
  return { what: 'The release', remedy };
}

export function run(session: Session, steps: readonly Step[]): Promise<void> {
  return runSteps(steps, session.release, session.ledger.listener, session.deadline);
}

/** What a person reads is not to hold the way back up for longer. */
const lookWithinMs = 30_000;

/** Puts everything back, keeping what a person will want to see; then says how the run ended. */
export async function abort(session: Session, thrown: unknown): Promise<RunResult> {
  const { release } = session;
  let error = toStreamGateError(thrown);
  // A newer release owns the objects now: not one of them is ours to put back.
  if (error.code === 'Superseded') return overtaken(session, error);
  release.guard.disarm();
  // Said before the way back: how fast that was does not change what the release was worth.
  const verdict = verdictOf(session, error);
  let captured = nothingCaptured;
  try {
    await putBack(session, async () => {
      const limit = startDeadline(release.clock, lookWithinMs, 'The look at the candidate');
      const cluster = release.cluster.with(limit.signal);
      const pods = () => listPods(cluster, release.names, release.candidate);
      error = explainBy(error, await findEnd(session, pods).catch(() => undefined));
      const looked = pods().then((found) => capturePods(cluster, found));
      captured = await looked.catch(() => captured);
      limit.clear();
    });
  } catch (undoError) {
    const failed = toStreamGateError(undoError);
    if (failed.code === 'Superseded') return overtaken(session, failed);
    const message = `${error.message}. And the way back is not complete: ${failed.message}`;
    const remedy =
      `Run \`streamgate rollback ${release.names.app}\` to go on with it. ${failed.remedy ?? ''}`.trim();
    const both = new StreamGateError('Failed', message, { cause: undoError, remedy });
    return finish(session, 'Inconclusive', 'fail', message, failureOf(both, captured));
  }
  warnOfColdReturn(session);
  return finish(session, 'Aborted', verdict, error.message, failureOf(error, captured));
}

/** The end of a candidate's container explains why nobody answered. */
function findEnd({ release, record }: Session, listPods: Ends['listPods']): Promise<PodTrouble | undefined> {
  const failed = record.gates.findLast(({ verdict }) => verdict !== 'pass');
  const patient = (failed !== undefined && metSilence(failed)) || release.guard.metSilence();
  return whatBefell(release, { listPods, patient });
}

/** Two slots have room for two versions: the candidate took that of the way back, within its window too. */
function warnOfColdReturn({ release, wasWarm }: Session): void {
  const { previous, live } = release.journal.current;
  if (!wasWarm || previous === null || previous.warm) return;
  release.recorder.warn(
    `The pods of revision ${previous.revision} had to go for the candidate: a rollback from revision ${live?.revision} to it starts them again first.`,
  );
}

function overtaken(session: Session, error: StreamGateError): RunResult {
  return finish(session, 'Superseded', 'inconclusive', error.message, failureOf(error));
}

/**
 * Takes traffic back first, then lets the caller look at the candidate, and only then lets the candidate go. When the
 * traffic could not be taken back for certain, the candidate stays: it may be all that answers.
 */
export async function putBack(session: Session, look: () => Promise<void> = async () => {}): Promise<void> {
  const { release, steps, ledger } = session;
  const [startedAt, began] = [release.clock.now(), release.clock.monotonic()];
  await undoSteps(steps.switchOver, release, ledger.listener);
  const begun = new Set(release.journal.release.steps.map(({ id }) => id));
  const hadBegun = steps.switchOver.some(({ id }) => begun.has(id));
  const { rollbackBudgetMs } = release.settings;
  const hadMoved = release.stable !== null && movingSteps.some((id) => begun.has(id));
  const takenMs = release.clock.monotonic() - began;
  if (hadMoved && rollbackBudgetMs !== undefined)
    release.recorder.gate(judgeReturn({ startedAt, takenMs, budgetMs: rollbackBudgetMs }));
  await look();
  if (hadBegun) await letGatewayFollow(release);
  await undoSteps(steps.prepare, release, ledger.listener);
  await endWith(session, 'aborted');
}

/** A gate that could not decide keeps its own verdict; what was cancelled or unreachable proved nothing. */
function verdictOf({ record }: Session, error: StreamGateError): Verdict {
  const open = record.gates.findLast(({ verdict }) => verdict !== 'pass');
  if (open !== undefined) return open.verdict;
  return error.code === 'Failed' || error.code === 'Timeout' ? 'fail' : 'inconclusive';
}

export function failureOf(error: StreamGateError, { events, logs }: Captured = nothingCaptured): Failure {
  return {
    code: error.code,
    message: error.message,
    remedy: error.remedy ?? null,
    evidence: [...error.evidence, ...events],
    ...(logs.length === 0 ? {} : { logs }),
  };
}

export async function endWith({ release }: Session, phase: Phase): Promise<void> {
  release.journal.updateRelease({ phase });
  await release.journal.save();
}

export function finish(
  session: Session,
  outcome: Outcome,
  verdict: Verdict,
  reason: string,
  failure: Failure | null = null,
): RunResult {
  const { release, ledger, record, deadline } = session;
  deadline.clear();
  release.guard.disarm();
  const { live, previous } = release.journal.current;
  return {
    outcome,
    verdict,
    reason: [reason, ...record.notes].join('; '),
    release: factsOf(release),
    steps: ledger.records,
    gates: record.gates,
    marks: record.marks,
    warnings: record.warnings,
    failure,
    activeSlot: live?.slot ?? null,
    previousRevision: previous?.revision ?? 0,
  };
}

function factsOf(release: Release): ReleaseFacts {
  const { names, journal, desired, replicas, versions } = release;
  const { id, strategy, candidate, stable } = journal.release;
  const side = (placement: Placement, images: readonly string[], called: readonly string[]): Side => ({
    ...placement,
    images,
    versions: called,
    replicas,
  });
  return {
    id,
    app: names.app,
    namespace: names.namespace,
    // Handing back is told without evidence, and never comes here.
    strategy: strategy === 'rollback' ? 'rollback' : 'blue-green',
    mode: modeOf(names),
    candidate: side(candidate, imagesOf(desired), versions.current.candidate),
    stable: stable === null ? null : side(stable, [], versions.current.stable),
  };
}

function imagesOf(desired: Desired | undefined): string[] {
  const containers = at(desired?.workload, 'spec', 'template', 'spec', 'containers');
  return Array.isArray(containers) ? containers.map((container) => String(at(container, 'image') ?? '')) : [];
}
