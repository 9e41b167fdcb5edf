import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { follow, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { createWorkQueue } from './work-queue.ts';

/** What `spec.controller` of an IngressClass says when the sandbox's gateway serves it. */
export const ingressController = 'streamgate.io/sandbox-gateway';
const classAnnotation = 'kubernetes.io/ingress.class';

/** Gives the Ingresses that the gateway serves its address, and takes it from those that it no longer does. */
export const startIngressStatusController: StartController = ({ store, clock, log }) => {
  const queue = createWorkQueue(clock, log, 'Ingress', (namespace, name) => {
    const ingress = store.get(resources.ingresses, namespace, name);
    if (ingress === undefined) return;
    const loadBalancer = servesIngress(store, ingress) ? { ingress: [{ ip: '127.0.0.1' }] } : {};
    writeStatus(store, resources.ingresses, ingress, { ...ingress.status, loadBalancer });
  });
  const look = (ingress: StoredObject) => queue.add(namespaceOf(ingress), ingress.metadata.name);
  const stops = [
    follow(store, resources.ingresses, look),
    store.subscribe(resources.ingressclasses, () => store.list(resources.ingresses, '').forEach(look)),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};

/** Whether the Ingress names a class of the sandbox's gateway. */
export function servesIngress(store: Store, { metadata, spec }: StoredObject): boolean {
  const named = spec?.ingressClassName ?? metadata.annotations?.[classAnnotation];
  if (named === undefined) return false;
  return store.get(resources.ingressclasses, '', named)?.spec?.controller === ingressController;
}

/** Admission gives an Ingress without a class the default one, when there is exactly one. */
export function withDefaultClass(store: Store, ingress: StoredObject): StoredObject {
  const { metadata, spec } = ingress;
  const isNamed =
    spec?.ingressClassName !== undefined || metadata.annotations?.[classAnnotation] !== undefined;
  if (isNamed || spec === undefined) return ingress;
  const defaults = store
    .list(resources.ingressclasses, '')
    .filter((type) => type.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true');
  const [only, ...others] = defaults;
  if (only === undefined || others.length > 0) return ingress;
  return { ...ingress, spec: { ...spec, ingressClassName: only.metadata.name } };
}
