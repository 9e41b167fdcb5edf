import { at, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { isInFlight, type Journal } from '../journal/journal.ts';
import { readJournal } from '../journal/journal-store.ts';
import type { DeployRequest } from '../request.ts';
import { deploymentRef, managedByLabel, manager, otherSlot, type Slot, slotLabel } from '../slots/names.ts';

type Question = Pick<DeployRequest, 'cluster' | 'namespace' | 'desired'>;

/**
 * The Deployment that serves already and is to be taken over; undefined for an app that is released as usual. For a
 * release that was to take it over and never ended it is still that one: it may have to be put back first.
 */
export async function findRunning(
  { cluster, namespace, desired }: Question,
  journal: Journal | undefined,
): Promise<KubeObject | undefined> {
  const release = journal?.release ?? null;
  if (journal !== undefined && isInFlight(release)) {
    return release.adopts && release.stable !== null
      ? cluster.get(deploymentRef(journal.names, release.stable.slot))
      : undefined;
  }
  if (journal?.live) return undefined;
  const { name } = desired.workload.metadata;
  const found = await cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name });
  return found?.metadata.labels?.[managedByLabel] === manager ? undefined : found;
}

/** Whether a release takes something over, for the permissions that this takes. What may not be read is told by those. */
export async function adoptsAnything(request: Question & Pick<DeployRequest, 'app'>): Promise<boolean> {
  try {
    const journal = await readJournal(request.cluster, request.namespace, request.app);
    return (await findRunning(request, journal)) !== undefined;
  } catch (thrown) {
    if (thrown instanceof StreamGateError && thrown.code === 'Denied') return false;
    throw thrown;
  }
}

/** The slot that a running Deployment gets: the one whose label its pods carry, or whose name it has, else blue. */
export function slotFor(app: string, running: KubeObject): Slot {
  const carried = at(running, 'spec', 'template', 'metadata', 'labels', slotLabel);
  if (carried === 'blue' || carried === 'green') return carried;
  return running.metadata.name === `${app}-green` ? 'green' : 'blue';
}

/** The slot of the next candidate. */
export function candidateSlot(app: string, live: Slot | undefined, running: KubeObject | undefined): Slot {
  if (live !== undefined) return otherSlot(live);
  return running === undefined ? 'blue' : otherSlot(slotFor(app, running));
}
