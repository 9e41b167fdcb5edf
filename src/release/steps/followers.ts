import { at, type Json } from '../../base/index.ts';
import { fencedPatch, refOf, replaceField, stampToken } from '../../cluster/index.ts';
import { type Slot, serviceRef } from '../slots/names.ts';
import { createFenced, deleteOurs, stamped } from '../slots/ours.ts';
import { guidedService } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { selectSlot } from './entry.ts';
import { requireDesired } from './require-desired.ts';

/** What each Service of the manifests that follows the app's own selects now; null for one that is not there. */
export async function followerImages(release: Release): Promise<Record<string, Json>> {
  const { cluster, names } = release;
  const images = requireDesired(release).followers.map(async ({ metadata: { name } }) => {
    const service = await cluster.get(serviceRef(names, name));
    return [name, service === undefined ? null : (at(service, 'spec', 'selector') ?? {})];
  });
  return Object.fromEntries(await Promise.all(images));
}

/** Lets each of them select the given slot, and creates those that are missing. Answers the names of these. */
export async function openFollowersTo(release: Release, slot: Slot): Promise<readonly string[]> {
  const { cluster, token } = release;
  const missing: string[] = [];
  for (const follower of requireDesired(release).followers) {
    const wanted = stamped(guidedService(follower, slot), token);
    const { created } = await createFenced(release, wanted, refOf(wanted));
    if (created) missing.push(wanted.metadata.name);
    await stampToken(cluster, refOf(wanted), token);
    await selectSlot(release, wanted.metadata.name, slot);
  }
  return missing;
}

export async function restoreFollowers({ cluster, names, token }: Release, images: unknown): Promise<void> {
  for (const [name, selector] of Object.entries(images ?? {})) {
    const ref = serviceRef(names, name);
    if (selector === null) await deleteOurs(cluster, ref, token);
    else {
      // The run before may have moved one that the manifests of this one let go.
      await stampToken(cluster, ref, token);
      await fencedPatch(cluster, ref, token, (service) =>
        replaceField(service, ['spec', 'selector'], selector),
      );
    }
  }
}

/** A Service that the manifests bring along anew reaches the live version until the others move. */
export const openFollowers: Step = {
  id: 'open-followers',
  title: 'Create the Services that are new',
  before: followerImages,
  async act(release) {
    const missing = await openFollowersTo(release, release.stable ?? release.candidate);
    return missing.length === 0 ? 'none is' : missing.join(', ');
  },
  undo: restoreFollowers,
};
