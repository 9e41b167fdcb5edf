import { at, equalJson, StreamGateError } from '../base/index.ts';
import type { Cluster, JsonPatchOperation } from './cluster.ts';
import { describeRef, type KubeObject, type ObjectRef, refOf } from './objects.ts';

/** Annotation on every object that a release writes: the number of the lock under which it was written last. */
export const tokenAnnotation = 'streamgate.io/token';
const tokenPath = '/metadata/annotations/streamgate.io~1token';
const attempts = 8;
/** An apply meets every write to the object, and not only those to what it replaces. */
const applyAttempts = 20;

/** The token that an object carries; undefined when it carries none. */
export function tokenOf(object: KubeObject): number | undefined {
  const text = object.metadata.annotations?.[tokenAnnotation];
  const token = Number(text);
  return text !== undefined && Number.isSafeInteger(token) ? token : undefined;
}

/**
 * Puts our token on an object, so that whoever held the lock before can no longer write to it.
 * A higher token there means that we are the one who was overtaken: `Superseded`.
 */
export async function stampToken(
  cluster: Cluster,
  ref: ObjectRef,
  token: number,
): Promise<KubeObject | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const object = await cluster.get(ref);
    if (object === undefined) return undefined;
    const held = tokenOf(object);
    if (held === token) return object;
    if (held !== undefined && held > token) throw superseded(ref, held, token);
    const stamped = await cluster.patch(ref, stampOperations(object, token)).catch(retryOnConflict);
    if (stamped !== undefined) return stamped;
  }
  throw contended(ref);
}

function stampOperations(object: KubeObject, token: number): JsonPatchOperation[] {
  const annotations = object.metadata.annotations;
  if (annotations === undefined) {
    return [{ op: 'add', path: '/metadata/annotations', value: { [tokenAnnotation]: String(token) } }];
  }
  const held = annotations[tokenAnnotation];
  const before: JsonPatchOperation[] =
    held === undefined ? [] : [{ op: 'test', path: tokenPath, value: held }];
  return [...before, { op: 'add', path: tokenPath, value: String(token) }];
}

/**
 * Changes an object on which our token must stand. `compute` gives the operations, each with a `test` of what it
 * replaces; none when the object is as wanted, which also ends the repetition of a write whose answer was lost.
 * The precondition is not the resourceVersion, since a gateway's status write moves that one at any time.
 */
export async function fencedPatch(
  cluster: Cluster,
  ref: ObjectRef,
  token: number,
  compute: (object: KubeObject) => readonly JsonPatchOperation[],
): Promise<KubeObject> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const object = await cluster.get(ref);
    if (object === undefined) throw disappeared(ref);
    requireToken(object, ref, token);
    const operations = compute(object);
    if (operations.length === 0) return object;
    const fence: JsonPatchOperation = { op: 'test', path: tokenPath, value: String(token) };
    const patched = await cluster.patch(ref, [fence, ...operations]).catch(retryOnConflict);
    if (patched !== undefined) return patched;
  }
  throw contended(ref);
}

/**
 * Applies a whole object, by force, on which our token must stand. No apply can test the token, so it carries the uid
 * and the version of what was read with it: whoever takes the object over moves that version. So does a gateway that
 * writes a status, which is what the repetitions are for.
 */
export async function fencedApply(cluster: Cluster, wanted: KubeObject, token: number): Promise<KubeObject> {
  const ref = refOf(wanted);
  for (let attempt = 0; attempt < applyAttempts; attempt++) {
    const standing = await cluster.get(ref);
    if (standing === undefined) throw disappeared(ref);
    requireToken(standing, ref, token);
    const { uid = '', resourceVersion = '' } = standing.metadata;
    const fenced = { ...wanted, metadata: { ...wanted.metadata, uid, resourceVersion } };
    const applied = await cluster.apply(fenced, { force: true }).catch(retryOnConflict);
    if (applied !== undefined) return applied;
  }
  throw contended(ref, applyAttempts);
}

function requireToken(object: KubeObject, ref: ObjectRef, token: number): void {
  const held = tokenOf(object);
  if (held === undefined) throw unfenced(ref);
  if (held > token) throw superseded(ref, held, token);
}

/** Operations that replace one field, tested against what stands there; none when it stands there already. */
export function replaceField(
  object: KubeObject,
  path: readonly (string | number)[],
  value: unknown,
): JsonPatchOperation[] {
  const pointer = pointerTo(path);
  const current = at(object, ...path);
  if (current === undefined) return [{ op: 'add', path: pointer, value }];
  if (equalJson(current, value)) return [];
  return [
    { op: 'test', path: pointer, value: current },
    { op: 'replace', path: pointer, value },
  ];
}

/** Operations that take one field away, tested against what stands there; none when it is gone already. */
export function removeField(object: KubeObject, path: readonly (string | number)[]): JsonPatchOperation[] {
  const current = at(object, ...path);
  if (current === undefined) return [];
  return [
    { op: 'test', path: pointerTo(path), value: current },
    { op: 'remove', path: pointerTo(path) },
  ];
}

function pointerTo(path: readonly (string | number)[]): string {
  return `/${path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}

function retryOnConflict(thrown: unknown): undefined {
  if (thrown instanceof StreamGateError && thrown.code === 'Conflict') return undefined;
  throw thrown;
}

function superseded(ref: ObjectRef, held: number, token: number): StreamGateError {
  return new StreamGateError(
    'Superseded',
    `${describeRef(ref)} belongs to a newer release (token ${held}, ours is ${token})`,
    {
      remedy: 'Nothing needs to be done: the newer release goes on. See it with `streamgate status APP`.',
    },
  );
}

function unfenced(ref: ObjectRef): StreamGateError {
  return new StreamGateError(
    'Conflict',
    `${describeRef(ref)} lost its annotation ${tokenAnnotation} in the middle of the release`,
    {
      remedy:
        'Something replaced the whole object. Stop it (a GitOps sync?), then run the same command again.',
    },
  );
}

export function disappeared(ref: ObjectRef): StreamGateError {
  return new StreamGateError('Conflict', `${describeRef(ref)} disappeared in the middle of the release`, {
    remedy: 'Find out who deleted it, then run the same command again.',
  });
}

function contended(ref: ObjectRef, tries = attempts): StreamGateError {
  return new StreamGateError(
    'Conflict',
    `${describeRef(ref)} was changed by somebody else at each of ${tries} tries`,
    {
      remedy:
        'Find the other writer in its `metadata.managedFields` and stop it, then run the same command again.',
    },
  );
}
