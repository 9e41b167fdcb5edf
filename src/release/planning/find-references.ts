import { at, isJsonObject } from '../../base/index.ts';
import { describeRef, type KindRef, type KubeObject, refOf } from '../../cluster/index.ts';

/** A kind that may name the app's Service or Deployment, and what becomes of that in a release. */
export interface NamingKind extends KindRef {
  readonly names: 'Service' | 'Deployment';
  readonly consequence: string;
}

const notOnSlots = 'while traffic moves, the route sends to the slots, which it does not cover';
const findsNothing = 'the pods belong to the Deployments of the slots, so it finds none';
const notMoved = 'it is not moved, and follows only when the Service does, after the weights';
const gateway = 'gateway.networking.k8s.io';

/** Asked for in a plan where the cluster knows them: those of the Gateway API, meshes, scalers and Prometheus. */
export const namingKinds: readonly NamingKind[] = [
  {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    names: 'Deployment',
    consequence: findsNothing,
  },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', names: 'Deployment', consequence: findsNothing },
  {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'BackendTrafficPolicy',
    names: 'Service',
    consequence: notOnSlots,
  },
  { apiVersion: `${gateway}/v1`, kind: 'BackendTLSPolicy', names: 'Service', consequence: notOnSlots },
  { apiVersion: `${gateway}/v1alpha3`, kind: 'BackendTLSPolicy', names: 'Service', consequence: notOnSlots },
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    names: 'Service',
    consequence: notOnSlots,
  },
  { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', names: 'Service', consequence: notMoved },
  { apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', names: 'Service', consequence: notMoved },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', names: 'Service', consequence: notMoved },
  { apiVersion: `${gateway}/v1`, kind: 'GRPCRoute', names: 'Service', consequence: notMoved },
  { apiVersion: `${gateway}/v1`, kind: 'HTTPRoute', names: 'Service', consequence: notMoved },
];

/** Keys under which other kinds put the name of a Service or workload. */
const nameKeys = new Set(['name', 'host', 'serviceName']);
/** Keys above them that make a name one of a backend or target, not of a port or a container. */
const holders = /^(backend(Ref)?s?|targetRefs?|scaleTargetRef|services?|destination|host|spec|service)$/;

/** Where an object names the app, as paths: `spec.targetRefs[0].name`; none when it does not. */
export function namedAt(
  object: KubeObject,
  { names }: Pick<NamingKind, 'names'>,
  wanted: string,
): readonly string[] {
  const namespace = object.metadata.namespace ?? '';
  const aliases = new Set([
    wanted,
    `${wanted}.${namespace}`,
    `${wanted}.${namespace}.svc`,
    `${wanted}.${namespace}.svc.cluster.local`,
  ]);
  return search(object.spec, ['spec'], (path, value, holder) => {
    const key = path.at(-1) ?? '';
    const above = path.filter((part) => !/^\d+$/.test(part)).at(-2) ?? '';
    const kind = at(holder, 'kind') ?? names;
    return nameKeys.has(key) && holders.test(above) && kind === names && aliases.has(value);
  });
}

function search(
  value: unknown,
  path: readonly string[],
  matches: (path: readonly string[], value: string, holder: unknown) => boolean,
  holder?: unknown,
): readonly string[] {
  if (typeof value === 'string') return matches(path, value, holder) ? [pathText(path)] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => search(item, [...path, String(index)], matches, holder));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => search(inner, [...path, key], matches, value));
}

function pathText(path: readonly string[]): string {
  return path.reduce(
    (text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** What to tell a person about one object that names the app. */
export function referenceWarning(object: KubeObject, kind: NamingKind, wanted: string, path: string): string {
  return `${describeRef(refOf(object))} names ${kind.names} ${wanted} at ${path}: ${kind.consequence}.`;
}
