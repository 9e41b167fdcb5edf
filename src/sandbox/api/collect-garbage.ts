import { resources, storageKey } from '../resources.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import type { ApiContext } from './context.ts';
import { deleteObject } from './delete.ts';

/** From a change to the collector's next look; real clusters take a moment, too. */
const delayMs = 5;

const background = { propagation: 'Background', dryRun: false } as const;

/**
 * Removes what nobody owns any more, finishes foreground and orphaning deletions, and empties deleted namespaces.
 * Looks at everything after each change that could matter: the sandbox holds hundreds of objects, not thousands.
 */
export function startGarbageCollector(api: ApiContext): {
  readonly watch: (type: ResourceType) => void;
  readonly stop: () => void;
} {
  const { store, catalog, clock } = api;
  const watched = new Map<string, () => void>();
  let cancel: (() => void) | undefined;

  function look(): void {
    cancel = undefined;
    for (const type of distinctTypes()) {
      for (const { metadata } of store.list(type, '')) {
        // Read again: what was tended before may have changed or removed this one.
        const object = store.get(type, metadata.namespace ?? '', metadata.name);
        if (object !== undefined) tend(type, object);
      }
    }
  }

  function distinctTypes(): readonly ResourceType[] {
    return [
      ...new Map(
        catalog
          .all()
          .toReversed()
          .map((type) => [storageKey(type), type]),
      ).values(),
    ];
  }

  function tend(type: ResourceType, object: StoredObject): void {
    const { deletionTimestamp, finalizers = [], ownerReferences = [] } = object.metadata;
    if (deletionTimestamp === undefined) {
      if (ownerReferences.length > 0 && !ownerReferences.some((owner) => ownerExists(object, owner))) {
        deleteObject(api, type, object, { ...background, uid: object.metadata.uid });
      }
    } else if (type.kind === 'Namespace') emptyNamespace(object);
    else if (finalizers.includes('orphan')) orphanDependents(type, object);
    else if (finalizers.includes('foregroundDeletion')) deleteDependentsFirst(type, object);
  }

  type Owner = NonNullable<StoredObject['metadata']['ownerReferences']>[number];

  /** An owner of a kind that nobody knows here is left the benefit of the doubt. */
  function ownerExists({ metadata }: StoredObject, { apiVersion, kind, name, uid }: Owner): boolean {
    const type = catalog.findKind(apiVersion, kind);
    if (type === undefined) return true;
    return store.get(type, type.namespaced ? (metadata.namespace ?? '') : '', name)?.metadata.uid === uid;
  }

  function dependentsOf({
    metadata,
  }: StoredObject): readonly { type: ResourceType; object: StoredObject; owner: Owner }[] {
    return distinctTypes().flatMap((type) =>
      store.list(type, '').flatMap((object) => {
        const owner = object.metadata.ownerReferences?.find(({ uid }) => uid === metadata.uid);
        return owner === undefined ? [] : [{ type, object, owner }];
      }),
    );
  }

  function deleteDependentsFirst(type: ResourceType, object: StoredObject): void {
    for (const dependent of dependentsOf(object)) {
      if (dependent.object.metadata.deletionTimestamp !== undefined) continue;
      deleteObject(api, dependent.type, dependent.object, { ...background, propagation: 'Foreground' });
    }
    if (!dependentsOf(object).some(({ owner }) => owner.blockOwnerDeletion))
      finish(type, object, 'foregroundDeletion');
  }

  function orphanDependents(type: ResourceType, object: StoredObject): void {
    for (const dependent of dependentsOf(object)) {
      const { name, namespace = '' } = dependent.object.metadata;
      store.update(dependent.type, namespace, name, (current) => {
        const { ownerReferences = [], ...metadata } = current.metadata;
        const others = ownerReferences.filter(({ uid }) => uid !== object.metadata.uid);
        return {
          ...current,
          metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) },
        };
      });
    }
    finish(type, object, 'orphan');
  }

  function finish(type: ResourceType, { metadata }: StoredObject, finalizer: string): void {
    const { name, namespace = '' } = metadata;
    const finalizers = (metadata.finalizers ?? []).filter((other) => other !== finalizer);
    const left = store.update(type, namespace, name, (current) => ({
      ...current,
      metadata: { ...current.metadata, finalizers },
    }));
    const ended = type.kind !== 'Pod' || left.metadata.deletionGracePeriodSeconds === 0;
    if (finalizers.length === 0 && ended) store.remove(type, namespace, name);
  }

  function emptyNamespace({ metadata }: StoredObject): void {
    const inside = distinctTypes().filter(({ namespaced }) => namespaced);
    for (const type of inside) {
      for (const object of store.list(type, metadata.name)) {
        if (object.metadata.deletionTimestamp === undefined) deleteObject(api, type, object, background);
      }
    }
    const empty = inside.every((type) => store.list(type, metadata.name).length === 0);
    if (empty && (metadata.finalizers ?? []).length === 0)
      store.remove(resources.namespaces, '', metadata.name);
  }

  function lookSoon(): void {
    cancel ??= clock.after(delayMs, look);
  }

  function watch(type: ResourceType): void {
    if (watched.has(storageKey(type))) return;
    const unsubscribe = store.subscribe(type, ({ type: change, object: { metadata } }) => {
      const owned = change === 'ADDED' && metadata.ownerReferences !== undefined;
      if (change === 'DELETED' || metadata.deletionTimestamp !== undefined || owned) lookSoon();
    });
    watched.set(storageKey(type), unsubscribe);
  }

  for (const type of catalog.all()) watch(type);
  return {
    watch,
    stop() {
      cancel?.();
      for (const unsubscribe of watched.values()) unsubscribe();
    },
  };
}
