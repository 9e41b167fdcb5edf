import { at, equalJson, isJsonObject, type Json } from '../../base/index.ts';
import {
  type Cluster,
  describeRef,
  fencedApply,
  fencedPatch,
  type KubeObject,
  refOf,
  replaceField,
} from '../../cluster/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { createFenced, deleteOurs, stamped } from '../slots/ours.ts';
import { guidedService } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { converged } from './converged.ts';
import { requireDesired } from './require-desired.ts';

/** The app's own Service, those that follow it, and its routes as the manifests want them while the candidate is live. */
function wantedObjects(release: Release): readonly KubeObject[] {
  const { service, followers, routes } = requireDesired(release);
  const services = [service, ...followers].map((object) => guidedService(object, release.candidate));
  return [...services, ...routes].map((object) => stamped(object, release.token));
}

/** What differs from its manifest, by the server's own reading of it: defaults filled in, order of fields aside. */
async function changedObjects(cluster: Cluster, release: Release): Promise<readonly KubeObject[]> {
  const changed: KubeObject[] = [];
  for (const wanted of wantedObjects(release)) {
    const [standing, reading] = await Promise.all([
      cluster.get(refOf(wanted)),
      cluster.apply(wanted, { dryRun: true, force: true }),
    ]);
    if (!equalJson(at(standing, 'spec'), at(reading, 'spec'))) changed.push(wanted);
  }
  return changed;
}

/** One that somebody has deleted is created anew. */
async function bringUp(release: Release, wanted: KubeObject): Promise<void> {
  const { created } = await createFenced(release, wanted, refOf(wanted));
  if (!created) await fencedApply(release.cluster, wanted, release.token);
}

function key(object: KubeObject): string {
  return describeRef(refOf(object));
}

/**
 * A manifest may also change the ports of the app's own Service, or the hosts and paths of its routes. That happens
 * while all traffic is on the candidate, which is the version that these changes are for.
 */
export const applyEntryChanges: Step = {
  id: 'apply-entry-changes',
  title: 'Bring Service and routes up to their manifests',
  async before(release) {
    const images: Record<string, Json> = {};
    for (const object of await changedObjects(release.cluster, release)) {
      images[key(object)] = (at(await release.cluster.get(refOf(object)), 'spec') ?? null) as Json;
    }
    return images;
  },
  async act(release) {
    const changed = await changedObjects(release.cluster, release);
    for (const object of changed) await bringUp(release, object);
    return changed.length === 0 ? 'they are as their manifests have them' : changed.map(key).join(', ');
  },
  async verify(release, deadline) {
    const before = beforeOf(release.journal.release, 'apply-entry-changes');
    if (!isJsonObject(before) || Object.keys(before).length === 0) return '';
    return converged(release, 'candidate', deadline.within(60_000, 'The gateway'));
  },
  async undo({ cluster, names, token }, before) {
    if (!isJsonObject(before)) return;
    for (const [described, spec] of Object.entries(before)) {
      const ref = refFrom(described, names.namespace);
      if (spec === null) await deleteOurs(cluster, ref, token);
      else await fencedPatch(cluster, ref, token, (object) => replaceField(object, ['spec'], spec));
    }
  },
};

/** `Service shop/shop` as the reference it was written from. */
function refFrom(described: string, namespace: string) {
  const [kind = '', name = ''] = [described.split(' ')[0], described.split('/')[1]];
  const apiVersion = kind === 'Service' ? 'v1' : 'gateway.networking.k8s.io/v1';
  return { apiVersion, kind, namespace, name };
}
