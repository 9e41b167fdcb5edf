import { equalJson } from '../../base/index.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { namespaceOf } from './controller.ts';
import type { RecordEvent } from './events.ts';
import { controllerOf, controllerReference, isControlledBy, matchesSelector } from './labels.ts';
import { templateHash } from './names.ts';
import { resolveLimits, type SetSize } from './rollout.ts';

const hashLabel = 'pod-template-hash';
export const revisionKey = 'deployment.kubernetes.io/revision';
const historyKey = 'deployment.kubernetes.io/revision-history';
const desiredKey = 'deployment.kubernetes.io/desired-replicas';
const maxKey = 'deployment.kubernetes.io/max-replicas';
/** Annotations that belong to the Deployment alone. */
const ownAnnotations = [
  revisionKey,
  historyKey,
  desiredKey,
  maxKey,
  'kubectl.kubernetes.io/last-applied-configuration',
];

export interface FoundSets {
  /** Oldest first. */
  readonly all: readonly StoredObject[];
  /** The one whose template is the Deployment's. */
  readonly current: StoredObject | undefined;
  readonly old: readonly StoredObject[];
}

/** The ReplicaSets of Deployments: finding, making, scaling and dropping them. */
export interface ReplicaSets {
  find(deployment: StoredObject): FoundSets;
  /** Makes the set of the present template when there is none, and gives it the newest revision. */
  ensureCurrent(deployment: StoredObject, found: FoundSets): StoredObject;
  scale(deployment: StoredObject, name: string, replicas: number): void;
  /** Whether it was last scaled for the size that the Deployment has now. */
  isScaledFor(deployment: StoredObject, set: StoredObject): boolean;
  markScaledFor(deployment: StoredObject, name: string): void;
  /** Shows the revision of the current set on the Deployment. */
  copyRevision(deployment: StoredObject, revision: string): void;
  /** Removes empty sets beyond `revisionHistoryLimit`, oldest revision first. */
  dropHistory(deployment: StoredObject): void;
}

export function createReplicaSets(store: Store, record: RecordEvent): ReplicaSets {
  const annotate = (name: string, deployment: StoredObject, annotations: Readonly<Record<string, string>>) =>
    store.update(resources.replicasets, namespaceOf(deployment), name, (current) => ({
      ...current,
      metadata: { ...current.metadata, annotations: { ...current.metadata.annotations, ...annotations } },
    }));

  function find(deployment: StoredObject): FoundSets {
    const all = store
      .list(resources.replicasets, namespaceOf(deployment))
      .map((set) => adopt(deployment, set))
      .filter((set) => isControlledBy(set, deployment) && set.metadata.deletionTimestamp === undefined)
      .sort((a, b) => (ageKey(a) < ageKey(b) ? -1 : 1));
    const current = all.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
    return { all, current, old: all.filter((set) => set !== current) };
  }

  function adopt(deployment: StoredObject, set: StoredObject): StoredObject {
    const isOrphan = controllerOf(set) === undefined && set.metadata.deletionTimestamp === undefined;
    if (!isOrphan || !matchesSelector(deployment.spec.selector, set.metadata.labels)) return set;
    return store.update(resources.replicasets, namespaceOf(set), set.metadata.name, (current) => ({
      ...current,
      metadata: {
        ...current.metadata,
        ownerReferences: [...(current.metadata.ownerReferences ?? []), controllerReference(deployment)],
      },
    }));
  }

  function create(deployment: StoredObject, revision: number): StoredObject {
    const { template, selector, minReadySeconds } = deployment.spec;
    const namespace = namespaceOf(deployment);
    let hash = templateHash(template, 0);
    for (let n = 1; store.get(resources.replicasets, namespace, `${deployment.metadata.name}-${hash}`); n++) {
      hash = templateHash(template, n);
    }
    const labels = { ...template.metadata?.labels, [hashLabel]: hash };
    return store.create(resources.replicasets, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace,
        labels,
        annotations: {
          ...withoutKeys(deployment.metadata.annotations ?? {}, ownAnnotations),
          ...sizeAnnotations(deployment),
          [revisionKey]: String(revision),
        },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: 0,
        selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
        minReadySeconds: minReadySeconds || undefined,
      },
      status: { replicas: 0 },
    });
  }

  return {
    find,

    ensureCurrent(deployment, { current, old }) {
      const revision = Math.max(0, ...old.map(revisionOf)) + 1;
      if (current === undefined) return create(deployment, revision);
      const { name } = current.metadata;
      if (revisionOf(current) < revision) annotate(name, deployment, renumbered(current, revision));
      const wanted = deployment.spec.minReadySeconds || undefined;
      return store.update(resources.replicasets, namespaceOf(deployment), name, (set) => ({
        ...set,
        spec: { ...set.spec, minReadySeconds: wanted },
      }));
    },

    scale(deployment, name, replicas) {
      const before = store.get(resources.replicasets, namespaceOf(deployment), name);
      if (before === undefined || before.spec.replicas === replicas) return;
      store.update(resources.replicasets, namespaceOf(deployment), name, (current) => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: { ...current.metadata.annotations, ...sizeAnnotations(deployment) },
        },
        spec: { ...current.spec, replicas },
      }));
      const was = before.spec.replicas ?? 0;
      const direction = replicas > was ? 'up' : 'down';
      const message = `Scaled ${direction} replica set ${name} from ${was} to ${replicas}`;
      record(deployment, 'Normal', 'ScalingReplicaSet', message);
    },

    isScaledFor: (deployment, set) =>
      set.metadata.annotations?.[desiredKey] === String(deployment.spec.replicas ?? 1),

    markScaledFor(deployment, name) {
      if (store.get(resources.replicasets, namespaceOf(deployment), name) === undefined) return;
      annotate(name, deployment, sizeAnnotations(deployment));
    },

    copyRevision(deployment, revision) {
      store.update(resources.deployments, namespaceOf(deployment), deployment.metadata.name, (current) => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: { ...current.metadata.annotations, [revisionKey]: revision },
        },
      }));
    },

    dropHistory(deployment) {
      const empty = find(deployment)
        .old.filter((set) => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0)
        .sort((a, b) => revisionOf(a) - revisionOf(b));
      const surplus = Math.max(0, empty.length - (deployment.spec.revisionHistoryLimit ?? 10));
      for (const set of empty.slice(0, surplus)) {
        store.remove(resources.replicasets, namespaceOf(set), set.metadata.name);
      }
    },
  };
}

/** How many pods a Deployment may have too many, and how many may be missing. */
export function limitsOf(deployment: StoredObject): {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
} {
  const { replicas = 1, strategy } = deployment.spec;
  if (strategy?.type === 'Recreate') return { maxSurge: 0, maxUnavailable: 0 };
  return resolveLimits(replicas, strategy?.rollingUpdate ?? {});
}

export function sizeOf(set: StoredObject): SetSize {
  const replicas = set.spec.replicas ?? 0;
  return {
    name: set.metadata.name,
    replicas,
    // The count may be older than the size.
    available: Math.min(replicas, set.status?.availableReplicas ?? 0),
    maxReplicas: Number(set.metadata.annotations?.[maxKey] ?? 0),
  };
}

/** The hash label is the controller's own and says nothing about the template. */
function sameTemplate(a: StoredObject, b: StoredObject): boolean {
  return equalJson(withoutHash(a), withoutHash(b));
}

function withoutHash(template: StoredObject) {
  const { labels = {}, creationTimestamp: _ignored, ...metadata } = template.metadata ?? {};
  return { ...template, metadata: { ...metadata, labels: withoutKeys(labels, [hashLabel]) } };
}

function withoutKeys(
  record: Readonly<Record<string, string>>,
  keys: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function sizeAnnotations(deployment: StoredObject): Record<string, string> {
  const replicas = deployment.spec.replicas ?? 1;
  return { [desiredKey]: String(replicas), [maxKey]: String(replicas + limitsOf(deployment).maxSurge) };
}

/** A set that comes back gets the newest number, and remembers those that it had. */
function renumbered(set: StoredObject, revision: number): Record<string, string> {
  const { [historyKey]: history, [revisionKey]: last } = set.metadata.annotations ?? {};
  const former = [history, last].filter((part) => part !== undefined).join(',');
  return { [revisionKey]: String(revision), ...(former !== '' && { [historyKey]: former }) };
}

function revisionOf(set: StoredObject): number {
  return Number(set.metadata.annotations?.[revisionKey] ?? 0);
}

function ageKey(set: StoredObject): string {
  return `${set.metadata.creationTimestamp} ${String(revisionOf(set)).padStart(8, '0')} ${set.metadata.name}`;
}
