import type { Clock, Log, Milliseconds } from '../../base/index.ts';
import type { ResourceType, Store, StoredObject } from '../store.ts';

export interface ControllerContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  delays(): { readonly endpointMs: Milliseconds; readonly propagationMs: Milliseconds };
}

/** A running controller; the function stops it. */
export type StartController = (context: ControllerContext) => () => void;

/** Calls back with every object that exists and then with each one that changes or goes. */
export function follow(
  store: Store,
  type: ResourceType,
  onObject: (object: StoredObject) => void,
): () => void {
  const unsubscribe = store.subscribe(type, (event) => {
    onObject(event.object);
    // What an object used to say matters too: labels that it lost, a Service that it no longer names.
    if (event.previous !== undefined && event.type === 'MODIFIED') onObject(event.previous);
  });
  for (const object of store.list(type, '')) onObject(object);
  return unsubscribe;
}

export function namespaceOf(object: StoredObject): string {
  return object.metadata.namespace ?? '';
}

/** Writes a status; nothing happens when it says the same already, or the object is gone. */
export function writeStatus(store: Store, type: ResourceType, object: StoredObject, status: unknown): void {
  const { name, uid } = object.metadata;
  if (store.get(type, namespaceOf(object), name)?.metadata.uid !== uid) return;
  store.update(type, namespaceOf(object), name, (current) => ({ ...current, status }));
}

/** Marks a pod for graceful deletion; the kubelet does the rest. */
export function markDeleted(context: ControllerContext, type: ResourceType, object: StoredObject): void {
  const grace = object.spec?.terminationGracePeriodSeconds ?? 30;
  const deletionTimestamp = new Date(context.clock.now() + grace * 1_000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  context.store.update(type, namespaceOf(object), object.metadata.name, (current) => ({
    ...current,
    metadata: { ...current.metadata, deletionTimestamp, deletionGracePeriodSeconds: grace },
  }));
}
