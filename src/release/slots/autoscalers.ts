import { StreamGateError } from '../../base/index.ts';
import { type Cluster, type KindRef, type KubeObject, tokenOf } from '../../cluster/index.ts';
import { deploymentRef, type Names, type Slot } from './names.ts';
import { deleteOurs, scaleTo } from './ours.ts';
import { autoscalerKind, autoscalerRef, isOfApp, targetOf } from './slot-autoscaler.ts';

/** Every autoscaler of the namespace that has to do with an app. */
export interface Autoscalers {
  /** Made by a release, for one slot each. */
  readonly ofSlot: Readonly<Record<Slot, KubeObject | undefined>>;
  /** The user's own, where it moves the Deployment of a slot: of a workload that was there before us. */
  readonly onSlot: { readonly slot: Slot; readonly object: KubeObject } | undefined;
  /** The user's own, where it names the Deployment of the manifests, which is never there. */
  readonly unled: KubeObject | undefined;
}

/** `workload` is the name of the user's Deployment; an autoscaler of a person that names anything else is not looked at. */
export async function findAutoscalers(
  cluster: Cluster,
  names: Names,
  workload: string | undefined,
): Promise<Autoscalers> {
  return sortAutoscalers(await listIfAllowed(cluster, autoscalerKind, names.namespace), names, workload);
}

/** The same of those that were listed already. */
export function sortAutoscalers(
  all: readonly KubeObject[],
  names: Names,
  workload: string | undefined,
): Autoscalers {
  const ours = (slot: Slot) =>
    all.find(
      (object) => isOfApp(object, names.app) && object.metadata.name === autoscalerRef(names, slot).name,
    );
  const theirs = all.filter((object) => !isOfApp(object, names.app) && ownerOf(object) === undefined);
  const onSlot = (['blue', 'green'] as const).flatMap((slot) => {
    const target = deploymentRef(names, slot).name;
    // One that an earlier release led elsewhere carries a token; the name alone would be a stranger's.
    const object = theirs.find(
      (one) => targetOf(one) === target && (target === workload || tokenOf(one) !== undefined),
    );
    return object === undefined ? [] : [{ slot, object }];
  })[0];
  const unled = theirs.find(
    (one) => workload !== undefined && targetOf(one) === workload && one !== onSlot?.object,
  );
  return { ofSlot: { blue: ours('blue'), green: ours('green') }, onSlot, unled };
}

/** The KEDA object that made an autoscaler and would undo what a release does to it; undefined for all others. */
export function ownerOf({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.find(({ kind }) => kind === 'ScaledObject')?.name;
  return owner ?? metadata.labels?.['scaledobject.keda.sh/name'];
}

/** What may not be read is not there: a way back must not fail for want of a permission that it hardly needs. */
export async function listIfAllowed(
  cluster: Cluster,
  kind: KindRef,
  namespace: string,
): Promise<readonly KubeObject[]> {
  try {
    return await cluster.list(kind, { namespace });
  } catch (thrown) {
    if (thrown instanceof StreamGateError && thrown.code === 'Denied') return [];
    throw thrown;
  }
}

/** A slot that serves nobody has no autoscaler: its size is what we write, and nobody else writes it. */
export async function freeSlot(cluster: Cluster, names: Names, slot: Slot, token: number): Promise<void> {
  const { ofSlot } = await findAutoscalers(cluster, names, undefined);
  if (ofSlot[slot] !== undefined) await deleteOurs(cluster, autoscalerRef(names, slot), token);
}

/** Lets the pods of a slot go. Its autoscaler goes first, or it would bring them back. */
export async function emptySlot(cluster: Cluster, names: Names, slot: Slot, token: number): Promise<void> {
  await freeSlot(cluster, names, slot, token);
  await scaleTo(cluster, deploymentRef(names, slot), 0, token);
}
