import { StreamGateError, toStreamGateError } from '../base/index.ts';
import type { Desired } from './desired/desired.ts';
import { drill } from './drill.ts';
import { refuseEjecting } from './eject/eject.ts';
import { beginning } from './journal/beginning.ts';
import { isInFlight, type Journal, type JournaledRelease } from './journal/journal.ts';
import { claimJournal, readJournal, takeJournal } from './journal/journal-store.ts';
import type { Lock } from './journal/lock.ts';
import { withRun } from './journal/past-runs.ts';
import { underLock } from './journal/under-lock.ts';
import { judgeReturn } from './proof/rollback-budget.ts';
import { refuseServing } from './refuse-serving.ts';
import type { RollbackRequest, RunResult, TrafficWatch } from './request.ts';
import { reverseRun, reverseUnderLock } from './reverse.ts';
import { abort, endWith, failureOf, finish, openSession, run, type Session } from './session.ts';
import { modeOf } from './slots/names.ts';
import { movingSteps } from './steps/moving.ts';
import { stepsOf, strategiesOf } from './strategies.ts';
import { allSteps } from './strategy.ts';
import { findTarget, keptDesired, type RollbackTarget, requireJournal } from './target.ts';

/** Goes back to an older revision; a release that never ended is reversed instead. Needs nothing but the app's name. */
export async function rollback(given: RollbackRequest): Promise<RunResult> {
  const request = { ...given, startedAt: given.startedAt ?? given.clock.now() };
  const { cluster, namespace, app } = request;
  const { names } = requireJournal(await readJournal(cluster, namespace, app), request);
  const watch = await request.watch(names);
  return underLock(request, async (lock) => {
    const journal = requireJournal(await takeJournal(cluster, namespace, app, lock.token), request);
    return rollbackUnderLock(request, { ...journal, token: lock.token }, watch, lock);
  });
}

async function rollbackUnderLock(
  request: RollbackRequest,
  journal: Journal,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult> {
  refuseEjecting(journal);
  if (request.drill) refuseDrill(journal, request.app);
  const continued = await continueRollback(request, journal, watch, lock);
  if (continued !== undefined) return continued;
  if (journal.release?.strategy !== 'rollback') {
    const reversed = await reverseRun(request, journal, lock);
    if (reversed !== undefined) return reversed;
  }
  // A way back that failed, or that led elsewhere, is put back first; a person who asks for a way back gets one.
  const settled = await reverseUnderLock(request, journal, lock);
  const target = await findTarget(request, settled);
  const { warm, placement } = target;
  // Asked before it is begun, so that a refusal leaves the journal as it was.
  if (!warm) await refuseServing(request.cluster, settled, placement.slot);
  const begun = begin(request, settled, target);
  const standing = warm ? withWarmPods(settled) : settled;
  return (request.drill ? drill : drive)(request, standing, begun, target, watch, lock);
}

/** Pods that somebody has started again by hand are warm from now on, also for a run that goes on with this one. */
function withWarmPods(journal: Journal): Journal {
  const { previous } = journal;
  return previous === null ? journal : { ...journal, previous: { ...previous, warm: true } };
}

/** Whether a way back arrived, and its run died before the abandoned version was stopped. */
export function leftAbandoned({ release, live }: Journal): boolean {
  if (release === null || release.strategy !== 'rollback' || release.phase !== 'rolled-back') return false;
  const emptied = release.steps.some(({ id, state }) => id === 'empty-abandoned' && state === 'done');
  return !emptied && live?.revision === release.candidate.revision;
}

/** Goes on with a way back whose run died. Undefined when there is none, or when another one is asked for. */
export async function continueRollback(
  request: RollbackRequest,
  journal: Journal,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult | undefined> {
  const { release } = journal;
  if (release === null || release.strategy !== 'rollback' || release.drill) return undefined;
  const { revision } = release.candidate;
  if (request.to !== undefined && request.to !== revision) return undefined;
  const cold = release.steps.some(({ id }) => id === 'start-candidate');
  if (release.phase === 'rolled-back') {
    if (!leftAbandoned(journal)) return undefined;
    // Asked before anything is said of who serves: the traffic may have been moved back by hand since that run died.
    if (release.stable !== null) await refuseServing(request.cluster, journal, release.stable.slot);
    const desired = await keptDesired(request.cluster, journal, revision);
    return drive(request, journal, release, { warm: !cold, desired, replicas: 0 }, watch, lock);
  }
  if (release.phase !== 'running') return undefined;
  const target = await findTarget({ ...request, to: revision }, journal);
  return drive(request, journal, release, { ...target, warm: target.warm && !cold }, watch, lock);
}

/** Without `byTag`, what had to be started was so by the run before this one. */
type Driven = Pick<RollbackTarget, 'warm' | 'replicas'> &
  Partial<Pick<RollbackTarget, 'byTag'>> & { readonly desired: Desired | undefined };

async function drive(
  request: RollbackRequest,
  journal: Journal,
  begun: JournaledRelease,
  target: Driven,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult> {
  const { warm, byTag, desired, replicas } = target;
  await claimJournal(request.cluster, { ...journal, release: begun });
  const mode = modeOf(journal.names);
  const { fastRollback, hastyRollback, coldRollback } = strategiesOf(mode);
  // What was begun in haste is gone on with in haste: to wait for more pods could end in sending the traffic away again.
  const hasty = request.now === true || begun.steps.some(({ id }) => id === 'candidate-stands');
  const steps = warm ? (hasty ? hastyRollback : fastRollback) : coldRollback;
  const options = { request, journal, release: begun, desired, replicas, lock, watch, steps };
  const session = openSession({ ...options, guarded: false });
  const { release, ledger } = session;
  ledger.listener.plan(allSteps(steps));
  const { candidate, stable } = begun;
  try {
    if (begun.phase === 'running') await run(session, [...steps.prepare, ...steps.switchOver]);
  } catch (thrown) {
    // The run before this one may have gone by another list.
    return abort({ ...session, steps: stepsOf(begun, mode) }, thrown);
  }
  tellTime(session, request.startedAt, warm);
  const serves = `Revision ${candidate.revision} of ${release.names.app} serves again; revision ${stable?.revision ?? 0} was abandoned`;
  const reason = warm || byTag === undefined ? serves : `${serves}. ${startedAnew(byTag)}`;
  try {
    await run(session, steps.finish);
    await endWith(session, 'rolled-back');
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    const next = `run \`streamgate rollback ${release.names.app}\` to go on with it`;
    release.recorder.warn(`The abandoned version was not stopped (${next}): ${error.message}`);
    return finish(session, warm ? 'FastRolledBack' : 'RolledBack', 'pass', reason, failureOf(error));
  }
  return finish(session, warm ? 'FastRolledBack' : 'RolledBack', 'pass', reason);
}

/** Holds the way back against its budget, and keeps what it took for the forecast of the next one. */
function tellTime({ release, ledger, steps }: Session, startedAt: number | undefined, warm: boolean): void {
  const { clock, journal, recorder, settings } = release;
  const counted = [...steps.prepare, ...steps.switchOver].map(({ id }) => id);
  // The first that moves it is the one that callers outside wait for.
  const arrival = counted.find((id) => movingSteps.includes(id));
  const returned = ledger.records.find(({ id, outcome }) => id === arrival && outcome === 'done');
  // Done by a run before this one: when that began is not known here.
  if (returned?.startedAt == null) return;
  const takenMs = Date.parse(returned.startedAt) + returned.durationMs - (startedAt ?? clock.now());
  const { rollbackBudgetMs } = settings;
  if (startedAt !== undefined && rollbackBudgetMs !== undefined) {
    const judged = judgeReturn({ startedAt, takenMs, budgetMs: rollbackBudgetMs });
    recorder.gate(judged);
    if (judged.verdict !== 'pass') recorder.warn(judged.reason);
  }
  const upToReturn = counted.slice(0, counted.indexOf(returned.id) + 1);
  const records = ledger.records.filter(({ id }) => upToReturn.includes(id));
  journal.update(withRun(journal.current, warm ? 'warm' : 'cold', records, clock.now()));
}

/** A tag may mean another image by now; a digest cannot. */
function startedAnew(byTag: readonly string[]): string {
  const began = 'Its pods were gone and were started again';
  if (byTag.length === 0) return `${began}, by the digests of the images that ran`;
  return `${began}, by tag where no digest was recorded that could be pulled: ${byTag.join(', ')}`;
}

/** A drill is for quiet times: it neither goes on with anything nor puts anything back. */
function refuseDrill(journal: Journal, app: string): void {
  if (!isInFlight(journal.release)) return;
  throw new StreamGateError(
    'Refused',
    `Release ${journal.release.id} of ${app} has not ended: this is no time for a drill`,
    {
      remedy: 'Let it end, or roll it back without `drill`.',
    },
  );
}

function begin(request: RollbackRequest, { live }: Journal, target: RollbackTarget): JournaledRelease {
  return beginning(request, {
    called: `back-to-${target.placement.revision}`,
    strategy: 'rollback',
    candidate: target.placement,
    stable: live,
    template: target.desired.template,
    ...(request.drill ? { drill: true } : {}),
  });
}
