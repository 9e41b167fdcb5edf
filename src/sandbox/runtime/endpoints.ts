import type { Clock, Milliseconds } from '../../base/index.ts';
import { watchLate } from '../late-view.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';

/** One pod's port behind a Service. */
export interface Endpoint {
  readonly namespace: string;
  readonly pod: string;
  readonly address: string;
  readonly port: number;
}

/** The ready endpoints of one port of one Service; the same object for as long as the proxies run. */
export interface EndpointSet {
  ready: readonly Endpoint[];
  /** Takes them in turn; undefined when there are none. */
  next(): Endpoint | undefined;
}

/** What the proxies know of endpoints, which is what the EndpointSlices said a moment ago. */
export interface EndpointView {
  /** By the port's name, which is empty when the Service does not name it. */
  of(namespace: string, service: string, portName: string): EndpointSet;
  stop(): void;
}

export function watchEndpoints(
  store: Store,
  clock: Clock,
  delayMs: () => Milliseconds,
  onChange: (namespace: string, service: string) => void,
): EndpointView {
  const sets = new Map<string, EndpointSet>();
  const slices = watchLate(store, clock, delayMs, resources.endpointslices, (_key, slice, previous) => {
    const either = slice ?? previous;
    if (either !== undefined) refresh(serviceKey(either));
  });

  function refresh(service: string): void {
    for (const [key, set] of sets) {
      if (key.startsWith(`${service}/`)) set.ready = readyOf(service, key.slice(service.length + 1));
    }
    const [namespace = '', name = ''] = service.split('/');
    onChange(namespace, name);
  }

  function readyOf(service: string, portName: string): readonly Endpoint[] {
    const own = [...slices.objects.values()].filter((slice) => serviceKey(slice) === service);
    return own.flatMap((slice) => endpointsOf(slice, portName));
  }

  return {
    of(namespace, service, portName) {
      const key = `${namespace}/${service}/${portName}`;
      const known = sets.get(key);
      if (known !== undefined) return known;
      let turn = 0;
      const set: EndpointSet = {
        ready: readyOf(`${namespace}/${service}`, portName),
        next: () => set.ready[turn++ % (set.ready.length || 1)],
      };
      sets.set(key, set);
      return set;
    },
    stop: slices.stop,
  };
}

function serviceKey({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`;
}

function endpointsOf(slice: StoredObject, portName: string): readonly Endpoint[] {
  const ports: readonly StoredObject[] = slice.ports ?? [];
  const port = ports.find(({ name = '' }) => name === portName)?.port;
  if (port === undefined) return [];
  const endpoints: readonly StoredObject[] = slice.endpoints ?? [];
  return endpoints
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ addresses, targetRef }) => ({
      namespace: slice.metadata.namespace ?? '',
      pod: targetRef?.name ?? '',
      address: addresses[0],
      port,
    }));
}
