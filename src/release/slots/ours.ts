import { StreamGateError } from '../../base/index.ts';
import {
  type Cluster,
  describeRef,
  fencedPatch,
  type KubeObject,
  type ObjectRef,
  removeField,
  replaceField,
  stampToken,
  tokenAnnotation,
  tokenOf,
} from '../../cluster/index.ts';
import type { Release } from '../step.ts';
import { deploymentRef, journalRef, managedByLabel, manager, type Names, type Slot } from './names.ts';

/** On a Deployment that ran before and was taken over: it serves as a slot, and may be deleted as one. */
export const adoptedAnnotation = 'streamgate.io/adopted';

/** Whether a Deployment ran before StreamGate knew it, and was taken over. */
export function isAdopted(object: KubeObject): boolean {
  return object.metadata.annotations?.[adoptedAnnotation] !== undefined;
}

/** Whether an object of a slot is one that we made, or took over. What else has its name is left alone. */
export function isOurs(object: KubeObject): boolean {
  return object.metadata.labels?.[managedByLabel] === manager || isAdopted(object);
}

/** The Deployment of a slot; undefined also when somebody else's has its name. */
export async function slotDeploymentOf(
  cluster: Cluster,
  names: Names,
  slot: Slot,
): Promise<KubeObject | undefined> {
  const object = await cluster.get(deploymentRef(names, slot));
  return object !== undefined && isOurs(object) ? object : undefined;
}

/**
 * Creates an object, or finds it made already: by an earlier try whose answer was lost, or by the run before.
 * Answers what stands there now and whether this call made it.
 */
export async function createOrFind(
  cluster: Cluster,
  object: KubeObject,
  ref: ObjectRef,
): Promise<{ object: KubeObject; created: boolean }> {
  const existing = await cluster.get(ref);
  if (existing !== undefined) return { object: existing, created: false };
  try {
    return { object: await cluster.create(object), created: true };
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;
    const found = await cluster.get(ref);
    if (found === undefined) throw thrown;
    return { object: found, created: false };
  }
}

/** Who creates, as far as it takes to see whether that is still so. */
export interface Owner extends Pick<Release, 'cluster' | 'lasting' | 'token'> {
  readonly names: Pick<Names, 'app' | 'namespace'>;
}

/**
 * Creates an object for a run that may be overtaken while its request is on the way, or finds it and puts our token on
 * it. A creation carries no precondition, so one that comes late would leave what nobody knows of: it is taken back at
 * once, and the run ends `Superseded`.
 */
export async function createFenced(
  { cluster, lasting, names, token }: Owner,
  object: KubeObject,
  ref: ObjectRef,
): Promise<{ object: KubeObject; created: boolean }> {
  const existing = await stampToken(cluster, ref, token);
  if (existing !== undefined) return { object: existing, created: false };
  try {
    return await createOrFind(cluster, object, ref);
  } finally {
    // Also when it was broken off, since the request may have come through all the same. Whoever takes the lock puts its
    // number on the journal before anything else.
    await stampToken(lasting, journalRef(names.namespace, names.app), token).catch(
      async (thrown: unknown) => {
        if (thrown instanceof StreamGateError && thrown.code === 'Superseded')
          await takeBack(lasting, ref, token);
        throw thrown;
      },
    );
  }
}

/** Deletes what was not there before and carries our token, so we made it; unless somebody took it over meanwhile. */
async function takeBack(cluster: Cluster, ref: ObjectRef, token: number): Promise<void> {
  const object = await cluster.get(ref);
  if (object === undefined || tokenOf(object) !== token) return;
  const { uid = '', resourceVersion = '' } = object.metadata;
  await cluster.delete(ref, { uid, resourceVersion }).catch((thrown: unknown) => {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;
  });
}

/** How often a deletion is tried under which somebody keeps writing. */
const deletionAttempts = 20;

/** Deletes an object that this app's releases made, and no other: it must carry a token that is not newer than ours. */
export async function deleteOurs(
  cluster: Cluster,
  ref: ObjectRef,
  token: number,
  propagation: 'Background' | 'Orphan' = 'Background',
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const object = await cluster.get(ref);
    if (object === undefined) return;
    requireOurs(object, ref, token);
    const { uid, resourceVersion } = object.metadata;
    const preconditions = {
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    };
    try {
      return await cluster.delete(ref, preconditions, propagation);
    } catch (thrown) {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;
      // Somebody's status write came in between; the token decides anew.
      if (attempt >= deletionAttempts) throw thrown;
    }
  }
}

function requireOurs(object: KubeObject, ref: ObjectRef, token: number): void {
  const held = tokenOf(object);
  if (held !== undefined && held <= token) return;
  throw new StreamGateError(
    'Conflict',
    `${describeRef(ref)} is not ours to delete${held === undefined ? '' : ': a newer release owns it'}`,
    { remedy: 'Look at it, and delete it by hand if nobody needs it.' },
  );
}

/** Scales a Deployment of ours, and stamps it with our token first. Does nothing when it is gone. */
export async function scaleTo(
  cluster: Cluster,
  ref: ObjectRef,
  replicas: number,
  token: number,
): Promise<void> {
  const deployment = await stampToken(cluster, ref, token);
  if (deployment === undefined) return;
  await fencedPatch(cluster, ref, token, (object) => replaceField(object, ['spec', 'replicas'], replicas));
}

/** Takes our token off an object, whoever of us wrote it last. Does nothing when it is gone, or carries none. */
export async function unstamp(cluster: Cluster, ref: ObjectRef, token: number): Promise<void> {
  const object = await cluster.get(ref);
  if (object === undefined || tokenOf(object) === undefined) return;
  await stampToken(cluster, ref, token);
  await fencedPatch(cluster, ref, token, (standing) =>
    removeField(standing, ['metadata', 'annotations', tokenAnnotation]),
  );
}

/** The object with our token on it. */
export function stamped(object: KubeObject, token: number): KubeObject {
  const annotations = { ...object.metadata.annotations, [tokenAnnotation]: String(token) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
