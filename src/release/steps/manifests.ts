import { at } from '../../base/index.ts';
import { describeRef, refOf, stampToken } from '../../cluster/index.ts';
import { deploymentRef, entryRef, slotLabel, slotServiceRef } from '../slots/names.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './desired.ts';
import { selectSlot } from './route.ts';

/** From here on, nobody who held the lock before can write to the objects of this app. */
export const stampObjects: Step = {
  id: 'stamp',
  title: 'Mark the objects of the app as ours',
  // A run that continues another one has a token of its own.
  everyRun: true,
  async act(release) {
    const { cluster, names, router, token, stable } = release;
    for (const slot of ['blue', 'green'] as const) {
      await stampToken(cluster, deploymentRef(names, slot), token);
      await stampToken(cluster, slotServiceRef(names, slot), token);
    }
    const entry = await stampToken(cluster, entryRef(names), token);
    // A forced server-side apply of the user's Service drops the slot from its selector. Without it, the Service would
    // reach pods of the candidate as soon as they are ready.
    if (entry !== undefined && stable !== null && at(entry, 'spec', 'selector', slotLabel) === undefined)
      await selectSlot(release, stable);
    await router.stamp(cluster, token);
    return `token ${token}`;
  },
};

/** ConfigMaps and whatever else stands in the manifests: applied forward only, never undone or pruned. */
export const applyOthers: Step = {
  id: 'apply-others',
  title: 'Apply the other objects of the manifests',
  async act(release) {
    const { others } = requireDesired(release);
    for (const object of others) await release.cluster.apply(object, { force: true });
    return others.length === 0
      ? 'there are none'
      : others.map((object) => describeRef(refOf(object))).join(', ');
  },
};
