import type { ResourceType } from '../store.ts';

/** The fields that identify an item of a list; `set` for lists of distinct plain values; undefined for atomic lists. */
export type ListKeys = readonly string[] | 'set' | undefined;

const inPodSpec: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  claims: ['name'],
};

const kindsWithPods = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** `path` are field names from the root, without the items of lists between them. */
export function listKeys(type: ResourceType, path: readonly string[]): ListKeys {
  const [root, second] = path;
  const field = path.at(-1) ?? '';
  if (root === 'metadata')
    return second === 'ownerReferences' ? ['uid'] : second === 'finalizers' ? 'set' : undefined;
  if (field === 'conditions' && root === 'status' && path.length === 2) return ['type'];
  if (type.kind === 'Service' && root === 'spec' && second === 'ports') return ['port', 'protocol'];
  if (type.kind === 'Gateway' && field === 'listeners') return ['name'];
  if (type.kind === 'ServiceAccount' && field === 'secrets') return ['name'];
  if (!kindsWithPods.has(type.kind) || root !== 'spec') return undefined;
  if (field === 'ports' && path.at(-2)?.endsWith('ontainers')) return ['containerPort', 'protocol'];
  return inPodSpec[field];
}

/** What an absent key field counts as. */
export const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' };

const atomicObjects = new Set([
  'labelSelector',
  'namespaceSelector',
  'podSelector',
  'fieldRef',
  'resourceFieldRef',
  'configMapKeyRef',
  'secretKeyRef',
  'secretRef',
  'configMapRef',
  'claimRef',
  'involvedObject',
]);

/** Objects that are owned and replaced as a whole. */
export function isAtomicObject(type: ResourceType, path: readonly string[]): boolean {
  const field = path.at(-1) ?? '';
  if (field === 'selector') return path.length === 2 && path[0] === 'spec';
  if (field === 'scaleTargetRef') return type.version === 'v1';
  if (type.kind === 'ControllerRevision') return field === 'data' && path.length === 1;
  return atomicObjects.has(field) && path[0] === 'spec';
}

const maps = new Set([
  'labels',
  'annotations',
  'data',
  'binaryData',
  'stringData',
  'nodeSelector',
  'limits',
  'requests',
]);

/** Objects whose keys are the user's: an emptied one disappears, and a foreign key in it is never removed with it. */
export function isMap(field: string): boolean {
  return maps.has(field);
}
