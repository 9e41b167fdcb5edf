import { isJsonObject } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { configCopy, configKey, isConfigKind, keyOf } from '../slots/config-copies.ts';
import { type ConfigRef, configRefs, renameConfig } from './config-refs.ts';
import { type Desired, hashTemplate } from './desired.ts';

/** Which configuration is released, and taken back, together with the pods. */
export interface Versioning {
  /** `auto`: every ConfigMap of the manifests that the pod template reads. */
  readonly configs: 'auto' | 'none';
  /** Names of Secrets. */
  readonly secrets: readonly string[];
}

/**
 * Makes configuration part of what is released: the pod template names copies that are called by their content, and so
 * its hash covers the content, too. `found` are named Secrets that only the cluster has.
 */
export function versionConfig(
  desired: Desired,
  app: string,
  versioning: Versioning,
  found: readonly KubeObject[] = [],
): Desired {
  const namespace = String(desired.workload.metadata.namespace ?? '');
  const isVersioned = ({ kind, metadata }: KubeObject) =>
    (kind === 'ConfigMap' && versioning.configs === 'auto') ||
    (kind === 'Secret' && versioning.secrets.includes(metadata.name));
  const named = new Set(configRefs(desired.workload).map(configKey));
  const beside = [...desired.others, ...desired.later];
  const sources = [...beside, ...found].filter(
    (object) => isVersioned(object) && named.has(keyOf(object)) && object.metadata.namespace === namespace,
  );
  if (sources.length === 0) return desired;
  const copies = new Map(sources.map((source) => [keyOf(source), configCopy(source, app, namespace)]));
  const workload = renameConfig(
    desired.workload,
    (ref) => copies.get(configKey(ref))?.metadata.name ?? ref.name,
  );
  const stays = (object: KubeObject) => !copies.has(keyOf(object)) || isNamedBy(beside, object);
  return {
    ...desired,
    workload,
    others: desired.others.filter(stays),
    later: desired.later.filter(stays),
    copies: [...copies.values()],
    template: hashTemplate(workload),
  };
}

/** Whether another object of the manifests reads a ConfigMap or Secret: a CronJob, a resource of some operator. */
function isNamedBy(objects: readonly KubeObject[], config: KubeObject): boolean {
  return objects.some(
    (object) =>
      !isConfigKind(object.kind) && mentions({ ...object, metadata: undefined }, config.metadata.name),
  );
}

/** Whether a text stands anywhere in it. What is not meant as a name costs one apply too many, never one too few. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return value === name;
  if (Array.isArray(value)) return value.some((item) => mentions(item, name));
  return isJsonObject(value) && Object.values(value).some((inner) => mentions(inner, name));
}

/** References that a release leaves as they are: whoever changes these objects changes running pods. */
export function unversionedRefs({ workload, copies }: Desired): readonly ConfigRef[] {
  const copied = new Set(copies.map(keyOf));
  const refs = configRefs(workload).filter((ref) => !copied.has(configKey(ref)));
  return refs.filter(
    (ref, index) => refs.findIndex((other) => configKey(other) === configKey(ref)) === index,
  );
}
