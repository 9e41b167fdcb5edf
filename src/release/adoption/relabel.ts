import { at, type Deadline } from '../../base/index.ts';
import {
  type Cluster,
  fencedPatch,
  type JsonPatchOperation,
  type KubeObject,
  type ObjectRef,
  refOf,
  removeField,
  replaceField,
  stampToken,
  tokenAnnotation,
  tokenOf,
} from '../../cluster/index.ts';
import { done, type Progress, pending, waitFor } from '../proof/wait.ts';
import { type Slot, slotLabel } from '../slots/names.ts';
import { adoptedAnnotation } from '../slots/ours.ts';
import { podKind } from '../slots/pods.ts';
import type { Release } from '../step.ts';

type Hands = Pick<Release, 'cluster' | 'clock' | 'token'>;

export const replicaSetKind = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' };
const templateLabel = ['spec', 'template', 'metadata', 'labels', slotLabel];
const podLabel = ['metadata', 'labels', slotLabel];

/** What is given a slot, or loses it again. */
export interface Relabelled {
  readonly deployment: ObjectRef;
  readonly replicaSet: ObjectRef;
}

/** What the pods carry afterwards. */
export interface Marks {
  /** Null: no label of a slot. */
  readonly slot: Slot | null;
  /** Whether the objects carry our annotations. */
  readonly adopted: boolean;
}

/**
 * Gives the pods of a running Deployment the label of a slot, or takes it away, without restarting one.
 * A Deployment whose template differs from that of its ReplicaSet makes a new one and replaces all pods. So it is paused
 * first, and let go on only when it has recognised its ReplicaSet again; after each change the controller has to have
 * seen it, since what it decides on is its own, possibly older copy. Every part may be done twice.
 */
export async function relabel(
  hands: Hands,
  { deployment, replicaSet }: Relabelled,
  marks: Marks,
  deadline: Deadline,
): Promise<void> {
  const { cluster, token } = hands;
  const { slot, adopted } = marks;
  await stampToken(cluster, deployment, token);
  await fencedPatch(cluster, deployment, token, (object) => [
    ...replaceField(object, ['spec', 'paused'], true),
    ...(adopted ? markOperations(object) : []),
  ]);
  await deploymentSeen(hands, deployment, deadline, () => true);

  await stampToken(cluster, replicaSet, token);
  await fencedPatch(cluster, replicaSet, token, (object) => labelOperations(object, templateLabel, slot));
  // From here on, new pods come with the label, and older ones are all in the list.
  await setSeen(hands, replicaSet, deadline, () => true);
  await relabelPods(hands, replicaSet, marks);
  // Its count comes from the same copy of the pods as that of the Services' endpoints.
  if (slot !== null) await setSeen(hands, replicaSet, deadline, allLabelled);

  await fencedPatch(cluster, deployment, token, (object) => labelOperations(object, templateLabel, slot));
  await deploymentSeen(hands, deployment, deadline, knowsItsPods);
  await fencedPatch(cluster, deployment, token, (object) => [
    ...removeField(object, ['spec', 'paused']),
    ...(adopted ? [] : unmarkOperations(object)),
  ]);
  await deploymentSeen(hands, deployment, deadline, knowsItsPods);
}

function markOperations(object: KubeObject): JsonPatchOperation[] {
  return replaceField(object, ['metadata', 'annotations', adoptedAnnotation], 'true');
}

function unmarkOperations(object: KubeObject): JsonPatchOperation[] {
  return [adoptedAnnotation, tokenAnnotation].flatMap((name) =>
    removeField(object, ['metadata', 'annotations', name]),
  );
}

function labelOperations(
  object: KubeObject,
  path: readonly string[],
  slot: Slot | null,
): JsonPatchOperation[] {
  return slot === null ? removeField(object, path) : replaceField(object, path, slot);
}

/** The pods of a ReplicaSet, by owner: others may match its selector. */
export async function podsOf(cluster: Cluster, set: KubeObject): Promise<readonly KubeObject[]> {
  const pods = await cluster.list(podKind, { namespace: set.metadata.namespace ?? '' });
  return pods.filter(({ metadata }) =>
    (metadata.ownerReferences ?? []).some(({ uid, controller }) => controller && uid === set.metadata.uid),
  );
}

async function relabelPods({ cluster, token }: Hands, setRef: ObjectRef, marks: Marks): Promise<void> {
  const { slot, adopted } = marks;
  const set = await cluster.get(setRef);
  if (set === undefined) return;
  for (const pod of await podsOf(cluster, set)) {
    const ref = { ...refOf({ ...pod, ...podKind }), namespace: setRef.namespace };
    const isDone = (at(pod, ...podLabel) ?? null) === slot && (adopted || tokenOf(pod) === undefined);
    // One that has gone meanwhile needs no label.
    if (isDone || (await stampToken(cluster, ref, token)) === undefined) continue;
    await fencedPatch(cluster, ref, token, (object) => [
      ...labelOperations(object, podLabel, slot),
      ...(adopted ? [] : unmarkOperations(object)),
    ]).catch(async (thrown: unknown) => {
      if ((await cluster.get(ref)) !== undefined) throw thrown;
    });
  }
}

/**
 * Takes off a ReplicaSet what its Deployment's controller had copied there: it never does so itself. Only of use when the
 * controller has seen that the Deployment carries it no more.
 */
export async function unmarkSet(
  hands: Hands,
  { deployment, replicaSet }: Relabelled,
  deadline: Deadline,
): Promise<void> {
  const { cluster, token } = hands;
  const marked = (object: KubeObject | undefined) =>
    object !== undefined && unmarkOperations(object).length > 0;
  if (!marked(await cluster.get(replicaSet))) return;
  await deploymentSeen(hands, deployment, deadline, () => true);
  await stampToken(cluster, replicaSet, token);
  await fencedPatch(cluster, replicaSet, token, unmarkOperations);
}

/**
 * Lets a paused Deployment take over the ReplicaSet that another one left without an owner. It is let go on only when its
 * controller has recognised that ReplicaSet as its own: before that it would make one, and start every pod anew.
 */
export async function handOver(
  hands: Hands,
  { deployment, replicaSet }: Relabelled,
  left: ObjectRef,
  deadline: Deadline,
): Promise<void> {
  const { cluster, clock, token } = hands;
  await waitFor({
    cluster,
    clock,
    deadline: deadline.within(60_000, `Deployment ${left.name}`),
    what: `Deployment ${left.name} to leave its pods behind`,
    queries: {
      objects: {
        kind: deploymentKind,
        options: { namespace: left.namespace, fieldSelector: `metadata.name=${left.name}` },
      },
    },
    check: ({ objects }) => (objects.length === 0 ? done() : pending('it is still there')),
  });
  const standing = await cluster.get(deployment);
  if (standing !== undefined && tokenOf(standing) !== undefined) {
    await stampToken(cluster, deployment, token);
    await deploymentSeen(hands, deployment, deadline, knowsItsPods);
    await fencedPatch(cluster, deployment, token, (object) => [
      ...removeField(object, ['spec', 'paused']),
      ...unmarkOperations(object),
    ]);
  }
  await deploymentSeen(hands, deployment, deadline, knowsItsPods);
  await unmarkSet(hands, { deployment, replicaSet }, deadline);
}

function statusNumber(object: KubeObject, field: string): number {
  return Number(at(object, 'status', field) ?? 0);
}

function allLabelled(set: KubeObject): boolean {
  return statusNumber(set, 'fullyLabeledReplicas') >= statusNumber(set, 'replicas');
}

/** Whether the controller takes all pods for those of the present template: it has recognised its ReplicaSet. */
function knowsItsPods(deployment: KubeObject): boolean {
  const replicas = statusNumber(deployment, 'replicas');
  return replicas > 0 && statusNumber(deployment, 'updatedReplicas') === replicas;
}

const setSeen = (hands: Hands, ref: ObjectRef, deadline: Deadline, holds: (set: KubeObject) => boolean) =>
  seen(hands, ref, replicaSetKind, deadline, holds);

const deploymentSeen = (
  hands: Hands,
  ref: ObjectRef,
  deadline: Deadline,
  holds: (deployment: KubeObject) => boolean,
) => seen(hands, ref, deploymentKind, deadline, holds);

/** Waits until a controller has seen the object as it stands now, and its status says what it should. */
async function seen(
  { cluster, clock }: Hands,
  ref: ObjectRef,
  kind: typeof replicaSetKind,
  deadline: Deadline,
  holds: (object: KubeObject) => boolean,
): Promise<void> {
  const { generation = 0 } = (await cluster.get(ref))?.metadata ?? {};
  const options = { namespace: ref.namespace, fieldSelector: `metadata.name=${ref.name}` };
  await waitFor({
    cluster,
    clock,
    deadline: deadline.within(60_000, `The controller of ${ref.kind} ${ref.name}`),
    what: `${ref.kind} ${ref.name} to be taken up as it is now`,
    queries: { objects: { kind, options } },
    check: ({ objects: [object] }) => progressOf(object, generation, holds),
  });
}

function progressOf(
  object: KubeObject | undefined,
  generation: number,
  holds: (object: KubeObject) => boolean,
): Progress {
  if (object === undefined) return pending('it is not there');
  if (statusNumber(object, 'observedGeneration') < generation)
    return pending('its controller has not seen the change yet');
  return holds(object) ? done() : pending('its controller does not count its pods as its own yet');
}
