import { formatDuration, type Json, toInstant } from '../../base/index.ts';
import type { CommitOrder, Journal, JournaledRelease } from '../journal/journal.ts';
import { countKept, describeKept } from '../proof/kept-connections.ts';
import { revisionRef } from '../slots/names.ts';
import { createFenced, deleteOurs } from '../slots/ours.ts';
import { reportedDigests } from '../slots/pin-images.ts';
import { listPods } from '../slots/pods.ts';
import { revisionObject } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';

/** Keeps what was released, with the digests that really run, so that it can be brought back without manifests. */
export const recordRevision: Step = {
  id: 'record-revision',
  title: 'Record the revision',
  async act(release) {
    const { cluster, clock, names, candidate, token, journal } = release;
    const { workload, service, followers, template, autoscalers } = requireDesired(release);
    const { revision } = journal.release.candidate;
    const data = {
      workload,
      service,
      ...(followers.length > 0 ? { followers } : {}),
      template,
      ...(autoscalers.length === 0 ? {} : { autoscalers }),
      release: journal.release.id,
      commit: journal.release.commit,
      createdAt: toInstant(clock.now()),
      digests: reportedDigests(await listPods(cluster, names, candidate)),
    };
    await createFenced(
      release,
      revisionObject(names, candidate, revision, data, token),
      revisionRef(names, revision),
    );
    return `revision ${revision}`;
  },
  async undo({ cluster, names, token, journal }) {
    await deleteOurs(cluster, revisionRef(names, journal.release.candidate.revision), token);
  },
};

/** Who serves, what a rollback goes back to, and which run gave the app its traffic, as the journal has it. */
async function placementsOf({ journal }: Release): Promise<Json> {
  const { live, previous, order } = journal.current;
  return {
    live: live === null ? null : { ...live },
    previous: previous === null ? null : { ...previous },
    order: order === null ? null : { ...order },
  };
}

type Placements = Pick<Journal, 'live' | 'previous'> & Partial<Pick<Journal, 'order'>>;

/** For a run that fails after it said who is live, since it could not write that down. */
async function restorePlacements({ journal }: Release, before: Json): Promise<void> {
  // What an older version of us wrote down has no order.
  const { live, previous, order = journal.current.order } = before as unknown as Placements;
  journal.update({ live, previous, order });
}

/** From here on the candidate is the live version. The old pods stay warm, so that going back is one patch. */
export const promote: Step = {
  id: 'promote',
  title: 'Make the candidate the live version',
  before: placementsOf,
  undo: restorePlacements,
  async act(release) {
    const { clock, journal, settings, guard } = release;
    guard.disarm();
    const { candidate, stable } = journal.release;
    const keepUntil = toInstant(clock.now() + settings.rollbackWindowMs);
    journal.update({
      live: candidate,
      previous: stable === null ? null : { ...stable, warm: true, keepUntil },
    });
    journal.update({ order: orderOf(journal.release) });
    journal.updateRelease({ phase: 'promoted' });
    if (stable === null) return `revision ${candidate.revision} is live`;
    const kept = describeKept(countKept(release));
    if (kept !== undefined) release.recorder.note(kept);
    const warm = `revision ${stable.revision} stays warm for ${formatDuration(settings.rollbackWindowMs)}`;
    return kept === undefined ? warm : `${warm}; ${kept}`;
  },
};

/**
 * After a way back the older version is live. What was abandoned is no way back: a second rollback must not bring it
 * up again, unless a person names its revision.
 */
export const recordReturn: Step = {
  id: 'record-return',
  title: 'Make the older version the live one',
  before: placementsOf,
  undo: restorePlacements,
  async act(release) {
    const { journal } = release;
    journal.update({ live: journal.release.candidate, previous: null, order: orderOf(journal.release) });
    journal.updateRelease({ phase: 'rolled-back' });
    const live = `revision ${journal.release.candidate.revision} is live`;
    const kept = describeKept(countKept(release));
    return kept === undefined ? live : `${live}; ${kept}`;
  },
};

function orderOf({ runId, commit }: JournaledRelease): CommitOrder | null {
  return runId === '' ? null : { runId, commit };
}
