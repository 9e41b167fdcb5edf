import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { dropCondition, putCondition } from './conditions.ts';
import { follow, markDeleted, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { createEventRecorder } from './events.ts';
import {
  type Condition,
  controllerOf,
  controllerReference,
  isControlledBy,
  matchesSelector,
} from './labels.ts';
import { createPodsOf } from './new-pod.ts';
import { availableInMs, byDeletionOrder, isActive, isReady } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

/** From a refused pod to the next attempt, longer each time: a real controller waits up to a quarter of an hour. */
const retry = { firstMs: 1_000, maxMs: 16_000 } as const;

/** Keeps as many pods as each ReplicaSet asks for, and counts them. */
export const startReplicaSetController: StartController = (context) => {
  const { store, clock, log } = context;
  const record = createEventRecorder(store, clock, 'replicaset-controller');
  const queue = createWorkQueue(clock, log, 'ReplicaSet', reconcile);
  const refused = new Map<string, number>();

  function reconcile(namespace: string, name: string): void {
    const set = store.get(resources.replicasets, namespace, name);
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
    const active = claimPods(set).filter(isActive);
    const missing = (set.spec.replicas ?? 1) - active.length;
    const failure = createPodsOf(context, record, set, missing);
    const refusals = failure === undefined ? 0 : (refused.get(set.metadata.uid) ?? 0) + 1;
    refused.set(set.metadata.uid, refusals);
    if (refusals > 0) queue.add(namespace, name, Math.min(retry.maxMs, retry.firstMs * 2 ** (refusals - 1)));
    for (const pod of [...active].sort(byDeletionOrder).slice(0, Math.max(0, -missing))) {
      markDeleted(context, resources.pods, pod);
      record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
    }
    count(set, failure);
  }

  /** Its pods; adopts those without an owner that match, lets go of those that no longer do. */
  function claimPods(set: StoredObject): StoredObject[] {
    const claimed: StoredObject[] = [];
    for (const pod of store.list(resources.pods, namespaceOf(set))) {
      const matches = matchesSelector(set.spec.selector, pod.metadata.labels);
      if (isControlledBy(pod, set)) {
        if (matches) claimed.push(pod);
        else setOwner(pod, undefined);
      } else if (matches && controllerOf(pod) === undefined && isActive(pod)) {
        claimed.push(setOwner(pod, set));
      }
    }
    return claimed;
  }

  function setOwner(pod: StoredObject, owner: StoredObject | undefined): StoredObject {
    return store.update(resources.pods, namespaceOf(pod), pod.metadata.name, (current) => {
      const others = (current.metadata.ownerReferences ?? []).filter(
        (reference) => reference.controller !== true,
      );
      const ownerReferences = owner === undefined ? others : [...others, controllerReference(owner)];
      return { ...current, metadata: { ...current.metadata, ownerReferences } };
    });
  }

  function count(set: StoredObject, failure: string | undefined): void {
    const pods = claimPods(set).filter(isActive);
    const waits = pods.map((pod) => availableInMs(pod, set.spec.minReadySeconds ?? 0, clock));
    const soonest = Math.min(...waits.filter((wait) => wait !== undefined && wait > 0).map(Number));
    if (Number.isFinite(soonest)) queue.add(namespaceOf(set), set.metadata.name, soonest);
    const templateLabels = set.spec.template.metadata?.labels ?? {};
    writeStatus(store, resources.replicasets, set, {
      replicas: pods.length,
      fullyLabeledReplicas:
        pods.filter((pod) => matchesSelector({ matchLabels: templateLabels }, pod.metadata.labels)).length ||
        undefined,
      readyReplicas: pods.filter(isReady).length || undefined,
      availableReplicas: waits.filter((wait) => wait === 0).length || undefined,
      observedGeneration: set.metadata.generation,
      conditions: failureCondition(set, failure),
    });
  }

  function failureCondition(set: StoredObject, message: string | undefined) {
    const before = set.status?.conditions ?? [];
    const next = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message };
    // The first refusal is told as long as it lasts; those that follow differ in the pod's name only.
    const told = before.some(({ type }: Condition) => type === next.type);
    const conditions =
      message === undefined
        ? dropCondition(before, next.type)
        : told
          ? before
          : putCondition(before, { ...next, message }, clock);
    return conditions.length > 0 ? conditions : undefined;
  }

  const stops = [
    follow(store, resources.replicasets, (set) => queue.add(namespaceOf(set), set.metadata.name)),
    follow(store, resources.pods, (pod) => {
      const owner = controllerOf(pod);
      if (owner?.kind === 'ReplicaSet') return queue.add(namespaceOf(pod), owner.name);
      if (owner !== undefined) return;
      for (const set of store.list(resources.replicasets, namespaceOf(pod))) {
        if (matchesSelector(set.spec.selector, pod.metadata.labels))
          queue.add(namespaceOf(set), set.metadata.name);
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};
