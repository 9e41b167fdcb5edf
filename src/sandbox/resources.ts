import type { ResourceType } from './store.ts';

type Extras = Partial<Pick<ResourceType, 'namespaced' | 'subresources' | 'shortNames'>>;

function define(
  group: string,
  version: string,
  resource: string,
  kind: string,
  extras: Extras = {},
): ResourceType {
  return { group, version, resource, kind, namespaced: true, subresources: [], ...extras };
}

const cluster = { namespaced: false } as const;
const status = { subresources: ['status'] } as const;
const scalable = { subresources: ['status', 'scale'] } as const;
const gateway = 'gateway.networking.k8s.io';
const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';

/** Every kind that is known from the start, by its plural name. */
export const resources = {
  namespaces: define('', 'v1', 'namespaces', 'Namespace', { ...cluster, ...status, shortNames: ['ns'] }),
  nodes: define('', 'v1', 'nodes', 'Node', { ...cluster, ...status, shortNames: ['no'] }),
  pods: define('', 'v1', 'pods', 'Pod', {
    subresources: ['status', 'log', 'portforward', 'eviction'],
    shortNames: ['po'],
  }),
  services: define('', 'v1', 'services', 'Service', { ...status, shortNames: ['svc'] }),
  configmaps: define('', 'v1', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  secrets: define('', 'v1', 'secrets', 'Secret'),
  serviceaccounts: define('', 'v1', 'serviceaccounts', 'ServiceAccount', { shortNames: ['sa'] }),
  events: define('', 'v1', 'events', 'Event', { shortNames: ['ev'] }),
  persistentvolumeclaims: define('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', {
    ...status,
    shortNames: ['pvc'],
  }),
  resourcequotas: define('', 'v1', 'resourcequotas', 'ResourceQuota', { ...status, shortNames: ['quota'] }),
  limitranges: define('', 'v1', 'limitranges', 'LimitRange', { shortNames: ['limits'] }),
  deployments: define('apps', 'v1', 'deployments', 'Deployment', { ...scalable, shortNames: ['deploy'] }),
  replicasets: define('apps', 'v1', 'replicasets', 'ReplicaSet', { ...scalable, shortNames: ['rs'] }),
  statefulsets: define('apps', 'v1', 'statefulsets', 'StatefulSet', { ...scalable, shortNames: ['sts'] }),
  daemonsets: define('apps', 'v1', 'daemonsets', 'DaemonSet', { ...status, shortNames: ['ds'] }),
  controllerrevisions: define('apps', 'v1', 'controllerrevisions', 'ControllerRevision'),
  jobs: define('batch', 'v1', 'jobs', 'Job', status),
  cronjobs: define('batch', 'v1', 'cronjobs', 'CronJob', { ...status, shortNames: ['cj'] }),
  horizontalpodautoscalers: define(
    'autoscaling',
    'v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    {
      ...status,
      shortNames: ['hpa'],
    },
  ),
  poddisruptionbudgets: define('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget', {
    ...status,
    shortNames: ['pdb'],
  }),
  networkpolicies: define('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy', {
    shortNames: ['netpol'],
  }),
  ingressclasses: define('networking.k8s.io', 'v1', 'ingressclasses', 'IngressClass', cluster),
  ingresses: define('networking.k8s.io', 'v1', 'ingresses', 'Ingress', { ...status, shortNames: ['ing'] }),
  endpointslices: define('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  leases: define('coordination.k8s.io', 'v1', 'leases', 'Lease'),
  roles: define(rbac, 'v1', 'roles', 'Role'),
  rolebindings: define(rbac, 'v1', 'rolebindings', 'RoleBinding'),
  clusterroles: define(rbac, 'v1', 'clusterroles', 'ClusterRole', cluster),
  clusterrolebindings: define(rbac, 'v1', 'clusterrolebindings', 'ClusterRoleBinding', cluster),
  apiservices: define('apiregistration.k8s.io', 'v1', 'apiservices', 'APIService', { ...cluster, ...status }),
  validatingwebhookconfigurations: define(
    admission,
    'v1',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
    cluster,
  ),
  mutatingwebhookconfigurations: define(
    admission,
    'v1',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
    cluster,
  ),
  priorityclasses: define('scheduling.k8s.io', 'v1', 'priorityclasses', 'PriorityClass', {
    ...cluster,
    shortNames: ['pc'],
  }),
  storageclasses: define('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass', {
    ...cluster,
    shortNames: ['sc'],
  }),
  persistentvolumes: define('', 'v1', 'persistentvolumes', 'PersistentVolume', {
    ...cluster,
    ...status,
    shortNames: ['pv'],
  }),
  gatewayclasses: define(gateway, 'v1', 'gatewayclasses', 'GatewayClass', {
    ...cluster,
    ...status,
    shortNames: ['gc'],
  }),
  gateways: define(gateway, 'v1', 'gateways', 'Gateway', { ...status, shortNames: ['gtw'] }),
  httproutes: define(gateway, 'v1', 'httproutes', 'HTTPRoute', status),
  referencegrants: define(gateway, 'v1beta1', 'referencegrants', 'ReferenceGrant', {
    shortNames: ['refgrant'],
  }),
  customresourcedefinitions: define(
    'apiextensions.k8s.io',
    'v1',
    'customresourcedefinitions',
    'CustomResourceDefinition',
    {
      ...cluster,
      ...status,
      shortNames: ['crd', 'crds'],
    },
  ),
} as const satisfies Readonly<Record<string, ResourceType>>;

/** The same objects seen through another version of their group. */
const otherVersions: readonly ResourceType[] = [
  { ...resources.horizontalpodautoscalers, version: 'v1' },
  { ...resources.httproutes, version: 'v1beta1' },
  { ...resources.gateways, version: 'v1beta1' },
  { ...resources.gatewayclasses, version: 'v1beta1' },
  { ...resources.referencegrants, version: 'v1' },
  { ...resources.events, group: 'events.k8s.io', version: 'v1' },
];

/** The kinds that one sandbox serves: the table above, and those that it learned. */
export interface Catalog {
  all(): readonly ResourceType[];
  /** By what a path names. */
  find(group: string, version: string, resource: string): ResourceType | undefined;
  /** By what an object or an ownerReference names; another version of the same group will do. */
  findKind(apiVersion: string, kind: string): ResourceType | undefined;
  /** Serves a further kind from now on. */
  learn(type: ResourceType): void;
}

export function createCatalog(): Catalog {
  const builtIn: readonly ResourceType[] = [...Object.values(resources), ...otherVersions];
  let learned: readonly ResourceType[] = [];
  const all = () => [...builtIn, ...learned];
  const find: Catalog['find'] = (group, version, resource) =>
    all().find((type) => type.group === group && type.version === version && type.resource === resource);
  return {
    all,
    find,
    findKind(apiVersion, kind) {
      const { group, version } = splitApiVersion(apiVersion);
      const matching = all().filter((type) => type.group === group && type.kind === kind);
      return matching.find((type) => type.version === version) ?? matching[0];
    },
    learn(type) {
      if (find(type.group, type.version, type.resource) === undefined) learned = [...learned, type];
    },
  };
}

export function apiVersionOf(type: Pick<ResourceType, 'group' | 'version'>): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** Where objects of a type are stored: versions of a kind, and both groups of events, share one place. */
export function storageKey(type: Pick<ResourceType, 'group' | 'resource'>): string {
  const group = type.group === 'events.k8s.io' ? '' : type.group;
  return `${group}/${type.resource}`;
}
