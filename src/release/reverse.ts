import { toStreamGateError } from '../base/index.ts';
import { isInFlight, type Journal, type JournaledRelease } from './journal/journal.ts';
import { claimJournal, readJournal } from './journal/journal-store.ts';
import type { Lock } from './journal/lock.ts';
import type { RunRequest, RunResult } from './request.ts';
import { failureOf, finish, openSession, putBack, type Session } from './session.ts';
import { modeOf } from './slots/names.ts';
import { stepsOf } from './strategies.ts';
import { allSteps } from './strategy.ts';

/**
 * Puts back what a run that is gone had begun, from its journal alone, and answers with the journal as it then stands.
 * Throws when something could not be put back: going on over it would hide it.
 */
export async function reverseUnderLock(request: RunRequest, journal: Journal, lock: Lock): Promise<Journal> {
  const session = await openReversal(request, journal, lock);
  if (session === undefined) return journal;
  try {
    await putBack(session);
  } finally {
    session.deadline.clear();
  }
  const after = await readJournal(request.cluster, journal.names.namespace, journal.names.app);
  return { ...(after ?? journal), token: lock.token };
}

/** The same as the whole of a run: `rollback` of a release that never ended. */
export async function reverseRun(
  request: RunRequest,
  journal: Journal,
  lock: Lock,
): Promise<RunResult | undefined> {
  const session = await openReversal(request, journal, lock);
  if (session === undefined) return undefined;
  const { id } = session.release.journal.release;
  try {
    await putBack(session);
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    if (error.code === 'Superseded')
      return finish(session, 'Superseded', 'inconclusive', error.message, failureOf(error));
    return finish(
      session,
      'Inconclusive',
      'fail',
      `Release ${id} could not be reversed: ${error.message}`,
      failureOf(error),
    );
  }
  const live =
    journal.live === null ? 'nothing is live, as before' : `revision ${journal.live.revision} serves`;
  return finish(session, 'RolledBack', 'pass', `Release ${id}, which had not ended, was reversed; ${live}`);
}

async function openReversal(request: RunRequest, journal: Journal, lock: Lock): Promise<Session | undefined> {
  if (!isInFlight(journal.release)) return undefined;
  const release: JournaledRelease = journal.release;
  await claimJournal(request.cluster, { ...journal, token: lock.token });
  const session = openSession({
    request,
    watch: null,
    journal: { ...journal, token: lock.token },
    release,
    desired: undefined,
    replicas: 0,
    lock,
    steps: stepsOf(release, modeOf(journal.names)),
    guarded: false,
  });
  const begun = new Set(release.steps.map(({ id }) => id));
  session.ledger.listener.plan(allSteps(session.steps).filter(({ id }) => begun.has(id)));
  await stampAll(session);
  return session;
}

/** The objects carry the token of the run that is gone: ours goes on them before anything is read or put back. */
async function stampAll({ release, steps, deadline }: Session): Promise<void> {
  // Of a run that died before its first step nothing stands there; the journal keeps it from beginning one.
  if (release.journal.release.steps.length === 0) return;
  await steps.prepare.find(({ id }) => id === 'stamp')?.act(release, deadline);
}
