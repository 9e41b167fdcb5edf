import { at, type Deadline, fieldsAt, isJsonObject, type Json } from '../../base/index.ts';
import {
  disappeared,
  fencedPatch,
  type KubeObject,
  replaceField,
  selectsLabels,
} from '../../cluster/index.ts';
import { podLabels } from '../desired/pod-template.ts';
import { endpointsProgress, offeredPorts } from '../proof/endpoints.ts';
import { whileHeld } from '../proof/hold.ts';
import { waitFor } from '../proof/wait.ts';
import { deploymentRef, entryRef, guidedServices, type Slot, serviceRef, slotLabel } from '../slots/names.ts';
import { podQuery, sliceQuery } from '../slots/pods.ts';
import { portNames, portOperations } from '../slots/service-ports.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';

const offeredWithinMs = 60_000;

/** The Services that select the live slot and stand in the cluster: the app's own first. */
export async function standingServices({
  cluster,
  names,
}: Pick<Release, 'cluster' | 'names'>): Promise<readonly KubeObject[]> {
  const found = await Promise.all(guidedServices(names).map((name) => cluster.get(serviceRef(names, name))));
  return found.filter((service) => service !== undefined);
}

/**
 * Callers inside the cluster follow: the app's own Service selects the candidate, and in the same patch leads to the
 * ports that this version listens on; then so does each Service that follows it. Never in one step with the weights.
 */
export const moveEntry: Step = {
  id: 'move-entry',
  title: "Let the app's own Service select the candidate",
  async before(release) {
    const [entry, ...followers] = await servicesToMove(release);
    const { stable } = release;
    const images = followers.map((service) => [service.metadata.name, imageOf(service, stable)]);
    return {
      ...imageOf(entry, stable),
      ...(images.length === 0 ? {} : { followers: Object.fromEntries(images) }),
    };
  },
  async act(release) {
    const { names, candidate, recorder } = release;
    recorder.mark('entry Service');
    for (const { metadata } of await servicesToMove(release)) {
      await selectSlot(release, metadata.name, candidate, modelOf(release, metadata.name));
    }
    return `${guidedServices(names).join(', ')} select${(names.followers ?? []).length > 0 ? '' : 's'} ${candidate}`;
  },
  verify: (release, deadline) =>
    whileHeld(release, { selected: release.candidate }, deadline, (held) =>
      allOffer(release, release.candidate, held),
    ),
  async undo(release, before) {
    await restoreService(release, release.names.entry, before);
    const followers = at(before, 'followers');
    if (!isJsonObject(followers)) return;
    for (const [name, image] of Object.entries(followers)) await restoreService(release, name, image ?? null);
  },
};

/** Passed over, an own Service that is gone would only be missed by the callers of the route. */
async function servicesToMove(release: Release): Promise<readonly KubeObject[]> {
  const services = await standingServices(release);
  if (services[0]?.metadata.name === release.names.entry) return services;
  throw disappeared(entryRef(release.names));
}

/** One that names no slot was widened since the run began: the way back would wait in vain for one side to be offered alone. */
function imageOf(service: KubeObject | undefined, stable: Slot | null): Record<string, Json> {
  const own = stable === null ? {} : { [slotLabel]: stable };
  return {
    selector: { ...own, ...fieldsAt(service, 'spec', 'selector') },
    ports: (at(service, 'spec', 'ports') ?? []) as Json,
  };
}

async function restoreService(
  { cluster, names, token }: Release,
  name: string,
  image: unknown,
): Promise<void> {
  await fencedPatch(cluster, serviceRef(names, name), token, (service) => [
    ...replaceField(service, ['spec', 'selector'], at(image, 'selector') ?? {}),
    ...replaceField(service, ['spec', 'ports'], at(image, 'ports') ?? []),
  ]);
}

/** The manifest of a Service, where there is one: it says which ports this version has. */
function modelOf(release: Release, name: string): KubeObject | undefined {
  const { service, followers } = requireDesired(release);
  return [service, ...followers].find(({ metadata }) => metadata.name === name);
}

/** A Service selects one slot from now on, and has the ports of `model`. */
export async function selectSlot(
  { cluster, names, token }: Release,
  name: string,
  slot: Slot,
  model?: KubeObject,
): Promise<void> {
  await fencedPatch(cluster, serviceRef(names, name), token, (service) => {
    const selector = { ...fieldsAt(service, 'spec', 'selector'), [slotLabel]: slot };
    return [
      ...replaceField(service, ['spec', 'selector'], selector),
      ...(model === undefined ? [] : portOperations(service, model)),
    ];
  });
}

/**
 * Waits until the app's own Service offers exactly the ready pods of a slot, on every port on which the slot's own
 * Service does.
 */
export function entryOffers(release: Release, slot: Slot, deadline: Deadline): Promise<string> {
  return serviceOffers(release, release.names.entry, slot, deadline);
}

/** The same for each Service that follows it as well. */
export async function allOffer(release: Release, slot: Slot, deadline: Deadline): Promise<string> {
  const details: string[] = [];
  const { names, cluster } = release;
  const labels = podLabels(await cluster.get(deploymentRef(names, slot)));
  for (const service of await standingServices(release)) {
    const { name } = service.metadata;
    // One that only the pods of the other version match offers none of these.
    if (name !== names.entry && !selectsLabels(at(service, 'spec', 'selector'), labels)) continue;
    details.push(await serviceOffers(release, name, slot, deadline));
  }
  return details[0] ?? '';
}

async function serviceOffers(
  { cluster, names, clock }: Release,
  name: string,
  slot: Slot,
  deadline: Deadline,
): Promise<string> {
  // A Service that follows has ports of its own, which the slot's Service does not have.
  const ports = name === names.entry ? portNames(await cluster.get(serviceRef(names, name))) : [];
  return waitFor({
    cluster,
    clock,
    deadline: deadline.within(offeredWithinMs, `Service ${name}`),
    what: `Service ${name} to offer the pods of ${slot}`,
    queries: {
      pods: await podQuery(cluster, names, slot),
      slices: sliceQuery(names, name),
      own: sliceQuery(names, names.services[slot]),
    },
    check: ({ pods, slices, own }) => endpointsProgress(slices, pods, offeredPorts(own, ports)),
  });
}

/** The Services that should select the live slot, and do not name it: a forced apply of the manifest drops it. */
export function withoutSlot(services: readonly KubeObject[]): readonly KubeObject[] {
  return services.filter((service) => at(service, 'spec', 'selector', slotLabel) === undefined);
}
