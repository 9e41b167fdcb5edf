import { at, StreamGateError } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import type { Desired } from './desired/desired.ts';
import { heldWayBack, type Journal, type Placement } from './journal/journal.ts';
import { listRevisions, readRevision } from './journal/revisions.ts';
import { missingConfig } from './preflight/config-missing.ts';
import { sizeGiven } from './preflight/replicas.ts';
import type { RollbackRequest } from './request.ts';
import { deploymentRef, otherSlot } from './slots/names.ts';
import { slotDeploymentOf } from './slots/ours.ts';
import { pinImages } from './slots/pin-images.ts';
import type { RevisionData } from './slots/slot-objects.ts';

/** Where a rollback would lead. */
export interface RollbackTarget {
  readonly placement: Placement;
  /** Its pods run: going back is one patch for each route. */
  readonly warm: boolean;
  readonly live: Placement;
  /** Images of a start anew that are named by a tag, since no digest of theirs is known. */
  readonly byTag: readonly string[];
  readonly desired: Desired;
  readonly replicas: number;
}

/** Finds the revision and whether its pods are still there. Throws `Refused` when there is no way back. */
export async function findTarget(
  { cluster, app, to }: Pick<RollbackRequest, 'cluster' | 'app' | 'to'>,
  journal: Journal,
): Promise<RollbackTarget> {
  const { names, live, previous } = journal;
  if (live === null) throw refused(app, 'it was never released', 'Release it first.');
  const revision = to ?? previous?.revision;
  if (revision === undefined) throw noWayBack(app, live.revision, await keptOf(cluster, journal));
  if (revision === live.revision)
    throw refused(app, `revision ${revision} is live already`, 'See `streamgate status`.');
  const data = await readRevision(cluster, journal, revision);
  if (data === undefined) {
    const kept = await keptOf(cluster, journal);
    throw refused(app, `revision ${revision} is not kept`, `Kept are: ${kept.join(', ') || 'none'}.`);
  }
  const standingLive = await cluster.get(deploymentRef(names, live.slot));
  const liveSize = Number(at(standingLive, 'spec', 'replicas') ?? 0);
  const slot = otherSlot(live.slot);
  const standing = Number(at(await slotDeploymentOf(cluster, names, slot), 'spec', 'replicas') ?? 0);
  // Also pods that somebody has started again by hand, in a slot that nothing else has had since.
  const held = heldWayBack(journal);
  const warm = held?.revision === revision && held.slot === slot && standing > 0;
  const { workload, byTag } = warm
    ? { workload: data.workload, byTag: [] }
    : pinImages(data.workload, data.digests ?? {});
  const desired = desiredOf(data, workload);
  const [missing] = warm ? [] : await missingConfig(cluster, names.namespace, desired);
  if (missing !== undefined) {
    const why = `revision ${revision} cannot start: ${missing.message}`;
    throw refused(app, why, 'Bring it back, or go to another one.');
  }
  return {
    placement: { slot, revision },
    warm,
    live,
    byTag,
    desired,
    // At 0 the live version carries no traffic, and its size says nothing.
    replicas: liveSize || sizeGiven(desired),
  };
}

/** What a revision was released with; undefined when it is no longer kept. */
export async function keptDesired(
  cluster: Cluster,
  journal: Journal,
  revision: number,
): Promise<Desired | undefined> {
  const data = await readRevision(cluster, journal, revision);
  return data === undefined ? undefined : desiredOf(data, data.workload);
}

/** A revision knows neither routes nor budgets: a way back leaves those that stand as they are. */
function desiredOf(data: RevisionData, workload: KubeObject): Desired {
  const { service, followers = [], template, autoscalers = [] } = data;
  const none = { routes: [], budgets: [], others: [], later: [], copies: [] };
  return { workload, service, followers, template, autoscalers, ...none };
}

export function requireJournal(
  journal: Journal | undefined,
  { app, namespace }: { app: string; namespace: string },
): Journal {
  if (journal !== undefined) return journal;
  throw new StreamGateError(
    'Refused',
    `${app} is unknown: nothing was ever released in namespace ${namespace} under this name`,
    {
      remedy: 'Check `app` and `namespace`, or release it first.',
    },
  );
}

function refused(app: string, why: string, remedy: string): StreamGateError {
  return new StreamGateError('Refused', `${app} has nothing to go back to: ${why}`, { remedy });
}

/** What a rollback has abandoned, nobody goes back to without naming it. */
function noWayBack(app: string, live: number, kept: readonly number[]): StreamGateError {
  const others = kept.filter((revision) => revision !== live);
  if (others.length === 0)
    return refused(app, 'no earlier revision is kept', 'Release the version that you want.');
  const remedy = `Name a kept revision with \`to\`: ${others.join(', ')}.`;
  return refused(app, 'after a rollback there is no way back by default', remedy);
}

async function keptOf(cluster: Cluster, { names }: Journal): Promise<readonly number[]> {
  return (await listRevisions(cluster, names)).map(({ revision }) => revision);
}
