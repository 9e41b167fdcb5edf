import { StreamGateError } from '../base/index.ts';
import { undoSteps } from './engine.ts';
import type { Journal, JournaledRelease } from './journal/journal.ts';
import { claimJournal } from './journal/journal-store.ts';
import type { Lock } from './journal/lock.ts';
import type { RunRequest, RunResult, TrafficWatch } from './request.ts';
import { abort, endWith, finish, openSession, run } from './session.ts';
import { modeOf } from './slots/names.ts';
import { converged } from './steps/converged.ts';
import { strategiesOf } from './strategies.ts';
import type { RollbackTarget } from './target.ts';

/**
 * Sends all traffic to the older version, proves that it answers, and sends it back: the way back is measured while
 * nobody needs it. The live version stays the live one, and so does the way back.
 */
export async function drill(
  request: RunRequest,
  journal: Journal,
  begun: JournaledRelease,
  target: RollbackTarget,
  watch: TrafficWatch | null,
  lock: Lock,
): Promise<RunResult> {
  if (!target.warm) {
    const { revision } = target.placement;
    throw new StreamGateError(
      'Refused',
      `The pods of revision ${revision} are gone: there is no quick way back to try`,
      {
        remedy: 'Try it within the rollback window of a release.',
      },
    );
  }
  await claimJournal(request.cluster, { ...journal, release: begun });
  const { desired, replicas } = target;
  const steps = strategiesOf(modeOf(journal.names)).drill;
  const options = { request, journal, release: begun, desired, replicas, lock, watch, steps };
  const session = openSession({ ...options, guarded: false });
  const { prepare, switchOver } = steps;
  session.ledger.listener.plan([...prepare, ...switchOver]);
  try {
    await run(session, [...prepare, ...switchOver]);
    await undoSteps(switchOver, session.release, session.ledger.listener);
    await converged(session.release, 'stable', session.deadline);
    // Also the floor that was held for it: otherwise it would stay until the next release.
    await undoSteps(prepare, session.release, session.ledger.listener);
    await endWith(session, 'aborted');
  } catch (thrown) {
    return abort(session, thrown);
  }
  const { placement, live } = target;
  const reason = `The way back to revision ${placement.revision} works, and was taken back: revision ${live.revision} serves`;
  return finish(session, 'Checked', 'pass', reason);
}
