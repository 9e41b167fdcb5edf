import { fieldsAt, isJsonObject, type JsonObject } from '../../base/index.ts';
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
function slotTemplate(template: JsonObject, slot: Slot): JsonObject {
  const labels = { ...fieldsAt(template, 'metadata', 'labels'), [slotLabel]: slot };
  return { ...template, metadata: { ...fieldsAt(template, 'metadata'), labels } };
}

/** The Deployment of a slot, made of the user's. */
export function slotDeployment(
  workload: KubeObject,
  names: Names,
  slot: Slot,
  replicas: number,
  token: number,
): KubeObject {
  const spec = fieldsAt(workload, 'spec');
  const matchLabels = { ...fieldsAt(spec, 'selector', 'matchLabels'), [slotLabel]: slot };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ourMeta(names, deploymentRef(names, slot).name, slot, token),
    spec: {
      ...spec,
      replicas,
      selector: { ...fieldsAt(spec, 'selector'), matchLabels },
      template: slotTemplate(fieldsAt(spec, 'template'), slot),
    },
  };
}

/** The Service of a slot: the user's, narrowed to the slot and reachable inside the cluster only. */
export function slotService(service: KubeObject, names: Names, slot: Slot, token: number): KubeObject {
  const spec = fieldsAt(service, 'spec');
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
      selector: { ...fieldsAt(spec, 'selector'), [slotLabel]: slot },
    },
  };
}

/** A Service as the user gave it, selecting only one slot: the app's own, or one that follows it. */
export function guidedService(service: KubeObject, slot: Slot): KubeObject {
  const selector = { ...fieldsAt(service, 'spec', 'selector'), [slotLabel]: slot };
  return { ...service, spec: { ...fieldsAt(service, 'spec'), selector } };
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
