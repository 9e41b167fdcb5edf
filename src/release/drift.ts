import { at } from '../base/index.ts';
import { type Cluster, describeRef } from '../cluster/index.ts';
import { createGatewayRouter } from '../traffic/index.ts';
import { isInFlight, type Journal, type Placement } from './journal/journal.ts';
import { howToAgree } from './refuse-serving.ts';
import { deploymentRef, guidedServices, otherSlot, serviceRef, slotLabel } from './slots/names.ts';
import { isOurs } from './slots/ours.ts';

/** Something that stands otherwise than the last release left it, because somebody else wrote it. */
export interface Drift {
  readonly of: 'live' | 'service' | 'route' | 'workload';
  readonly message: string;
  readonly remedy: string;
}

/** All that differs from what the journal says. Empty while a release is going on: then much is on its way. */
export async function findDrift(cluster: Cluster, journal: Journal): Promise<readonly Drift[]> {
  const { live, release } = journal;
  if (live === null || isInFlight(release)) return [];
  return [
    ...(await liveDrift(cluster, journal, live)),
    ...(await serviceDrift(cluster, journal, live)),
    ...(await routeDrift(cluster, journal)),
    ...(await workloadDrift(cluster, journal)),
  ];
}

/** The Deployment that serves: deleted and made anew, it would have lost what its Services find its pods by. */
async function liveDrift(
  cluster: Cluster,
  { names }: Journal,
  { slot }: Placement,
): Promise<readonly Drift[]> {
  const ref = deploymentRef(names, slot);
  const deployment = await cluster.get(ref);
  const label = at(deployment, 'spec', 'template', 'metadata', 'labels', slotLabel);
  if (deployment !== undefined && isOurs(deployment) && label === slot) return [];
  const what =
    deployment === undefined
      ? 'is gone'
      : `was replaced: its pods carry no label ${slotLabel}=${slot}, so no Service finds them`;
  return [
    {
      of: 'live',
      message: `${describeRef(ref)}, which is to serve, ${what}`,
      remedy: `If callers are not answered, point the Services at its pods by hand (key \`howto\` of the journal); then release again.`,
    },
  ];
}

async function serviceDrift(
  cluster: Cluster,
  journal: Journal,
  { slot }: Placement,
): Promise<readonly Drift[]> {
  const { names } = journal;
  const other = otherSlot(slot);
  const drift: Drift[] = [];
  for (const name of guidedServices(names)) {
    const ref = serviceRef(names, name);
    const service = await cluster.get(ref);
    const selected = at(service, 'spec', 'selector', slotLabel);
    if (selected === slot || (service === undefined && name !== names.entry)) continue;
    if (service === undefined) {
      drift.push({
        of: 'service',
        message: `${describeRef(ref)} is gone`,
        remedy: 'Apply it again, or release again.',
      });
    } else if (selected === undefined) {
      drift.push({
        of: 'service',
        message: `${describeRef(ref)} names no slot, so it reaches the pods of both versions`,
        remedy:
          'The next release puts it right. A forced server-side apply of its manifest does this: let the release alone apply it.',
      });
    } else {
      drift.push({
        of: 'service',
        message: `${describeRef(ref)} selects ${String(selected)}, but ${slot} is live`,
        remedy: `Find out who changed it. ${selected === other ? howToAgree(journal, other) : 'A release or a rollback puts it right.'}`,
      });
    }
  }
  return drift;
}

/** Between releases a route is what its manifest says. */
async function routeDrift(cluster: Cluster, { names }: Journal): Promise<readonly Drift[]> {
  const { namespace, entry, services } = names;
  const drift: Drift[] = [];
  for (const route of names.routes) {
    const router = createGatewayRouter(namespace, [route], { entry, ...services });
    const target = await router.target(cluster).catch(() => undefined);
    if (target?.kind === 'entry') continue;
    drift.push({
      of: 'route',
      message: `HTTPRoute ${namespace}/${route} does not lead to Service ${entry} alone`,
      remedy: `Apply its manifest again. After a way back by hand run \`streamgate rollback ${names.app}\` instead.`,
    });
  }
  return drift;
}

/** The Deployment of the manifests, applied by somebody else: it runs beside the slots, and nothing leads to it. */
async function workloadDrift(cluster: Cluster, { names }: Journal): Promise<readonly Drift[]> {
  if (names.workload === undefined) return [];
  const ref = { ...deploymentRef(names, 'blue'), name: names.workload };
  const found = await cluster.get(ref);
  if (found === undefined || isOurs(found)) return [];
  const pods = Number(at(found, 'status', 'replicas') ?? 0);
  return [
    {
      of: 'workload',
      message: `${describeRef(ref)} was created beside the slots and runs ${pods} pods that no Service leads to`,
      remedy: `Delete it (kubectl delete deployment ${names.workload}), and keep it out of kubectl apply, Helm and Git syncs: releases make the Deployments of the slots.`,
    },
  ];
}
