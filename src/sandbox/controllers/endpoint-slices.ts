import { equalJson } from '../../base/index.ts';
import { watchLate } from '../late-view.ts';
import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { namespaceOf, type StartController } from './controller.ts';
import { controllerReference, matchesLabels } from './labels.ts';
import { withRandomSuffix } from './names.ts';
import { isFinished, isReady } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

const serviceLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const managedBy = 'endpointslice-controller.k8s.io';

/**
 * Keeps the EndpointSlices of all Services with a selector. It sees Services and pods late, as the real controller does
 * when it is busy: for that long the slices say what was.
 */
export const startEndpointSliceController: StartController = ({ store, clock, log, delays }) => {
  const queue = createWorkQueue(clock, log, 'EndpointSlice', reconcile);
  const delayMs = () => delays().endpointMs;
  const look = (service: StoredObject | undefined) => {
    if (service !== undefined) queue.add(namespaceOf(service), service.metadata.name);
  };
  const services = watchLate(store, clock, delayMs, resources.services, (_key, service, previous) =>
    look(service ?? previous),
  );
  const pods = watchLate(store, clock, delayMs, resources.pods, (_key, ...states) => {
    for (const service of services.objects.values()) {
      if (states.some((pod) => pod !== undefined && selects(service, pod))) look(service);
    }
  });
  for (const service of services.objects.values()) look(service);

  function slicesOf(namespace: string, service: string): readonly StoredObject[] {
    return store
      .list(resources.endpointslices, namespace)
      .filter(({ metadata }) => metadata.labels?.[serviceLabel] === service)
      .filter(({ metadata }) => metadata.labels?.[managedByLabel] === managedBy);
  }

  function reconcile(namespace: string, name: string): void {
    const seen = services.objects.get(`${namespace}/${name}`);
    // Gone in the meantime: nothing may be made for it, in a namespace that is perhaps gone as well.
    const exists = store.get(resources.services, namespace, name)?.metadata.uid === seen?.metadata.uid;
    const service = exists ? seen : undefined;
    const free = [...slicesOf(namespace, name)];
    const wanted = service?.spec?.selector === undefined ? [] : describeSlices(service);
    for (const slice of wanted) {
      const same = free.findIndex(({ ports }) => equalJson(ports, slice.ports));
      const [reused] = free.length > 0 ? free.splice(Math.max(0, same), 1) : [];
      if (reused !== undefined) {
        store.update(resources.endpointslices, namespace, reused.metadata.name, (current) => ({
          ...current,
          ...slice,
        }));
      } else if (service !== undefined) {
        createSlice(service, slice);
      }
    }
    for (const { metadata } of free) store.remove(resources.endpointslices, namespace, metadata.name);
  }

  function createSlice(service: StoredObject, slice: SliceContent): void {
    const { name } = service.metadata;
    store.create(resources.endpointslices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: withRandomSuffix(name),
        generateName: `${name}-`,
        namespace: namespaceOf(service),
        labels: {
          ...service.metadata.labels,
          [serviceLabel]: name,
          [managedByLabel]: managedBy,
          ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
        },
        ownerReferences: [controllerReference(service)],
      },
      addressType: 'IPv4',
      ...slice,
    });
  }

  /** One slice per set of port numbers: a named port may mean another number in another pod. */
  function describeSlices(service: StoredObject): readonly SliceContent[] {
    const selected = [...pods.objects.values()].filter(
      (pod) => selects(service, pod) && pod.status?.podIP !== undefined && !isFinished(pod),
    );
    const slices = new Map<string, SliceContent>();
    for (const pod of selected) {
      const ports = portsOf(service, pod);
      const key = JSON.stringify(ports);
      const endpoints = slices.get(key)?.endpoints ?? [];
      slices.set(key, { ports, endpoints: [...endpoints, endpointOf(service, pod)] });
    }
    return slices.size > 0 ? [...slices.values()] : [{ ports: [], endpoints: [] }];
  }

  return () => {
    services.stop();
    pods.stop();
    queue.stop();
  };
};

function selects(service: StoredObject, pod: StoredObject): boolean {
  return (
    namespaceOf(service) === namespaceOf(pod) && matchesLabels(service.spec?.selector, pod.metadata.labels)
  );
}

interface SlicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

interface SliceContent {
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly unknown[];
}

function endpointOf(service: StoredObject, pod: StoredObject) {
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const serving = isReady(pod) || service.spec.publishNotReadyAddresses === true;
  return {
    addresses: [pod.status.podIP],
    conditions: { ready: serving && !terminating, serving, terminating },
    nodeName: pod.spec.nodeName,
    targetRef: { kind: 'Pod', namespace: namespaceOf(pod), name: pod.metadata.name, uid: pod.metadata.uid },
  };
}

/** The Service's ports as numbers of this pod; a name that the pod does not have is left out. */
function portsOf(service: StoredObject, pod: StoredObject): readonly SlicePort[] {
  const ports: SlicePort[] = [];
  for (const { name = '', port, targetPort = port, protocol = 'TCP', appProtocol } of service.spec.ports ??
    []) {
    const number = resolvePort(pod, targetPort);
    if (number !== undefined)
      ports.push({ name, port: number, protocol, ...(appProtocol && { appProtocol }) });
  }
  return ports;
}

/** The number of a container port that is given by number or by name. */
export function resolvePort(pod: StoredObject, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  if (/^\d+$/.test(port)) return Number(port);
  const sidecars: readonly StoredObject[] = pod.spec.initContainers ?? [];
  for (const container of [
    ...(pod.spec.containers ?? []),
    ...sidecars.filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ]) {
    for (const declared of container.ports ?? []) {
      if (declared.name === port) return declared.containerPort;
    }
  }
  return undefined;
}
