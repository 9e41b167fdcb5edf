import { at, type Deadline, formatDuration, type Json, toInstant } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import { letAdoptedGo } from '../adoption/let-go.ts';
import type { Desired } from '../desired/desired.ts';
import type { CommitOrder, Journal, JournaledRelease } from '../journal/journal.ts';
import { dataOf } from '../journal/revisions.ts';
import { countKept, describeCut, describeKept } from '../proof/kept-connections.ts';
import { letGatewayFollow } from '../proof/unseen.ts';
import { done, pending, type Query, waitFor } from '../proof/wait.ts';
import { emptySlot } from '../slots/autoscalers.ts';
import { collectCopies } from '../slots/config-copies.ts';
import { namedConfig } from '../slots/config-in-use.ts';
import {
  appLabel,
  deploymentRef,
  managedByLabel,
  manager,
  type Names,
  revisionRef,
  type Slot,
} from '../slots/names.ts';
import { createFenced, deleteOurs } from '../slots/ours.ts';
import { reportedDigests } from '../slots/pin-images.ts';
import { listPods, podQuery } from '../slots/pods.ts';
import { revisionObject } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './desired.ts';

/** Revisions kept for rollbacks. */
const keptRevisions = 5;

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

/** Who serves and what a rollback goes back to, as the journal has it. */
async function placementsOf({ journal }: Release): Promise<Json> {
  const { live, previous } = journal.current;
  return { live: live === null ? null : { ...live }, previous: previous === null ? null : { ...previous } };
}

/** For a run that fails after it said who is live, since it could not write that down. */
async function restorePlacements({ journal }: Release, before: Json): Promise<void> {
  const { live, previous } = before as unknown as Pick<Journal, 'live' | 'previous'>;
  journal.update({ live, previous });
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

/**
 * Revisions beyond the newest five go; those that are live or the way back never do. Copies of configuration go with the
 * last revision that names them.
 */
export const pruneRevisions: Step = {
  id: 'prune-revisions',
  title: 'Drop revisions that nobody goes back to',
  async act({ cluster, names, token, journal, desired }) {
    const labelSelector = `${managedByLabel}=${manager},${appLabel}=${names.app}`;
    const kind = { apiVersion: 'apps/v1', kind: 'ControllerRevision' };
    const all = await cluster.list(kind, { namespace: names.namespace, labelSelector });
    const numbers = all.map((object) => Number(at(object, 'revision'))).sort((a, b) => b - a);
    const needed = [journal.current.live?.revision, journal.current.previous?.revision];
    const dropped = numbers.slice(keptRevisions).filter((revision) => !needed.includes(revision));
    for (const revision of dropped) await deleteOurs(cluster, revisionRef(names, revision), token);
    const kept = all.filter((object) => !dropped.includes(Number(at(object, 'revision'))));
    const copies = await dropCopies(cluster, names, token, { kept, desired });
    const gone = [...dropped.map(String), ...copies];
    return gone.length === 0 ? 'all are kept' : `dropped ${gone.join(', ')}`;
  },
};

/** Deletes copies that neither a kept revision nor a slot names. */
async function dropCopies(
  cluster: Cluster,
  names: Names,
  token: number,
  { kept, desired }: { readonly kept: readonly KubeObject[]; readonly desired: Desired | undefined },
): Promise<readonly string[]> {
  const slots = (['blue', 'green'] as const).map((slot) => cluster.get(deploymentRef(names, slot)));
  const standing = (await Promise.all(slots)).filter((slot) => at(slot, 'spec', 'replicas') !== 0);
  const workloads = [...kept.map((object) => dataOf(object)?.workload), ...standing];
  const needed = new Set([...workloads, desired?.workload].flatMap(namedConfig));
  const place = { app: names.app, namespace: names.namespace };
  // Secrets are looked at only where a person has named some: without that, nobody has given us the right to.
  const kinds = desired?.copies.some(({ kind }) => kind === 'Secret')
    ? (['ConfigMap', 'Secret'] as const)
    : (['ConfigMap'] as const);
  const dropped: string[] = [];
  for (const kind of kinds)
    dropped.push(...(await collectCopies(cluster, { ...place, kind }, needed, token)));
  return dropped;
}

/** Keeps the old slot for the rest of the rollback window, then lets its pods go. */
export const retire: Step = {
  id: 'retire',
  title: 'Let the old version go',
  async act(release, deadline) {
    const { cluster, clock, log, names, settings, token, journal } = release;
    const { previous } = journal.current;
    if (previous === null || !previous.warm) return 'there is none';
    await letGatewayFollow(release, deadline.signal);
    const leftMs = Date.parse(previous.keepUntil) - clock.now();
    if (leftMs > 0) {
      log.info(
        `Revision ${previous.revision} was promised to stay for another ${formatDuration(leftMs)}: waiting.`,
      );
      await clock.sleep(leftMs, deadline.signal);
    }
    // Read now: a Deployment that was taken over goes with its pods.
    const pods = await podQuery(cluster, names, previous.slot);
    await emptySlot(cluster, names, previous.slot, token);
    await letAdoptedGo(release, previous.slot);
    journal.update({ previous: { ...previous, warm: false } });
    journal.updateRelease({ phase: 'retired' });
    const scaled = `${names.deployments[previous.slot]} scaled to 0`;
    if (settings.drainWithinMs === undefined) return scaled;
    const within = deadline.within(settings.drainWithinMs, 'Letting the old version go');
    return `${scaled}; ${await podsGone(release, previous.slot, pods, within)}`;
  },
};

/** After a way back: the abandoned version goes at once, and its slot is empty for the next candidate. */
export const emptyAbandoned: Step = {
  id: 'empty-abandoned',
  title: 'Stop the abandoned version',
  async act(release, deadline) {
    const { cluster, names, stable, token } = release;
    if (stable === null) return 'there is none';
    await letGatewayFollow(release, deadline.signal);
    const ref = deploymentRef(names, stable);
    await emptySlot(cluster, names, stable, token);
    const gone = await podsGone(release, stable, await podQuery(cluster, names, stable), deadline);
    await letAdoptedGo(release, stable);
    return `${ref.name} scaled to 0; ${gone}`;
  },
};

/** Connections that were kept to these pods end with them, and with them perhaps a request. */
async function podsGone(release: Release, slot: Slot, pods: Query, deadline: Deadline): Promise<string> {
  const { cluster, clock, names, recorder } = release;
  await waitFor({
    cluster,
    clock,
    deadline,
    what: `the pods of ${names.deployments[slot]} to go`,
    queries: { pods },
    check: ({ pods: left }) => (left.length === 0 ? done() : pending(`${left.length} pods are left`)),
  });
  const cut = describeCut(countKept(release));
  if (cut === undefined) return 'its pods are gone';
  recorder.note(cut);
  return `its pods are gone; ${cut}`;
}
