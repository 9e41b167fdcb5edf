import { at, isJsonObject } from '../../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../../src/cluster/index.ts';

/** A pod as a watcher of the namespace saw it. Instants are milliseconds since the epoch, on this machine's clock. */
export interface PodLife {
  readonly uid: string;
  readonly name: string;
  /** What it calls itself: the variable `VERSION` of its first container. */
  readonly version: string;
  readonly firstSeenAt: number;
  /** All labels that it ever had, as JSON, in the order in which they came; one entry when they never changed. */
  readonly labels: readonly string[];
  /** Undefined when it never was. */
  readonly readyAt: number | undefined;
  /** When it was seen to be told to go. */
  readonly goesAt: number | undefined;
  readonly restarts: number;
}

/** Keeps what becomes of each pod of a namespace, until the signal ends it. */
export function startPodDiary(cluster: Cluster, namespace: string, signal: AbortSignal) {
  const lives = new Map<string, PodLife>();
  const watching = cluster.watch(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace },
    ({ type, object }) => {
      const uid = String(object.metadata.uid);
      lives.set(uid, nextOf(lives.get(uid), object, type === 'DELETED'));
    },
    signal,
  );
  // It ends with the signal; a cluster that goes first takes nothing from what was seen.
  watching.catch(() => undefined);
  return {
    /** Every pod that there ever was, oldest first. */
    lives: (): readonly PodLife[] => [...lives.values()].sort((a, b) => a.firstSeenAt - b.firstSeenAt),
    of: (version: string): readonly PodLife[] =>
      [...lives.values()].filter((life) => life.version === version),
  };
}

function nextOf(life: PodLife | undefined, pod: KubeObject, deleted: boolean): PodLife {
  const now = Date.now();
  const labels = JSON.stringify(Object.entries(pod.metadata.labels ?? {}).sort());
  const known = life?.labels ?? [];
  const goes = deleted || pod.metadata.deletionTimestamp !== undefined;
  return {
    uid: String(pod.metadata.uid),
    name: pod.metadata.name,
    version: versionOf(pod),
    firstSeenAt: life?.firstSeenAt ?? now,
    labels: known.at(-1) === labels ? known : [...known, labels],
    readyAt: life?.readyAt ?? (isReady(pod) ? now : undefined),
    goesAt: life?.goesAt ?? (goes ? now : undefined),
    restarts: Math.max(
      life?.restarts ?? 0,
      Number(at(pod, 'status', 'containerStatuses', 0, 'restartCount') ?? 0),
    ),
  };
}

export function versionOf(pod: KubeObject): string {
  const env = at(pod, 'spec', 'containers', 0, 'env');
  const variables: readonly unknown[] = Array.isArray(env) ? env : [];
  return String(
    at(
      variables.find((variable) => at(variable, 'name') === 'VERSION'),
      'value',
    ) ?? '',
  );
}

export function isReady(pod: KubeObject): boolean {
  const conditions = at(pod, 'status', 'conditions');
  const found: readonly unknown[] = Array.isArray(conditions) ? conditions : [];
  return found.some(
    (condition) => isJsonObject(condition) && condition.type === 'Ready' && condition.status === 'True',
  );
}
