import { ApiError, invalid } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { wrong } from './field-errors.ts';

/** What the API server decides itself after it filled in defaults, so that no manager owns it. */
export function admit(store: Store, object: StoredObject, serviceNetwork: string | undefined): StoredObject {
  const { kind, spec } = object;
  if (kind === 'Service') return allocateAddress(store, object, serviceNetwork);
  if (kind === 'Namespace') return { ...object, spec: { finalizers: ['kubernetes'], ...spec } };
  if (kind === 'Pod' && spec) return { ...object, spec: { ...podSpecByAdmission, ...spec } };
  return object;
}

const podSpecByAdmission = {
  preemptionPolicy: 'PreemptLowerPriority',
  priority: 0,
  tolerations: ['not-ready', 'unreachable'].map((condition) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
};

/** Gives a Service its cluster IP in a /16 network and node ports, when its type wants them and it has none. */
function allocateAddress(store: Store, service: StoredObject, network = '10.96'): StoredObject {
  const { spec } = service;
  if (spec === undefined || spec.type === 'ExternalName') return service;
  const others = store
    .list(resources.services, '')
    .filter(
      ({ metadata: { name, namespace } }) =>
        name !== service.metadata.name || namespace !== service.metadata.namespace,
    );
  const addresses = new Set(others.map((other) => other.spec?.clusterIP));
  const clusterIP =
    spec.clusterIP || firstFree(1, 65_534, addresses, (n) => `${network}.${n >> 8}.${n & 255}`);
  const taken = new Set(
    others.flatMap((other) => (other.spec?.ports ?? []).map((port: StoredObject[string]) => port.nodePort)),
  );
  const exposed = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const conflicts: readonly StoredObject[string][] = spec.ports ?? [];
  const errors = conflicts.flatMap(({ nodePort }, index) =>
    nodePort !== undefined && taken.has(nodePort)
      ? [wrong(`spec.ports[${index}].nodePort`, nodePort, 'provided port is already allocated')]
      : [],
  );
  if (errors.length > 0) throw invalid(resources.services, service.metadata.name, errors);
  const ports = spec.ports?.map((port: StoredObject[string]) => {
    if (!exposed || port.nodePort) return port;
    const nodePort = firstFree(30_000, 32_767, taken, (n) => n);
    taken.add(nodePort);
    return { ...port, nodePort };
  });
  return {
    ...service,
    spec: {
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ...spec,
      clusterIP,
      clusterIPs: [clusterIP],
      ...(ports && { ports }),
    },
  };
}

/** The first that nobody has; `show` says how the n-th is written. */
function firstFree<T>(
  low: number,
  high: number,
  taken: ReadonlySet<unknown>,
  show: (candidate: number) => T,
): T {
  for (let candidate = low; candidate <= high; candidate++) {
    if (!taken.has(show(candidate))) return show(candidate);
  }
  throw new ApiError('InternalError', 'the range of addresses or node ports is exhausted');
}
