import type { Clock, Milliseconds } from '../base/index.ts';
import type { ResourceType, Store, StoredObject } from './store.ts';

/**
 * Follows a kind as somebody on another machine would: each change arrives `delayMs` after it was made, in order.
 * `object` is undefined when the object is gone.
 */
function followLate(
  store: Store,
  clock: Clock,
  delayMs: () => Milliseconds,
  type: ResourceType,
  onChange: (key: string, object: StoredObject | undefined) => void,
): () => void {
  const seen = new Map<string, number>();
  const cancels = new Set<() => void>();

  function arrive(object: StoredObject, gone: boolean): void {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const version = Number(object.metadata.resourceVersion);
    // A delay that was shortened in between must not let old news overtake.
    if (version <= (seen.get(key) ?? 0)) return;
    seen.set(key, version);
    onChange(key, gone ? undefined : object);
  }

  for (const object of store.list(type, '')) arrive(object, false);
  const unsubscribe = store.subscribe(type, (event) => {
    const cancel = clock.after(delayMs(), () => {
      cancels.delete(cancel);
      arrive(event.object, event.type === 'DELETED');
    });
    cancels.add(cancel);
  });
  return () => {
    unsubscribe();
    for (const cancel of cancels) cancel();
  };
}

/** A kind as it was a moment ago, by `namespace/name`. */
export interface LateView {
  readonly objects: ReadonlyMap<string, StoredObject>;
  stop(): void;
}

/** `onChange` is not called for what exists at the start. */
export function watchLate(
  store: Store,
  clock: Clock,
  delayMs: () => Milliseconds,
  type: ResourceType,
  onChange: (key: string, object: StoredObject | undefined, previous: StoredObject | undefined) => void,
): LateView {
  const objects = new Map<string, StoredObject>();
  let started = false;
  const stop = followLate(store, clock, delayMs, type, (key, object) => {
    const previous = objects.get(key);
    if (object === undefined) objects.delete(key);
    else objects.set(key, object);
    if (started) onChange(key, object, previous);
  });
  started = true;
  return { objects, stop };
}
