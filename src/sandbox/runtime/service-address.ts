import { StreamGateError } from '../../base/index.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';

/** A port of a Service, by its number or its name; without either the only one. Throws when there is none. */
export function findServicePort(
  store: Store,
  namespace: string,
  name: string,
  wanted?: number | string,
): { readonly service: StoredObject; readonly port: number; readonly portName: string } {
  const service = store.get(resources.services, namespace, name);
  if (service === undefined) throw missing(`there is no Service ${namespace}/${name}`);
  const ports: readonly StoredObject[] = service.spec?.ports ?? [];
  const matching = ports.filter(
    (declared) => wanted === undefined || declared.port === wanted || declared.name === wanted,
  );
  const [found, ...others] = matching;
  if (found === undefined) throw missing(`Service ${namespace}/${name} has no port ${wanted ?? ''}`.trim());
  if (others.length > 0) throw missing(`Service ${namespace}/${name} has several ports: name one`);
  return { service, port: Number(found.port), portName: String(found.name ?? '') };
}

/**
 * Where a caller inside the cluster reaches a Service: its own address, or that of a ready pod when it is headless, as
 * its DNS name would say.
 */
export function serviceAddress(
  store: Store,
  namespace: string,
  name: string,
  wanted?: number | string,
): { readonly host: string; readonly port: number } {
  const { service, port, portName } = findServicePort(store, namespace, name, wanted);
  const { clusterIP } = service.spec;
  if (clusterIP !== 'None') {
    if (typeof clusterIP === 'string' && clusterIP.startsWith('127.')) return { host: clusterIP, port };
    throw missing(`Service ${namespace}/${name} has no address of its own here`);
  }
  for (const slice of store.list(resources.endpointslices, namespace)) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== name) continue;
    const ready = slice.endpoints?.find((endpoint: StoredObject) => endpoint.conditions?.ready !== false);
    const open = slice.ports?.find((candidate: StoredObject) => (candidate.name ?? '') === portName);
    if (ready && open) return { host: ready.addresses[0], port: open.port };
  }
  throw missing(`no pod behind the headless Service ${namespace}/${name} is ready`);
}

function missing(what: string): StreamGateError {
  return new StreamGateError('NotFound', what);
}
