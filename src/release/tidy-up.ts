import { toStreamGateError } from '../base/index.ts';
import type { Journal } from './journal/journal.ts';
import { claimJournal } from './journal/journal-store.ts';
import type { Lock } from './journal/lock.ts';
import type { RunRequest, RunResult } from './request.ts';
import { failureOf, finish, openSession, run } from './session.ts';
import { modeOf } from './slots/names.ts';
import { applyLater } from './steps/apply-others.ts';
import { stepsOf } from './strategies.ts';
import { allSteps } from './strategy.ts';

/** Whether a release was promoted, and its run died while floors were still held for the switch. */
export function leftUntidy({ release, live }: Journal): boolean {
  if (release === null || release.strategy !== 'blue-green' || release.phase !== 'promoted') return false;
  if (live?.revision !== release.candidate.revision) return false;
  const isDone = (id: string) => release.steps.some((step) => step.id === id && step.state === 'done');
  return isDone('match-size') && !isDone('settle-autoscalers');
}

/** What no journal knows: the objects stand in the manifests alone. */
const laterIsUnknown =
  'Where the manifests have objects to be applied after the promotion (`streamgate.io/apply: after`), these are not: release once more with `force`.';

/** Does what a release has left to do after the point of no return, as far as its journal knows it. */
export async function tidyUp(
  request: RunRequest,
  journal: Journal,
  lock: Lock,
): Promise<RunResult | undefined> {
  const { release } = journal;
  if (release === null || !leftUntidy(journal)) return undefined;
  await claimJournal(request.cluster, journal);
  const steps = stepsOf(release, modeOf(journal.names));
  const options = { request, journal, release, desired: undefined, replicas: 0, lock, watch: null, steps };
  const session = openSession({ ...options, guarded: false });
  const stamp = allSteps(steps).filter(({ id }) => id === 'stamp');
  const reason = `Revision ${release.candidate.revision} of ${journal.names.app} is live`;
  try {
    await run(session, [...stamp, ...steps.finish.filter((step) => step !== applyLater)]);
    session.release.recorder.warn(laterIsUnknown);
    return finish(session, 'Promoted', 'pass', `${reason}; what its run had left undone is done`);
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    session.release.recorder.warn(`${reason}, but tidying up failed: ${error.message}`);
    return finish(session, 'Promoted', 'pass', reason, failureOf(error));
  }
}
