import type { ResourceType } from './store.ts';

/**
 * Every kind that is known from the start, by its plural name: `apiVersion Kind`, then `cluster` when it has no
 * namespace, its subresources, and its short names behind colons.
 */
const rows = {
  namespaces: 'v1 Namespace cluster status :ns',
  nodes: 'v1 Node cluster status :no',
  pods: 'v1 Pod status log portforward eviction :po',
  services: 'v1 Service status :svc',
  configmaps: 'v1 ConfigMap :cm',
  secrets: 'v1 Secret',
  serviceaccounts: 'v1 ServiceAccount :sa',
  events: 'v1 Event :ev',
  persistentvolumeclaims: 'v1 PersistentVolumeClaim status :pvc',
  resourcequotas: 'v1 ResourceQuota status :quota',
  limitranges: 'v1 LimitRange :limits',
  deployments: 'apps/v1 Deployment status scale :deploy',
  replicasets: 'apps/v1 ReplicaSet status scale :rs',
  statefulsets: 'apps/v1 StatefulSet status scale :sts',
  daemonsets: 'apps/v1 DaemonSet status :ds',
  controllerrevisions: 'apps/v1 ControllerRevision',
  jobs: 'batch/v1 Job status',
  cronjobs: 'batch/v1 CronJob status :cj',
  horizontalpodautoscalers: 'autoscaling/v2 HorizontalPodAutoscaler status :hpa',
  poddisruptionbudgets: 'policy/v1 PodDisruptionBudget status :pdb',
  networkpolicies: 'networking.k8s.io/v1 NetworkPolicy :netpol',
  ingressclasses: 'networking.k8s.io/v1 IngressClass cluster',
  ingresses: 'networking.k8s.io/v1 Ingress status :ing',
  endpointslices: 'discovery.k8s.io/v1 EndpointSlice',
  leases: 'coordination.k8s.io/v1 Lease',
  roles: 'rbac.authorization.k8s.io/v1 Role',
  rolebindings: 'rbac.authorization.k8s.io/v1 RoleBinding',
  clusterroles: 'rbac.authorization.k8s.io/v1 ClusterRole cluster',
  clusterrolebindings: 'rbac.authorization.k8s.io/v1 ClusterRoleBinding cluster',
  apiservices: 'apiregistration.k8s.io/v1 APIService cluster status',
  validatingwebhookconfigurations: 'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration cluster',
  mutatingwebhookconfigurations: 'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration cluster',
  priorityclasses: 'scheduling.k8s.io/v1 PriorityClass cluster :pc',
  storageclasses: 'storage.k8s.io/v1 StorageClass cluster :sc',
  persistentvolumes: 'v1 PersistentVolume cluster status :pv',
  gatewayclasses: 'gateway.networking.k8s.io/v1 GatewayClass cluster status :gc',
  gateways: 'gateway.networking.k8s.io/v1 Gateway status :gtw',
  httproutes: 'gateway.networking.k8s.io/v1 HTTPRoute status',
  referencegrants: 'gateway.networking.k8s.io/v1beta1 ReferenceGrant :refgrant',
  customresourcedefinitions: 'apiextensions.k8s.io/v1 CustomResourceDefinition cluster status :crd :crds',
} as const;

function readRow(resource: string, row: string): ResourceType {
  const [apiVersion = '', kind = '', ...words] = row.split(' ');
  const shortNames = words.filter((word) => word.startsWith(':')).map((word) => word.slice(1));
  return {
    ...splitApiVersion(apiVersion),
    resource,
    kind,
    namespaced: !words.includes('cluster'),
    subresources: words.filter((word) => word !== 'cluster' && !word.startsWith(':')),
    ...(shortNames.length === 0 ? {} : { shortNames }),
  };
}

export const resources = Object.fromEntries(
  Object.entries(rows).map(([resource, row]) => [resource, readRow(resource, row)]),
) as Readonly<Record<keyof typeof rows, ResourceType>>;

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
