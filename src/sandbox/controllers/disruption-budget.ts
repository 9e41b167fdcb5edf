import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { putCondition } from './conditions.ts';
import { follow, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { type Condition, controllerOf, matchesSelector } from './labels.ts';
import { isFinished, isReady } from './pods.ts';
import { ageMs } from './timestamps.ts';
import { createWorkQueue } from './work-queue.ts';

/** An eviction that was granted holds its place in the budget for at most this long. */
const disruptionLastsMs = 120_000;

/** Keeps the status of each PodDisruptionBudget: how many of its pods are healthy, and how many may be evicted now. */
export const startDisruptionBudgetController: StartController = ({ store, clock, log }) => {
  const queue = createWorkQueue(clock, log, 'PodDisruptionBudget', reconcile);

  function reconcile(namespace: string, name: string): void {
    const budget = store.get(resources.poddisruptionbudgets, namespace, name);
    if (budget === undefined) return;
    const pods = store
      .list(resources.pods, namespace)
      .filter((pod) => selectsPod(budget, pod) && !isFinished(pod));
    const disruptedPods = stillDisrupted(budget, pods);
    const healthy = pods.filter(
      (pod) =>
        isReady(pod) && pod.metadata.deletionTimestamp === undefined && !(pod.metadata.name in disruptedPods),
    ).length;
    const { expectedPods, desiredHealthy } = expectations(store, budget, pods);
    const allowed = expectedPods > 0 ? Math.max(0, healthy - desiredHealthy) : 0;
    const condition = disruptionAllowed(allowed, budget);
    const times = Object.keys(disruptedPods).length > 0;
    if (times) queue.add(namespace, name, disruptionLastsMs);
    writeStatus(store, resources.poddisruptionbudgets, budget, {
      observedGeneration: budget.metadata.generation,
      ...(times && { disruptedPods }),
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy,
      expectedPods,
      conditions: putCondition(budget.status?.conditions ?? [], condition, clock),
    });
  }

  /** Evictions that were granted and whose pod has not begun to go yet. */
  function stillDisrupted(budget: StoredObject, pods: readonly StoredObject[]): Record<string, string> {
    const granted: readonly [string, string][] = Object.entries(budget.status?.disruptedPods ?? {});
    return Object.fromEntries(
      granted.filter(([name, since]) => {
        const pod = pods.find(({ metadata }) => metadata.name === name);
        const going = pod === undefined || pod.metadata.deletionTimestamp !== undefined;
        return !going && ageMs(clock, since) < disruptionLastsMs;
      }),
    );
  }

  const lookAtAll = (namespace: string) => {
    for (const budget of store.list(resources.poddisruptionbudgets, namespace)) {
      queue.add(namespace, budget.metadata.name);
    }
  };
  const kinds = [resources.pods, resources.deployments, resources.replicasets, resources.statefulsets];
  const stops = [
    follow(store, resources.poddisruptionbudgets, (budget) =>
      queue.add(namespaceOf(budget), budget.metadata.name),
    ),
    ...kinds.map((kind) => store.subscribe(kind, ({ object }) => lookAtAll(namespaceOf(object)))),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};

/** The condition that says whether a budget has room for another eviction. */
export function disruptionAllowed(allowed: number, budget: StoredObject): Condition {
  return {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: budget.metadata.generation ?? 1,
  };
}

/** Whether a budget counts a pod. An empty selector takes every pod of the namespace, an absent one none. */
export function selectsPod(budget: StoredObject, pod: StoredObject): boolean {
  const selector = budget.spec?.selector;
  return selector !== undefined && selector !== null && matchesSelector(selector, pod.metadata.labels);
}

/** How many pods there should be, and how many of them must stay healthy. */
function expectations(store: Store, { spec }: StoredObject, pods: readonly StoredObject[]) {
  const { minAvailable, maxUnavailable } = spec ?? {};
  if (typeof minAvailable === 'number') return { expectedPods: pods.length, desiredHealthy: minAvailable };
  const expectedPods = expectedScale(store, pods);
  if (minAvailable !== undefined) return { expectedPods, desiredHealthy: share(minAvailable, expectedPods) };
  const missing = maxUnavailable === undefined ? 0 : share(maxUnavailable, expectedPods);
  return { expectedPods, desiredHealthy: Math.max(0, expectedPods - missing) };
}

/** Percentages round up, on either side. */
function share(value: number | string, of: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) * of) / 100);
}

/** The sizes of all workloads that the pods belong to, added up. Pods that nobody controls do not count. */
function expectedScale(store: Store, pods: readonly StoredObject[]): number {
  const sizes = new Map<string, number>();
  for (const pod of pods) {
    const workload = workloadOf(store, pod);
    if (workload !== undefined) sizes.set(workload.metadata.uid, workload.spec?.replicas ?? 1);
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function workloadOf(store: Store, pod: StoredObject): StoredObject | undefined {
  const owner = controllerOf(pod);
  const namespace = namespaceOf(pod);
  if (owner?.kind === 'StatefulSet') return store.get(resources.statefulsets, namespace, owner.name);
  if (owner?.kind !== 'ReplicaSet') return undefined;
  const set = store.get(resources.replicasets, namespace, owner.name);
  const above = set && controllerOf(set);
  return above?.kind === 'Deployment' ? store.get(resources.deployments, namespace, above.name) : set;
}
