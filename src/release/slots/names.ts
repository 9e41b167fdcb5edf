import type { ObjectRef } from '../../cluster/index.ts';

/** Two places for versions of an app; which of them is stable and which the candidate changes with each release. */
export type Slot = 'blue' | 'green';

export const slotLabel = 'streamgate.io/slot';
export const appLabel = 'streamgate.io/app';
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const manager = 'streamgate';

export function otherSlot(slot: Slot): Slot {
  return slot === 'blue' ? 'green' : 'blue';
}

/** Labels on every object that we create: only such objects are ever changed as a whole or deleted. */
export function ourLabels(app: string): Record<string, string> {
  return { [managedByLabel]: manager, [appLabel]: app };
}

/** What the objects of one app are called. Recorded in the journal, so that a rename never loses one. */
export interface Names {
  readonly app: string;
  readonly namespace: string;
  /** The app's own Service. */
  readonly entry: string;
  /** Further Services that reach its pods, and move with its own. Journals of older versions have none. */
  readonly followers?: readonly string[];
  /** The Deployment of the manifests. Journals of older versions do not name it. */
  readonly workload?: string;
  /** HTTPRoutes in the order in which they are patched; none when the selector of the Service is what moves traffic. */
  readonly routes: readonly string[];
  /** Name of the Deployment of each slot. */
  readonly deployments: Readonly<Record<Slot, string>>;
  /** Name of the Service of each slot. */
  readonly services: Readonly<Record<Slot, string>>;
}

/** What the Deployments and the Services of the slots are called, where nothing was taken over. */
export function slotNames(app: string): Readonly<Record<Slot, string>> {
  return { blue: `${app}-blue`, green: `${app}-green` };
}

/**
 * How the traffic of an app moves. `gateway`: by the weights of its HTTPRoutes. `service`: by the selector of its own
 * Service alone, since no route leads to it; whatever stands in front of the Service follows its endpoints.
 */
export type TrafficMode = 'gateway' | 'service';

/** The mode is not recorded beside the names: an app with routes is switched by them, and one without cannot be. */
export function modeOf({ routes }: Pick<Names, 'routes'>): TrafficMode {
  return routes.length === 0 ? 'service' : 'gateway';
}

export function deploymentRef(names: Names, slot: Slot): ObjectRef {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: names.namespace,
    name: names.deployments[slot],
  };
}

export function slotServiceRef(names: Names, slot: Slot): ObjectRef {
  return serviceRef(names, names.services[slot]);
}

export function serviceRef(names: Names, name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Service', namespace: names.namespace, name };
}

/** The Services that select the live slot: the app's own, then those that follow it. */
export function guidedServices({ entry, followers = [] }: Names): readonly string[] {
  return [entry, ...followers];
}

export function entryRef(names: Names): ObjectRef {
  return serviceRef(names, names.entry);
}

export function routeRef(names: Names, route: string): ObjectRef {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: names.namespace,
    name: route,
  };
}

export function ingressRef(names: Names, name: string): ObjectRef {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: names.namespace, name };
}

export function journalRef(namespace: string, app: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `streamgate-${app}` };
}

export function leaseRef(namespace: string, app: string): ObjectRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name: `streamgate-${app}` };
}

export function revisionRef(names: Names, revision: number): ObjectRef {
  const name = `streamgate-${names.app}-${revision}`;
  return { apiVersion: 'apps/v1', kind: 'ControllerRevision', namespace: names.namespace, name };
}
