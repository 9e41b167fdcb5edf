import { at, listAt } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import type { Names } from '../release/index.ts';
import { doorsTo, type IngressDoor, ingressKind } from '../traffic/index.ts';
import {
  addressOrNone,
  authorityOf,
  givenTarget,
  type ProbeInputs,
  type ProbeTarget,
  publicName,
  unknownTarget,
} from './probe-target.ts';

export interface ServicePlace {
  readonly cluster: Cluster;
  readonly names: Names;
  /** What the manifests bring along; an Ingress that is not there yet still says its public name. */
  readonly given: readonly KubeObject[];
  /** The prober is itself in the cluster, and reaches the Service by its name. */
  readonly inside: boolean;
}

/** An Ingress that sends to the app, with the rule that does. */
interface Front {
  readonly ingress: KubeObject;
  readonly door: IngressDoor;
}

/**
 * The entry point of an app that no route leads to: as given, else that of an Ingress that sends to its Service, else the
 * Service's own address of its load balancer, else, for a prober inside the cluster, its name.
 */
export async function findServiceTarget(inputs: ProbeInputs, place: ServicePlace): Promise<ProbeTarget> {
  const { cluster, names, given, inside } = place;
  const { namespace, entry } = names;
  const fronts = frontsOf([...(await cluster.list(ingressKind, { namespace })), ...given], entry);
  const [first] = fronts;
  const target = givenTarget(inputs, publicName(first?.door.host));
  if (target !== undefined) return target;
  for (const { ingress, door } of fronts) {
    const url = ingressUrl(ingress, door);
    if (url !== undefined) return { url, host: publicName(door.host) };
  }
  const ref = { apiVersion: 'v1', kind: 'Service', namespace, name: entry };
  const service =
    (await cluster.get(ref)) ??
    given.find(({ kind, metadata }) => kind === 'Service' && metadata.name === entry);
  const address = addressOf(service) ?? (inside ? `${entry}.${namespace}.svc` : undefined);
  const url = service === undefined || address === undefined ? undefined : serviceUrl(service, address);
  if (url !== undefined) return { url, host: undefined };
  throw unknownTarget('an Ingress that sends to the Service, or the Service itself, publishes an address');
}

function frontsOf(objects: readonly KubeObject[], service: string): readonly Front[] {
  return objects
    .filter(({ kind }) => kind === 'Ingress')
    .flatMap((ingress) => doorsTo(ingress, service).map((door) => ({ ingress, door })));
}

function ingressUrl(ingress: KubeObject, { host, path }: IngressDoor): URL | undefined {
  const address = addressOf(ingress);
  if (address === undefined) return undefined;
  return addressOrNone(`${isSecure(ingress, host) ? 'https' : 'http'}://${authorityOf(address)}${path}`);
}

/** An entry of `tls` without hosts is for all of them. */
function isSecure(ingress: KubeObject, host: string | undefined): boolean {
  return listAt(ingress, 'spec', 'tls').some((entry) => {
    const hosts = listAt(entry, 'hosts');
    return hosts.length === 0 || hosts.includes(host);
  });
}

/** What a load balancer answers on, as the status of its Ingress or Service says. */
function addressOf(object: KubeObject | undefined): string | undefined {
  const front = at(object, 'status', 'loadBalancer', 'ingress', 0);
  const address = at(front, 'ip') ?? at(front, 'hostname');
  return typeof address === 'string' && address !== '' ? address : undefined;
}

function serviceUrl(service: KubeObject, address: string): URL | undefined {
  const ports = listAt(service, 'spec', 'ports');
  const port = ports.find((one) => (at(one, 'protocol') ?? 'TCP') === 'TCP');
  const number = Number(at(port, 'port'));
  const secure = number === 443 || [at(port, 'name'), at(port, 'appProtocol')].includes('https');
  return addressOrNone(`${secure ? 'https' : 'http'}://${authorityOf(address)}:${number}/`);
}
