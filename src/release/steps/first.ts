import { at, type Json } from '../../base/index.ts';
import { fencedPatch, refOf, replaceField, stampToken } from '../../cluster/index.ts';
import { entryRef, routeRef } from '../slots/names.ts';
import { createFenced, deleteOurs, stamped } from '../slots/ours.ts';
import { guidedService } from '../slots/slot-objects.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './desired.ts';
import { allOffer, selectSlot } from './entry.ts';
import { followerImages, openFollowersTo, restoreFollowers } from './followers.ts';
import { converged } from './route.ts';

/** The first release of an app: its own Service appears when there is something to serve. */
export const openEntry: Step = {
  id: 'open-entry',
  title: "Create the app's own Service",
  async before(release) {
    const service = await release.cluster.get(entryRef(release.names));
    const followers = await followerImages(release);
    return {
      existed: service !== undefined,
      selector: (at(service, 'spec', 'selector') ?? {}) as Json,
      ...(Object.keys(followers).length === 0 ? {} : { followers }),
    };
  },
  async act(release) {
    const { cluster, names, candidate, token } = release;
    const wanted = stamped(guidedService(requireDesired(release).service, candidate), token);
    const { created } = await createFenced(release, wanted, entryRef(names));
    await openFollowersTo(release, candidate);
    if (created) return `${names.entry} selects ${candidate}`;
    // One that was there and selected nothing: without the slot it would select every version at once.
    await stampToken(cluster, entryRef(names), token);
    await selectSlot(release, names.entry, candidate);
    return `${names.entry} was there already, and selects ${candidate} now`;
  },
  verify: (release, deadline) => allOffer(release, release.candidate, deadline),
  async undo(release, before) {
    const { cluster, names, token } = release;
    const ref = entryRef(names);
    await restoreFollowers(release, at(before, 'followers'));
    if (at(before, 'existed') === false) return deleteOurs(cluster, ref, token);
    await fencedPatch(cluster, ref, token, (service) =>
      replaceField(service, ['spec', 'selector'], at(before, 'selector') ?? {}),
    );
  },
};

export const openRoutes: Step = {
  id: 'open-routes',
  title: 'Create the routes of the app',
  async before({ cluster, names }) {
    const existing = names.routes.map(async (route) => [
      route,
      (await cluster.get(routeRef(names, route))) !== undefined,
    ]);
    return Object.fromEntries(await Promise.all(existing));
  },
  async act(release) {
    const { cluster, names, token } = release;
    const created: string[] = [];
    for (const route of requireDesired(release).routes) {
      const answer = await createFenced(release, stamped(route, token), refOf(route));
      if (answer.created) created.push(route.metadata.name);
    }
    for (const route of names.routes) await stampToken(cluster, routeRef(names, route), token);
    return created.length === 0 ? 'they were there already' : created.join(', ');
  },
  async verify(release, deadline) {
    const { witness, versions } = release;
    await witness?.start(versions.current, deadline.within(60_000, 'The first answer'));
    release.guard.arm();
    return converged(release, 'candidate', deadline.within(60_000, 'The gateway'));
  },
  async undo({ cluster, names, token }, before) {
    for (const route of names.routes) {
      if (at(before, route) === false) await deleteOurs(cluster, routeRef(names, route), token);
    }
  },
};
