import { at, isJsonObject } from '../../base/index.ts';
import { type KubeObject, tokenAnnotation } from '../../cluster/index.ts';
import {
  deploymentRef,
  type Names,
  ourLabels,
  revisionRef,
  type Slot,
  slotLabel,
  slotServiceRef,
} from './names.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields of a Service that the API server fills in or that cannot stand in two Services. */
const servedFields = [
  'clusterIP',
  'clusterIPs',
  'healthCheckNodePort',
  'externalIPs',
  'loadBalancerIP',
  'type',
  // Allowed only where the type is NodePort or LoadBalancer.
  'externalTrafficPolicy',
  'allocateLoadBalancerNodePorts',
  'loadBalancerClass',
  'loadBalancerSourceRanges',
];

/** Annotations of the user's Service that also matter on a backend: how a proxy should talk to it. */
export const copiedAnnotations = [
  'service.kubernetes.io/topology-mode',
  'traefik.ingress.kubernetes.io/service.serversscheme',
];

/** A pod template that belongs to one slot. Every label of the user stays, so that policies and monitors go on matching. */
export function slotTemplate(template: Fields, slot: Slot): Fields {
  const metadata = (template.metadata ?? {}) as Fields;
  const labels = (metadata.labels ?? {}) as Fields;
  return { ...template, metadata: { ...metadata, labels: { ...labels, [slotLabel]: slot } } };
}

/** The Deployment of a slot, made of the user's. */
export function slotDeployment(
  workload: KubeObject,
  names: Names,
  slot: Slot,
  replicas: number,
  token: number,
): KubeObject {
  const spec = workload.spec as Fields;
  const matchLabels = at(spec, 'selector', 'matchLabels') as Fields;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ourMeta(names, deploymentRef(names, slot).name, slot, token),
    spec: {
      ...spec,
      replicas,
      selector: { ...(spec.selector as Fields), matchLabels: { ...matchLabels, [slotLabel]: slot } },
      template: slotTemplate(spec.template as Fields, slot),
    },
  };
}

/** The Service of a slot: the user's, narrowed to the slot and reachable inside the cluster only. */
export function slotService(service: KubeObject, names: Names, slot: Slot, token: number): KubeObject {
  const spec = service.spec as Fields;
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !servedFields.includes(key)));
  const given = Object.entries(service.metadata.annotations ?? {});
  const annotations = Object.fromEntries(given.filter(([key]) => copiedAnnotations.includes(key)));
  const metadata = ourMeta(names, slotServiceRef(names, slot).name, slot, token);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } },
    spec: {
      ...kept,
      ports: portsWithoutNodePorts(spec.ports),
      selector: { ...(spec.selector as Fields), [slotLabel]: slot },
    },
  };
}

/** A Service as the user gave it, selecting only one slot: the app's own, or one that follows it. */
export function guidedService(service: KubeObject, slot: Slot): KubeObject {
  const spec = service.spec as Fields;
  return { ...service, spec: { ...spec, selector: { ...(spec.selector as Fields), [slotLabel]: slot } } };
}

/** What a rollback needs to bring a version back long after its pods are gone. */
export interface RevisionData {
  /** The user's Deployment and Service as they were released. */
  readonly workload: KubeObject;
  readonly service: KubeObject;
  /** Further Services that move with it. Revisions of older versions have none. */
  readonly followers?: readonly KubeObject[];
  /** The user's autoscaler as it was released; left out where there was none. */
  readonly autoscalers?: readonly KubeObject[];
  /** `sha256:` of the pod template. */
  readonly template: string;
  readonly release: string;
  readonly commit: string;
  readonly createdAt: string;
  /** Image digests by container, as the pods reported them. */
  readonly digests: Readonly<Record<string, string>>;
}

export function revisionObject(
  names: Names,
  slot: Slot,
  revision: number,
  data: RevisionData,
  token: number,
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: ourMeta(names, revisionRef(names, revision).name, slot, token),
    revision,
    data,
  };
}

/** Metadata of an object that we create for one slot. */
export function ourMeta(names: Names, name: string, slot: Slot, token: number): KubeObject['metadata'] {
  return {
    name,
    namespace: names.namespace,
    labels: { ...ourLabels(names.app), [slotLabel]: slot },
    annotations: { [tokenAnnotation]: String(token) },
  };
}

function portsWithoutNodePorts(ports: unknown): unknown {
  if (!Array.isArray(ports)) return ports;
  // What is no port is left for the server to refuse.
  return ports.map((port: unknown) =>
    isJsonObject(port)
      ? Object.fromEntries(Object.entries(port).filter(([key]) => key !== 'nodePort'))
      : port,
  );
}
