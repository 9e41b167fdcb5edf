import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { attach, type ParentRef } from './attach.ts';
import {
  type ControllerContext,
  follow,
  namespaceOf,
  type StartController,
  writeStatus,
} from './controller.ts';
import type { Condition } from './labels.ts';
import { timestamp } from './timestamps.ts';
import { createWorkQueue } from './work-queue.ts';

const controllerName = 'streamgate.io/sandbox-gateway';
const everything = { namespace: '', name: 'all' };

/**
 * Says on HTTPRoutes and Gateways what became of them. As in a real control plane, that comes at once: the proxy
 * itself follows later, and nobody may take one for the other.
 */
export const startRouteStatusController: StartController = (context) => {
  const { store, clock, log } = context;
  const queue = createWorkQueue(clock, log, 'Gateway', () => {
    for (const route of store.list(resources.httproutes, '')) reportRoute(context, route);
    for (const gateway of store.list(resources.gateways, '')) reportGateway(context, gateway);
  });
  const look = () => queue.add(everything.namespace, everything.name);
  const kinds = [resources.httproutes, resources.gateways, resources.services, resources.referencegrants];
  const stops = kinds.map((kind) => follow(store, kind, look));
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};

/** The Gateway that a parentRef names, if it is one and is there. */
function gatewayOf(store: ControllerContext['store'], route: StoredObject, parent: ParentRef) {
  if ((parent.kind ?? 'Gateway') !== 'Gateway') return undefined;
  return store.get(resources.gateways, parent.namespace ?? namespaceOf(route), parent.name);
}

export function namespaceLabels(
  store: ControllerContext['store'],
  namespace: string,
): Record<string, string> {
  const labels = store.get(resources.namespaces, '', namespace)?.metadata.labels ?? {};
  return { 'kubernetes.io/metadata.name': namespace, ...labels };
}

function reportRoute(context: ControllerContext, route: StoredObject): void {
  const { store, clock } = context;
  const before: readonly StoredObject[] = route.status?.parents ?? [];
  const foreign = before.filter((parent) => parent.controllerName !== controllerName);
  const ours = (route.spec?.parentRefs ?? []).flatMap((parentRef: ParentRef) => {
    const gateway = gatewayOf(store, route, parentRef);
    if (gateway === undefined) return [];
    const attachment = attach(route, parentRef, gateway, namespaceLabels(store, namespaceOf(route)));
    const said = before.find((entry) => JSON.stringify(entry.parentRef) === JSON.stringify(parentRef));
    const accepted = attachment.accepted
      ? condition('Accepted', 'True', 'Accepted', '')
      : condition('Accepted', 'False', attachment.reason, attachment.message);
    const conditions = stamp([accepted, resolvedRefs(store, route)], said?.conditions ?? [], route, clock);
    return [{ parentRef, controllerName, conditions }];
  });
  if (ours.length === 0 && before.length === 0) return;
  writeStatus(store, resources.httproutes, route, { parents: [...foreign, ...ours] });
}

function resolvedRefs(store: ControllerContext['store'], route: StoredObject): Condition {
  for (const rule of route.spec?.rules ?? []) {
    for (const backend of rule.backendRefs ?? []) {
      const { kind = 'Service', name, port, namespace = namespaceOf(route) } = backend;
      if (kind !== 'Service') return unresolved('InvalidKind', `${kind} is not supported as a backend`);
      if (!isGranted(store, route, namespace, name)) {
        return unresolved('RefNotPermitted', `No ReferenceGrant permits Service ${namespace}/${name}`);
      }
      const service = store.get(resources.services, namespace, name);
      if (service === undefined)
        return unresolved('BackendNotFound', `Service ${namespace}/${name} not found`);
      const ports: readonly StoredObject[] = service.spec?.ports ?? [];
      if (!ports.some((declared) => declared.port === port)) {
        return unresolved('BackendNotFound', `Service ${namespace}/${name} has no port ${port}`);
      }
    }
  }
  return condition('ResolvedRefs', 'True', 'ResolvedRefs', '');
}

/** Whether a route may name a Service: always in its own namespace, elsewhere with a ReferenceGrant. */
export function isGranted(
  store: ControllerContext['store'],
  route: StoredObject,
  namespace: string,
  name: string,
): boolean {
  if (namespace === namespaceOf(route)) return true;
  return store.list(resources.referencegrants, namespace).some(({ spec }) => {
    const from: readonly StoredObject[] = spec?.from ?? [];
    const to: readonly StoredObject[] = spec?.to ?? [];
    return (
      from.some((entry) => entry.kind === 'HTTPRoute' && entry.namespace === namespaceOf(route)) &&
      to.some((entry) => entry.kind === 'Service' && (entry.name === undefined || entry.name === name))
    );
  });
}

function reportGateway({ store, clock }: ControllerContext, gateway: StoredObject): void {
  const before = gateway.status ?? {};
  const routes = store.list(resources.httproutes, '');
  const listeners = (gateway.spec?.listeners ?? []).map((listener: StoredObject) => {
    const said = (before.listeners ?? []).find((entry: StoredObject) => entry.name === listener.name);
    const attached = routes.filter((route) =>
      (route.spec?.parentRefs ?? []).some((parentRef: ParentRef) => {
        const parent = gatewayOf(store, route, parentRef);
        if (parent?.metadata.uid !== gateway.metadata.uid) return false;
        const attachment = attach(route, parentRef, gateway, namespaceLabels(store, namespaceOf(route)));
        return attachment.accepted && attachment.listeners.includes(listener.name);
      }),
    );
    return {
      name: listener.name,
      attachedRoutes: attached.length,
      supportedKinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
      conditions: stamp(
        wellConditions(['Accepted', 'Programmed', 'ResolvedRefs']),
        said?.conditions,
        gateway,
        clock,
      ),
    };
  });
  writeStatus(store, resources.gateways, gateway, {
    addresses: [{ type: 'IPAddress', value: '127.0.0.1' }],
    conditions: stamp(wellConditions(['Accepted', 'Programmed']), before.conditions, gateway, clock),
    listeners,
  });
}

function wellConditions(types: readonly string[]): readonly Condition[] {
  return types.map((type) => condition(type, 'True', type, ''));
}

function unresolved(reason: string, message: string): Condition {
  return condition('ResolvedRefs', 'False', reason, message);
}

function condition(type: string, status: string, reason: string, message: string): Condition {
  return { type, status, reason, message };
}

function stamp(
  conditions: readonly Condition[],
  before: readonly Condition[] | undefined,
  of: StoredObject,
  clock: ControllerContext['clock'],
): readonly Condition[] {
  return conditions.map((next) => {
    const said = before?.find(({ type }) => type === next.type);
    const lastTransitionTime = said?.status === next.status ? said.lastTransitionTime : timestamp(clock);
    return {
      ...next,
      observedGeneration: of.metadata.generation ?? 1,
      lastTransitionTime: lastTransitionTime ?? '',
    };
  });
}
