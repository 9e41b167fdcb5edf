import { at, StreamGateError, toInstant, toStreamGateError } from '../base/index.ts';
import type { Desired } from './desired.ts';
import type { Journal, JournaledRelease, Placement } from './journal.ts';
import { claimJournal, readJournal } from './journal-store.ts';
import { identityOf, type Lock, takeLock } from './lock.ts';
import { deploymentRef, otherSlot } from './names.ts';
import type { RunRequest, RunResult, TrafficWatch } from './request.ts';
import { reverseRun, reverseUnderLock } from './reverse.ts';
import { readRevision } from './revisions.ts';
import { abort, endWith, failureOf, finish, openSession, run } from './session.ts';
import { allSteps, coldRollback, fastRollback } from './strategies.ts';

export interface RollbackRequest extends RunRequest {
  /** Revision to go back to; the one that served before when absent. */
  readonly to: number | undefined;
}

/** Where a rollback would lead. */
export interface RollbackTarget {
  readonly placement: Placement;
  /** Its pods still run: going back is one patch for each route. */
  readonly warm: boolean;
  readonly live: Placement;
  readonly desired: Desired;
  readonly replicas: number;
}

/** Goes back to an older revision; a release that never ended is reversed instead. Needs nothing but the app's name. */
export async function rollback(request: RollbackRequest): Promise<RunResult> {
  const { cluster, namespace, app } = request;
  const { names } = requireJournal(await readJournal(cluster, namespace, app), request);
  const watch = await request.watch(names);
  const lock = await takeLock({
    ...request,
    timeoutMs: request.lockTimeoutMs,
    identity: identityOf(request),
  });
  try {
    const journal = requireJournal(await readJournal(cluster, namespace, app), request);
    return await rollbackUnderLock(request, { ...journal, token: lock.token }, watch, lock);
  } finally {
    await lock.release();
  }
}

async function rollbackUnderLock(
  request: RollbackRequest,
  journal: Journal,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult> {
  const continued = await continueRollback(request, journal, watch, lock);
  if (continued !== undefined) return continued;
  if (journal.release?.strategy !== 'rollback') {
    const reversed = await reverseRun(request, journal, lock);
    if (reversed !== undefined) return reversed;
  }
  // A way back that failed, or that led elsewhere, is put back first; a person who asks for a way back gets one.
  const settled = await reverseUnderLock(request, journal, lock);
  const target = await findTarget(request, settled);
  return drive(request, settled, begin(request, settled, target), target, watch, lock);
}

/** Goes on with a way back whose run died. Undefined when there is none, or when another one is asked for. */
export async function continueRollback(
  request: RollbackRequest,
  journal: Journal,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult | undefined> {
  const { release } = journal;
  if (release === null || release.strategy !== 'rollback') return undefined;
  const { revision } = release.candidate;
  if (request.to !== undefined && request.to !== revision) return undefined;
  const cold = release.steps.some(({ id }) => id === 'start-candidate');
  if (release.phase === 'rolled-back') {
    const emptied = release.steps.some(({ id, state }) => id === 'empty-abandoned' && state === 'done');
    if (emptied || journal.live?.revision !== revision) return undefined;
    return drive(request, journal, release, { warm: !cold, desired: undefined, replicas: 0 }, watch, lock);
  }
  if (release.phase !== 'running') return undefined;
  const target = await findTarget({ ...request, to: revision }, journal);
  return drive(request, journal, release, { ...target, warm: target.warm && !cold }, watch, lock);
}

async function drive(
  request: RollbackRequest,
  journal: Journal,
  begun: JournaledRelease,
  target: Pick<RollbackTarget, 'warm' | 'replicas'> & { readonly desired: Desired | undefined },
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult> {
  const { warm, desired, replicas } = target;
  await claimJournal(request.cluster, { ...journal, release: begun });
  const steps = warm ? fastRollback : coldRollback;
  const options = { request, journal, release: begun, desired, replicas, lock, watch, steps };
  const session = openSession({ ...options, guarded: false });
  const { release, ledger } = session;
  ledger.listener.plan(allSteps(steps));
  const { candidate, stable } = begun;
  try {
    if (begun.phase === 'running') await run(session, [...steps.prepare, ...steps.switchOver]);
  } catch (thrown) {
    return abort(session, thrown);
  }
  const reason = `Revision ${candidate.revision} of ${release.names.app} serves again; revision ${stable?.revision ?? 0} was abandoned`;
  try {
    await run(session, steps.finish);
    await endWith(session, 'rolled-back');
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    release.recorder.warn(`The abandoned version could not be stopped: ${error.message}`);
    return finish(session, warm ? 'FastRolledBack' : 'RolledBack', 'pass', reason, failureOf(error, []));
  }
  return finish(session, warm ? 'FastRolledBack' : 'RolledBack', 'pass', reason);
}

/** Finds the revision and whether its pods are still there. Throws `Refused` when there is no way back. */
export async function findTarget(
  { cluster, app, to }: Pick<RollbackRequest, 'cluster' | 'app' | 'to'>,
  journal: Journal,
): Promise<RollbackTarget> {
  const { names, live, previous } = journal;
  if (live === null) throw refused(app, 'it was never released', 'Release it first.');
  const revision = to ?? previous?.revision;
  if (revision === undefined) {
    throw refused(
      app,
      'no earlier revision is kept',
      'Release the version that you want, or name a kept revision with `to`.',
    );
  }
  if (revision === live.revision)
    throw refused(app, `revision ${revision} is live already`, 'See `streamgate status`.');
  const data = await readRevision(cluster, journal, revision);
  if (data === undefined) {
    throw refused(app, `revision ${revision} is not kept`, 'The newest five are: see `streamgate status`.');
  }
  const { workload, service, template } = data;
  const liveSize = Number(at(await cluster.get(deploymentRef(names, live.slot)), 'spec', 'replicas') ?? 1);
  const slot = otherSlot(live.slot);
  const standing = Number(at(await cluster.get(deploymentRef(names, slot)), 'spec', 'replicas') ?? 0);
  const warm = previous?.revision === revision && previous.slot === slot && previous.warm && standing > 0;
  return {
    placement: { slot, revision },
    warm,
    live,
    desired: { workload, service, template, routes: [], others: [] },
    replicas: liveSize,
  };
}

function begin(
  { run: facts, clock, app }: RollbackRequest,
  journal: Journal,
  target: RollbackTarget,
): JournaledRelease {
  return {
    id: `${app}-back-to-${target.placement.revision}-${Math.floor(clock.now() / 1_000).toString(36)}`,
    strategy: 'rollback',
    phase: 'running',
    commit: facts.commit,
    runId: facts.runId,
    runAttempt: facts.runAttempt,
    actor: facts.actor,
    startedAt: toInstant(clock.now()),
    candidate: target.placement,
    stable: journal.live,
    template: target.desired.template,
    steps: [],
  };
}

export function requireJournal(
  journal: Journal | undefined,
  { app, namespace }: { app: string; namespace: string },
): Journal {
  if (journal !== undefined) return journal;
  throw refused(app, `nothing was ever released in namespace ${namespace}`, 'Check `app` and `namespace`.');
}

function refused(app: string, why: string, remedy: string): StreamGateError {
  return new StreamGateError('Refused', `${app} has nothing to go back to: ${why}`, { remedy });
}
