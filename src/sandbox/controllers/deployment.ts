import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { dropCondition } from './conditions.ts';
import {
  type ControllerContext,
  follow,
  namespaceOf,
  type StartController,
  writeStatus,
} from './controller.ts';
import {
  availability,
  countReplicas,
  deadlineInMs,
  isComplete,
  progress,
  withCondition,
} from './deployment-status.ts';
import { createEventRecorder } from './events.ts';
import { type Condition, controllerOf, findCondition, isControlledBy, matchesSelector } from './labels.ts';
import { isFinished } from './pods.ts';
import { createReplicaSets, limitsOf, type ReplicaSets, revisionKey, sizeOf } from './replica-sets.ts';
import { resize, rollOn, type Sizes } from './rollout.ts';
import { createWorkQueue, type WorkQueue } from './work-queue.ts';

/** Moves each Deployment from the pods it has to the pods it should have, and says how far it is. */
export const startDeploymentController: StartController = (context) => {
  const { store, clock, log } = context;
  const record = createEventRecorder(store, clock, 'deployment-controller');
  const sets = createReplicaSets(store, record);
  const queue: WorkQueue = createWorkQueue(clock, log, 'Deployment', (namespace, name) => {
    const deployment = store.get(resources.deployments, namespace, name);
    if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return;
    reconcile(context, sets, deployment);
    const left = deadlineInMs(store.get(resources.deployments, namespace, name) ?? deployment, clock);
    // One second more: the deadline counts from a time stamp in whole seconds.
    if (left !== undefined) queue.add(namespace, name, left + 1_000);
  });
  const stops = [
    follow(store, resources.deployments, (deployment) =>
      queue.add(namespaceOf(deployment), deployment.metadata.name),
    ),
    follow(store, resources.replicasets, (set) => {
      const owner = controllerOf(set);
      if (owner !== undefined) return queue.add(namespaceOf(set), owner.name);
      for (const deployment of store.list(resources.deployments, namespaceOf(set))) {
        if (matchesSelector(deployment.spec.selector, set.metadata.labels)) {
          queue.add(namespaceOf(deployment), deployment.metadata.name);
        }
      }
    }),
    // Recreate waits until the last old pod is gone, which changes no ReplicaSet.
    store.subscribe(resources.pods, ({ type, object }) => {
      if (type !== 'DELETED') return;
      const set = store.get(resources.replicasets, namespaceOf(object), controllerOf(object)?.name ?? '');
      const owner = set && controllerOf(set);
      if (owner) queue.add(namespaceOf(object), owner.name);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};

function reconcile(context: ControllerContext, sets: ReplicaSets, deployment: StoredObject): void {
  const { paused = false, strategy } = deployment.spec;
  const found = sets.find(deployment);
  const resized = found.all.some((set) => (set.spec.replicas ?? 0) > 0 && !sets.isScaledFor(deployment, set));
  let current = found.current;
  if (paused || resized) {
    scale(sets, deployment, resizing(deployment, found.all, current));
  } else if (strategy?.type === 'Recreate') {
    const gone = stopOld(context, sets, deployment, found.old);
    if (gone) current = sets.ensureCurrent(deployment, found);
    if (current !== undefined && gone) {
      scale(sets, deployment, new Map([[current.metadata.name, deployment.spec.replicas ?? 1]]));
    }
  } else {
    current = sets.ensureCurrent(deployment, found);
    scale(sets, deployment, rollOn({ ...rolloutOf(deployment, found.old), current: sizeOf(current) }));
  }
  // An empty old set keeps the size for which it was emptied.
  const active = found.all.filter((set) => set.spec.replicas > 0 || set === found.current);
  for (const set of active) sets.markScaledFor(deployment, set.metadata.name);
  report(context, sets, deployment);
}

function rolloutOf(deployment: StoredObject, old: readonly StoredObject[]) {
  return { replicas: deployment.spec.replicas ?? 1, ...limitsOf(deployment), old: old.map(sizeOf) };
}

function resizing(
  deployment: StoredObject,
  all: readonly StoredObject[],
  current: StoredObject | undefined,
): Sizes {
  // Without a set of the present template the latest old one stands in, as long as the pause lasts.
  const first = current ?? all.at(-1);
  if (first === undefined) return new Map();
  const old = all.filter((set) => set !== first);
  return resize({ ...rolloutOf(deployment, old), current: sizeOf(first) });
}

/** Takes old sets to nothing; true when none of their pods is left. */
function stopOld(
  { store }: ControllerContext,
  sets: ReplicaSets,
  deployment: StoredObject,
  old: readonly StoredObject[],
): boolean {
  scale(
    sets,
    deployment,
    new Map(old.filter((set) => set.spec.replicas > 0).map((set) => [set.metadata.name, 0])),
  );
  const pods = store.list(resources.pods, namespaceOf(deployment));
  return !pods.some((pod) => !isFinished(pod) && old.some((set) => isControlledBy(pod, set)));
}

function scale(sets: ReplicaSets, deployment: StoredObject, sizes: Sizes): void {
  for (const [name, replicas] of sizes) sets.scale(deployment, name, replicas);
}

function report({ store, clock }: ControllerContext, sets: ReplicaSets, deployment: StoredObject): void {
  const { all, current } = sets.find(deployment);
  const counts = countReplicas(all, current);
  const { maxUnavailable } = limitsOf(deployment);
  const failure = replicaFailure(current === undefined ? all : [current, ...all]);
  const next = [
    pauseCondition(deployment) ?? progress(deployment, current?.metadata.name ?? '', counts, clock),
    availability(counts.availableReplicas, (deployment.spec.replicas ?? 1) - maxUnavailable),
    failure,
  ];
  const conditions = next.reduce<readonly Condition[]>(
    (list, condition) => {
      if (condition === undefined) return list;
      const before = list.find(({ type }) => type === condition.type);
      const isNews = before?.status !== condition.status || before?.reason !== condition.reason;
      // Progress is stamped each time, because the deadline counts from there.
      const isStep = condition.reason === 'ReplicaSetUpdated';
      return isNews || isStep ? withCondition(list, condition, clock) : list;
    },
    withoutOldFailure(deployment, failure),
  );
  writeStatus(store, resources.deployments, deployment, {
    observedGeneration: deployment.metadata.generation,
    replicas: counts.replicas || undefined,
    updatedReplicas: counts.updatedReplicas || undefined,
    readyReplicas: counts.readyReplicas || undefined,
    availableReplicas: counts.availableReplicas || undefined,
    unavailableReplicas: counts.unavailableReplicas || undefined,
    conditions,
    collisionCount: deployment.status?.collisionCount,
  });
  const revision = current?.metadata.annotations?.[revisionKey];
  if (revision !== undefined) sets.copyRevision(deployment, revision);
  if (!deployment.spec.paused && isComplete(deployment, counts)) sets.dropHistory(deployment);
}

/** Why pods could not be made, as their ReplicaSet says it; that of the present template comes first. */
function replicaFailure(sets: readonly StoredObject[]): Condition | undefined {
  const conditions = sets.flatMap((set) => findCondition(set, 'ReplicaFailure') ?? []);
  return conditions[0];
}

function withoutOldFailure(deployment: StoredObject, failure: Condition | undefined): readonly Condition[] {
  const conditions = deployment.status?.conditions ?? [];
  return failure === undefined ? dropCondition(conditions, 'ReplicaFailure') : conditions;
}

function pauseCondition(deployment: StoredObject): Condition | undefined {
  const reason = findCondition(deployment, 'Progressing')?.reason;
  if (deployment.spec.paused) {
    const message = 'Deployment is paused';
    return { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message };
  }
  if (reason !== 'DeploymentPaused') return undefined;
  const message = 'Deployment is resumed';
  return { type: 'Progressing', status: 'Unknown', reason: 'DeploymentResumed', message };
}
