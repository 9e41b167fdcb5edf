import { at, canonicalJson, isJsonObject } from '../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../src/cluster/index.ts';

const kinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
] as const;

/** Metadata that a server or a clock gives, and that no two runs share. */
const passing = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'namespace',
] as const;
const passingAnnotations = ['streamgate.io/token', 'deployment.kubernetes.io/revision'];

/** A copy of the program that pods of a real cluster run: its hash knows the namespace, of which each trial has its own. */
const programCopy = /\b(shop-program)-[0-9a-f]{10}\b/g;

/** Each object of the namespace as one line, without what differs from run to run; journal and lease are left out. */
export async function listObjects(cluster: Cluster, namespace: string): Promise<string[]> {
  const lists = await Promise.all(kinds.map((kind) => cluster.list(kind, { namespace })));
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace });
  return [
    ...lists.flat().filter(isNoJournal).map(describeObject),
    ...pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(describePod),
  ]
    .map((line) => line.replaceAll(namespace, 'NAMESPACE').replaceAll(programCopy, '$1-HASH'))
    .sort();
}

function isNoJournal({ kind, metadata }: KubeObject): boolean {
  return !(kind === 'ConfigMap' && metadata.name.startsWith('streamgate-'));
}

function describeObject(object: KubeObject): string {
  const { kind, metadata } = object;
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !passing.some((name) => name === key)),
  );
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([key]) => !passingAnnotations.includes(key),
  );
  const rest = { ...kept, annotations: Object.fromEntries(annotations) };
  return `${kind} ${metadata.name} ${canonicalJson({ metadata: rest, body: bodyOf(object) })}`;
}

function bodyOf(object: KubeObject): unknown {
  if (object.kind === 'Service') return without(object.spec, ['clusterIP', 'clusterIPs']);
  // The hash of the template knows the names of the copies; the template itself is part of what is compared.
  if (object.kind === 'ControllerRevision') return without(object.data, ['createdAt', 'release', 'template']);
  // What stands in an empty slot is of no consequence: the next candidate replaces it whole.
  if (object.kind === 'Deployment' && at(object, 'spec', 'replicas') === 0) return 'empty slot';
  return object.spec ?? object.data;
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function describePod({ metadata, spec }: KubeObject): string {
  const slot = metadata.labels?.['streamgate.io/slot'] ?? 'none';
  return `Pod of ${slot} ${canonicalJson(at(spec, 'containers', 0, 'env') ?? [])}`;
}
