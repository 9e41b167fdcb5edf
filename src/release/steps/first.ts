import { at, type Deadline, fieldsAt, isJsonObject } from '../../base/index.ts';
import { fencedPatch, refOf, replaceField, stampToken } from '../../cluster/index.ts';
import { entryRef, ingressRef, routeRef } from '../slots/names.ts';
import { createFenced, deleteOurs, stamped } from '../slots/ours.ts';
import { guidedService } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { ingressesToOpen } from './apply-others.ts';
import { convergeDeadline, converged } from './converged.ts';
import { allOffer, selectSlot } from './entry.ts';
import { followerImages, openFollowersTo, restoreFollowers } from './followers.ts';
import { requireDesired } from './require-desired.ts';

/** The first release of an app: its own Service appears when there is something to serve. */
export const openEntry: Step = {
  id: 'open-entry',
  title: "Create the app's own Service",
  async before(release) {
    const service = await release.cluster.get(entryRef(release.names));
    const followers = await followerImages(release);
    return {
      existed: service !== undefined,
      selector: fieldsAt(service, 'spec', 'selector'),
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
  verify: firstAnswers,
  async undo({ cluster, names, token }, before) {
    for (const route of names.routes) {
      if (at(before, route) === false) await deleteOurs(cluster, routeRef(names, route), token);
    }
  },
};

/** Without a route it is the Ingresses of the manifests that let callers in, or nothing but the Service itself. */
export const openIngresses: Step = {
  id: 'open-ingresses',
  title: 'Create the Ingresses of the app, and wait for its first answers',
  async before(release) {
    const existing = ingressesToOpen(release).map(async ({ metadata: { name } }) => [
      name,
      (await release.cluster.get(ingressRef(release.names, name))) !== undefined,
    ]);
    return Object.fromEntries(await Promise.all(existing));
  },
  async act(release) {
    const created: string[] = [];
    for (const ingress of ingressesToOpen(release)) {
      // One that is there is somebody else's, or made by the run before: nothing of it is to be written.
      if ((await release.cluster.get(refOf(ingress))) !== undefined) continue;
      const answer = await createFenced(release, stamped(ingress, release.token), refOf(ingress));
      if (answer.created) created.push(ingress.metadata.name);
    }
    return created.length === 0 ? 'there is none to create' : created.join(', ');
  },
  verify: firstAnswers,
  async undo({ cluster, names, token }, before) {
    for (const [name, existed] of Object.entries(isJsonObject(before) ? before : {})) {
      if (existed === false) await deleteOurs(cluster, ingressRef(names, name), token);
    }
  },
};

/** The entry point was just opened: nothing counts before it has answered well. */
async function firstAnswers(release: Release, deadline: Deadline): Promise<string> {
  const { witness, versions, guard } = release;
  await witness?.start(versions.current, deadline.within(60_000, 'The first answer'));
  guard.arm();
  return converged(release, 'candidate', convergeDeadline(deadline));
}
