import { deploymentRef, type Slot, slotNames } from '../slots/names.ts';
import { deleteOurs, isAdopted } from '../slots/ours.ts';
import type { Release } from '../step.ts';

/**
 * A Deployment that was taken over selects the pods of both slots and has a name that its owner may apply again. Once
 * its pods are gone it goes as well, and the slot gets a Deployment of its own with the next version. The name is
 * written down after the deletion: a run that dies in between finds nothing under the old one, and goes on.
 * Answers what it did in a few words; undefined when the slot was never taken over.
 */
export async function letAdoptedGo(
  { cluster, names, token, journal }: Pick<Release, 'cluster' | 'names' | 'token' | 'journal'>,
  slot: Slot,
): Promise<string | undefined> {
  const ref = deploymentRef(names, slot);
  const own = slotNames(names.app)[slot];
  const deployment = await cluster.get(ref);
  const adopted = deployment !== undefined && isAdopted(deployment);
  // One that somebody has created anew since is theirs.
  if (adopted) await deleteOurs(cluster, ref, token);
  if (!adopted && ref.name === own) return undefined;
  journal.update({ names: { ...names, deployments: { ...names.deployments, [slot]: own } } });
  return `${ref.name}, which was taken over, is gone, and the slot is ${own} from now on`;
}
