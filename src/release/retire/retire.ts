import { toInstant, toStreamGateError } from '../../base/index.ts';
import { beginning } from '../journal/beginning.ts';
import type { Journal, JournaledRelease, WarmPlacement } from '../journal/journal.ts';
import { claimJournal, readJournal, takeJournal } from '../journal/journal-store.ts';
import type { Lock } from '../journal/lock.ts';
import { underLock } from '../journal/under-lock.ts';
import { refuseServing } from '../refuse-serving.ts';
import type { RunRequest } from '../request.ts';
import { reverseUnderLock } from '../reverse.ts';
import { openSession, run } from '../session.ts';
import { retireSteps } from '../strategies.ts';
import { requireJournal } from '../target.ts';
import { tidyUp } from '../tidy-up.ts';
import { type Due, whatIsDue } from './due.ts';

/** One app whose old pods may go. */
export interface RetireRequest extends RunRequest {
  /** Also before the rollback window ends. */
  readonly hurry: boolean;
}

/** What became of one app. */
export interface Retired {
  readonly app: string;
  /** left: its time has not come, or another run has it. nothing: there is nothing that could go. */
  readonly state: 'retired' | 'put-back' | 'left' | 'nothing' | 'failed';
  /** One sentence that begins with the app's name. */
  readonly reason: string;
  /** For `failed`. */
  readonly remedy?: string;
  /** For `failed`: it was refused before anything was begun. */
  readonly refused?: boolean;
}

/**
 * Lets the old pods of an app go, or takes back a preview that nobody went on with, when the time for that has come.
 * A release that is under way is left alone. Under the app's lock, fenced and journaled as any other change.
 */
export async function retire(request: RetireRequest): Promise<Retired> {
  const { cluster, namespace, app, clock, hurry } = request;
  const seen = requireJournal(await readJournal(cluster, namespace, app), request);
  const due = whatIsDue(seen, clock.now(), hurry);
  if (due.kind === 'not-yet' || due.kind === 'nothing') return leave(app, due);
  return underLock(request, (lock) => retireUnderLock(request, lock));
}

async function retireUnderLock(request: RetireRequest, lock: Lock): Promise<Retired> {
  const { cluster, namespace, app, clock, hurry } = request;
  // Read again: what was read without the lock may be of before another run.
  const found = requireJournal(await takeJournal(cluster, namespace, app, lock.token), request);
  const tidied = await tidyUp(request, { ...found, token: lock.token }, lock);
  const after = tidied === undefined ? found : await readJournal(cluster, namespace, app);
  const journal: Journal = { ...requireJournal(after, request), token: lock.token };
  const due = whatIsDue(journal, clock.now(), hurry);
  if (due.kind === 'put-back') {
    await reverseUnderLock(request, journal, lock);
    return {
      app,
      state: 'put-back',
      reason: `${app}: preview ${due.release} was taken back, since nobody had gone on with it in time`,
    };
  }
  if (due.kind !== 'retire') return leave(app, due);
  const { previous } = due;
  await refuseServing(cluster, journal, previous.slot);
  await letGo(request, journal, previous, lock);
  return {
    app,
    state: 'retired',
    reason: `${app}: the pods of revision ${previous.revision} (${previous.slot}) were let go; a rollback starts them again`,
  };
}

function leave(app: string, { kind, why }: Extract<Due, { why: string }>): Retired {
  return { app, state: kind === 'nothing' ? kind : 'left', reason: `${app}: ${why}` };
}

async function letGo(
  request: RetireRequest,
  journal: Journal,
  previous: WarmPlacement,
  lock: Lock,
): Promise<void> {
  const { cluster, clock } = request;
  const release = releaseOf(request, journal, previous);
  // The window ends now, whatever it said: the step does not wait for it any more.
  const keepUntil = toInstant(Math.min(Date.parse(previous.keepUntil), clock.now()));
  const claimed: Journal = { ...journal, previous: { ...previous, keepUntil }, release };
  await claimJournal(cluster, claimed);
  const session = openSession({
    request,
    journal: claimed,
    release,
    desired: undefined,
    replicas: 0,
    lock,
    watch: null,
    steps: { prepare: [], switchOver: [], finish: retireSteps },
    guarded: false,
  });
  try {
    await run(session, retireSteps);
  } finally {
    session.deadline.clear();
  }
}

/** The release that made the live version, at its last step; one of its own where the journal tells of another one. */
function releaseOf(
  request: RetireRequest,
  { release, live }: Journal,
  { slot, revision }: WarmPlacement,
): JournaledRelease {
  const stable = { slot, revision };
  if (release !== null && release.phase === 'promoted' && release.candidate.revision === live?.revision)
    return release;
  return beginning(request, {
    called: `retire-${revision}`,
    strategy: 'blue-green',
    phase: 'promoted',
    candidate: live ?? stable,
    stable,
    template: '',
  });
}

/** The same with every error told as the end of this one app, so that others come to their turn. */
export async function retireOrTell(request: RetireRequest): Promise<Retired> {
  const { app } = request;
  try {
    return await retire(request);
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    if (error.code === 'Cancelled' || error.code === 'Internal') throw error;
    const { remedy } = error;
    const told = error.message.startsWith(app) ? error.message : `${app}: ${error.message}`;
    // Another run has the lock: whatever it does, it is none of ours.
    if (error.code === 'Conflict' || error.code === 'Superseded') return { app, state: 'left', reason: told };
    const refused = ['Refused', 'NotFound', 'Denied'].includes(error.code);
    return { app, state: 'failed', reason: told, refused, ...(remedy === undefined ? {} : { remedy }) };
  }
}
