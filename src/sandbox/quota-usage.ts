import { readQuantity } from './quantity.ts';
import type { NewObject, ResourceType, StoredObject } from './store.ts';

/** Amounts by the names that a ResourceQuota uses: `pods`, `requests.cpu`, `count/deployments.apps`. */
export type Usage = ReadonlyMap<string, number>;

/** Kinds that have a name of their own in quotas, beside `count/…`. */
const namedKinds = new Set([
  'services',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
  'resourcequotas',
  'replicationcontrollers',
]);

const computeNames = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** What one object takes of every quota that could name it. */
export function usageOf(type: ResourceType, object: NewObject, nowMs: number): Usage {
  const count = `count/${type.group ? `${type.resource}.${type.group}` : type.resource}`;
  const usage = new Map([[count, 1]]);
  if (type.group !== '') return usage;
  if (namedKinds.has(type.resource)) usage.set(type.resource, 1);
  if (type.resource === 'services') {
    const { type: kind, ports = [] } = object.spec ?? {};
    usage.set('services.loadbalancers', kind === 'LoadBalancer' ? 1 : 0);
    usage.set('services.nodeports', kind === 'NodePort' || kind === 'LoadBalancer' ? ports.length : 0);
  }
  if (type.resource !== 'pods' || isOver(object, nowMs)) return usage;
  usage.set('pods', 1);
  for (const name of computeNames) usage.set(name, podAmount(object, name));
  return usage;
}

/** A pod that has ended, or whose grace period has, takes no room any more. */
function isOver({ metadata, status }: NewObject, nowMs: number): boolean {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return true;
  return metadata.deletionTimestamp !== undefined && Date.parse(metadata.deletionTimestamp) < nowMs;
}

/** Containers run together, init containers before them and one by one: except those that stay, which are sidecars. */
function podAmount({ spec }: NewObject, name: string): number {
  const containers: readonly StoredObject[] = spec?.containers ?? [];
  const inits: readonly StoredObject[] = spec?.initContainers ?? [];
  const sum = (list: readonly StoredObject[]) =>
    list.reduce((total, container) => total + amountOf(container, name), 0);
  const sidecars = sum(inits.filter(({ restartPolicy }) => restartPolicy === 'Always'));
  const first = inits.filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const largest = Math.max(0, ...first.map((container) => amountOf(container, name)));
  return Math.max(sum(containers) + sidecars, largest + sidecars);
}

function amountOf(container: StoredObject, name: string): number {
  return readQuantity(sourceOf(container, name));
}

/** `cpu` means requests, `limits.cpu` limits; a limit alone counts as the request, too. */
function sourceOf({ resources = {} }: StoredObject, name: string): unknown {
  const [, side = 'requests', resource = name] = /^(requests|limits)\.(.*)$/.exec(name) ?? [];
  const limit = resources.limits?.[resource];
  return side === 'limits' ? limit : (resources.requests?.[resource] ?? limit);
}

/** Compute resources of the quota that a container of the pod leaves open, as the API server words it; empty: none. */
export function describeOpenResources({ spec }: NewObject, limited: readonly string[]): string {
  const containers: readonly StoredObject[] = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return computeNames
    .filter((name) => limited.includes(name))
    .map((name) => {
      const open = containers.filter((container) => sourceOf(container, name) === undefined);
      return { name, containers: [...new Set(open.map((container) => String(container.name)))].sort() };
    })
    .filter((entry) => entry.containers.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => `${entry.name} for: ${entry.containers.join(',')}`)
    .join('; ');
}
