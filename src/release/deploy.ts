import { formatDuration, startDeadline, toInstant, toStreamGateError } from '../base/index.ts';
import type { KubeObject } from '../cluster/index.ts';
import { slotFor } from './adoption/find-running.ts';
import { refuseEjecting } from './eject/eject.ts';
import { beginning } from './journal/beginning.ts';
import { refuseOlder } from './journal/commit-order.ts';
import { isLive } from './journal/is-live.ts';
import {
  isInFlight,
  type Journal,
  type JournaledRelease,
  newJournal,
  type Placement,
} from './journal/journal.ts';
import { claimJournal, takeJournal } from './journal/journal-store.ts';
import type { Lock } from './journal/lock.ts';
import { hasExpired, refuseOtherPreview } from './journal/parked.ts';
import { withRun } from './journal/past-runs.ts';
import { underLock } from './journal/under-lock.ts';
import { askAll, inOneLine } from './preflight/check.ts';
import { findModeChange } from './preflight/mode-change.ts';
import { type Preflight, preflight } from './preflight/preflight.ts';
import { sizesOf } from './preflight/replicas.ts';
import type { DeployRequest, RunResult, Until } from './request.ts';
import { reverseUnderLock } from './reverse.ts';
import { abort, endWith, failureOf, finish, openSession, run, type Session } from './session.ts';
import { modeOf, type Names, otherSlot } from './slots/names.ts';
import { retireSteps, stepsOf } from './strategies.ts';
import { allSteps } from './strategy.ts';

/** How long a preview waits where nobody says. */
const usualParkMs = 24 * 3_600_000;

/** Releases what is desired, blue-green; continues a release of the same thing that was parked or cut short. */
export async function deploy(given: DeployRequest): Promise<RunResult> {
  const ready = await preflight(given);
  const { request } = ready;
  if (ready.nothingNew !== undefined) return ready.nothingNew;
  return underLock(request, (lock) => deployUnderLock(request, ready, lock));
}

async function deployUnderLock(
  request: DeployRequest,
  { names: settled, running, watch, warnings }: Preflight,
  lock: Lock,
): Promise<RunResult> {
  const { cluster, namespace, app, run: facts } = request;
  // Read again: what was read without the lock may be of the run before.
  const found =
    (await takeJournal(cluster, namespace, app, lock.token)) ?? newJournal(settled, facts.repository);
  await askAll([findModeChange], { request, journal: found, names: settled, running });
  let journal: Journal = { ...found, token: lock.token };
  refuseEjecting(journal);
  if (!request.force && !request.allowOlder) await refuseOlder(journal, request);
  refuseOtherPreview(request, journal);
  let release = continued(journal, request) ?? (await retirement(journal, request));
  const isSwitching = release !== undefined && isInFlight(release) && hasBegunSwitch(release, found.names);
  if (release === undefined) {
    // By the names with which it began: those of this run may lack what it has moved.
    if (isInFlight(journal.release)) journal = await reverseUnderLock(request, journal, lock);
    release = begin(journal, request, running);
    journal = { ...journal, lastRevision: release.candidate.revision };
  }
  const { deployments, services } = isSettled(found) ? journal.names : settled;
  const names: Names = { ...settled, deployments, services };
  journal = { ...journal, names: isSwitching ? withMoved(names, found.names) : names };
  await claimJournal(cluster, { ...journal, release });
  const session = openSession({
    request,
    journal,
    release,
    desired: request.desired,
    replicas: (await sizesOf(request, journal.names, release.stable)).start,
    lock,
    watch,
    steps: stepsOf(release, modeOf(journal.names)),
    guarded: true,
  });
  for (const finding of warnings) session.record.warn(inOneLine(finding));
  return drive(session, request);
}

async function drive(session: Session, request: DeployRequest): Promise<RunResult> {
  const { until } = request;
  const { steps, release, ledger } = session;
  ledger.listener.plan(until === 'preview' ? steps.prepare : allSteps(steps));
  try {
    if (release.journal.release.phase !== 'promoted') {
      if (until !== 'preview' && release.stable !== null) release.witness?.watchAhead?.();
      await run(session, steps.prepare);
      if (until === 'preview') {
        return await park(session, request);
      }
      await run(session, steps.switchOver);
    }
  } catch (thrown) {
    return abort(session, thrown);
  }
  return settle(session, until);
}

/** A proven candidate waits for somebody to go on with it; not for ever, since its pods cost money. */
async function park(session: Session, { parkTimeoutMs = usualParkMs }: DeployRequest): Promise<RunResult> {
  const { release } = session;
  release.journal.updateRelease({ parkedUntil: toInstant(release.clock.now() + parkTimeoutMs) });
  await endWith(session, 'parked');
  const reason = `${describe(session)} is ready and proven; no traffic reaches it. It waits for ${formatDuration(parkTimeoutMs)}`;
  return finish(session, 'Parked', 'pass', reason);
}

/** After the point of no return: what goes wrong here is told, and undoes nothing. */
async function settle(session: Session, until: Until): Promise<RunResult> {
  const { steps, release, request } = session;
  session.deadline.clear();
  const unhurried = { ...session, deadline: withoutBudget(session) };
  keepDurations(session);
  try {
    await run(unhurried, steps.finish);
    const isWindowNought = request.settings.rollbackWindowMs === 0 && release.stable !== null;
    if (until === 'retired' || isWindowNought) {
      await run(unhurried, retireSteps);
      return finish(unhurried, 'Retired', 'pass', `${describe(session)} is live; the old version is gone`);
    }
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    release.recorder.warn(`${describe(session)} is live, but tidying up failed: ${error.message}`);
    return finish(unhurried, 'Promoted', 'pass', `${describe(session)} is live`, failureOf(error));
  }
  const window = formatDuration(request.settings.rollbackWindowMs);
  const kept = release.stable === null ? '' : `; the old version stays warm for ${window}`;
  return finish(unhurried, 'Promoted', 'pass', `${describe(session)} is live${kept}`);
}

/** For the forecast of later releases. What takes over a running app happens once. */
function keepDurations({ release, steps, ledger }: Session): void {
  const { journal, clock } = release;
  if (journal.release.adopts) return;
  const counted = [...steps.prepare, ...steps.switchOver].map(({ id }) => id);
  const records = ledger.records.filter(({ id }) => counted.includes(id));
  if (records.length < counted.length) return;
  const kind = release.stable === null ? 'first' : 'release';
  journal.update(withRun(journal.current, kind, records, clock.now()));
}

/** Longer than any rollback window: that is no part of the budget. */
const settleMs = 14 * 24 * 3_600_000;

function withoutBudget({ request }: Session): Session['deadline'] {
  const { clock, cluster, signal } = request;
  return startDeadline(clock, settleMs, 'What comes after the promotion', signal, () => cluster.absentMs());
}

function describe({ release }: Session): string {
  const { candidate } = release.journal.release;
  return `Revision ${candidate.revision} of ${release.names.app} (${candidate.slot})`;
}

/** The release in the journal when it is this very one, not yet at its end. */
function continued(journal: Journal, request: DeployRequest): JournaledRelease | undefined {
  const { release } = journal;
  if (release === null || release.strategy !== 'blue-green' || release.template !== request.desired.template)
    return undefined;
  // Forced, a version that is live is released once more.
  if (release.phase === 'promoted')
    return !request.force && journal.live?.revision === release.candidate.revision ? release : undefined;
  if (release.phase !== 'parked' && release.phase !== 'running') return undefined;
  // Whoever comes too late gets a preview that was proven today.
  if (release.phase === 'parked' && hasExpired(release.parkedUntil, request.clock.now())) return undefined;
  // Nothing can be parked once its traffic moves: that one is put back, and its preview begun anew.
  if (request.until === 'preview' && hasBegunSwitch(release, journal.names)) return undefined;
  const { parkedUntil: _over, ...going } = release;
  return { ...going, phase: 'running' };
}

function hasBegunSwitch(release: JournaledRelease, names: Names): boolean {
  const { switchOver } = stepsOf(release, modeOf(names));
  return release.steps.some(({ id }) => switchOver.some((step) => step.id === id));
}

/** Nothing new, but old pods that are to go: the release is at its last step from the start. */
async function retirement(journal: Journal, request: DeployRequest): Promise<JournaledRelease | undefined> {
  const { live, previous } = journal;
  if (request.until !== 'retired' || live === null || previous?.warm !== true || isInFlight(journal.release))
    return undefined;
  if (!(await isLive(request, journal))) return undefined;
  const { slot, revision } = previous;
  return { ...begin(journal, request), phase: 'promoted', candidate: live, stable: { slot, revision } };
}

/** A release that goes on in its switch moves all that it began with, also what the manifests or inputs name no more. */
function withMoved(names: Names, begun: Names): Names {
  const union = (some: readonly string[] = [], more: readonly string[] = []) =>
    [...new Set([...some, ...more])].sort();
  const followers = union(names.followers, begun.followers);
  return {
    ...names,
    routes: union(names.routes, begun.routes),
    ...(followers.length > 0 ? { followers } : {}),
  };
}

/** Whether the names of the slots are those in the journal: a run before may have given one another name. */
function isSettled({ live, release }: Journal): boolean {
  return live !== null || isInFlight(release);
}

function begin(journal: Journal, request: DeployRequest, running?: KubeObject): JournaledRelease {
  // What runs already is a version like any other, and the first that a rollback can lead back to.
  const adopts = journal.live === null && running !== undefined;
  const stable: Placement | null = adopts
    ? { slot: slotFor(request.app, running), revision: journal.lastRevision + 1 }
    : journal.live;
  const revision = (adopts && stable !== null ? stable.revision : journal.lastRevision) + 1;
  return beginning(request, {
    called: String(revision),
    strategy: 'blue-green',
    candidate: { slot: stable === null ? 'blue' : otherSlot(stable.slot), revision },
    stable,
    template: request.desired.template,
    ...(adopts ? { adopts } : {}),
  });
}
