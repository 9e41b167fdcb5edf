import { randomUUID } from 'node:crypto';
import { type Clock, equalJson } from '../base/index.ts';
import { alreadyExists, notFound } from './api-error.ts';
import { storageKey } from './resources.ts';
import type { ResourceType, Store, StoredObject, StoreEvent } from './store.ts';

interface Shelf {
  readonly objects: Map<string, StoredObject>;
  readonly listeners: Set<(event: StoreEvent) => void>;
  history: StoreEvent[];
  /** Changes up to this resourceVersion are no longer in the history. */
  forgottenUpTo: number;
}

export interface StoreLimits {
  /** Changes that are remembered per kind; a watch that starts before them gets 410. */
  readonly history?: number;
}

/** What a client knows of before is from another server: as on a real one, nobody knows any more what changed since. */
const firstVersion = 100;

/** Groups whose kinds count no generations in Kubernetes. */
const groupsWithoutGeneration = new Set([
  '',
  'discovery.k8s.io',
  'events.k8s.io',
  'coordination.k8s.io',
  'autoscaling',
]);

/**
 * A store in memory. What goes in is copied, what comes out is frozen: nobody can change an object behind the store's
 * back. Listeners are called in the order of the changes, also when a listener itself writes.
 */
export function createStore(clock: Clock, limits: StoreLimits = {}): Store {
  const historyLimit = limits.history ?? 2_000;
  const shelves = new Map<string, Shelf>();
  const pending: { shelf: Shelf; event: StoreEvent }[] = [];
  let delivering = false;
  let lastVersion = firstVersion;

  function shelfOf(type: ResourceType): Shelf {
    const key = storageKey(type);
    const shelf = shelves.get(key) ?? {
      objects: new Map(),
      listeners: new Set(),
      history: [],
      forgottenUpTo: firstVersion,
    };
    shelves.set(key, shelf);
    return shelf;
  }

  function record(shelf: Shelf, event: StoreEvent): void {
    shelf.history.push(event);
    if (shelf.history.length > historyLimit) {
      const dropped = shelf.history.splice(0, shelf.history.length - historyLimit);
      shelf.forgottenUpTo = versionOf(dropped.at(-1)) ?? shelf.forgottenUpTo;
    }
    pending.push({ shelf, event });
    if (!delivering) deliver();
  }

  function deliver(): void {
    const errors: unknown[] = [];
    delivering = true;
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      for (const listener of [...next.shelf.listeners]) {
        try {
          listener(next.event);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    delivering = false;
    if (errors.length > 0) throw errors[0];
  }

  return {
    get: (type, namespace, name) => shelfOf(type).objects.get(keyOf(namespace, name)),

    list(type, namespace) {
      const objects = [...shelfOf(type).objects.values()];
      const inside = namespace
        ? objects.filter((object) => object.metadata.namespace === namespace)
        : objects;
      return inside.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    },

    create(type, object) {
      const shelf = shelfOf(type);
      const { name, namespace = '' } = object.metadata;
      if (shelf.objects.has(keyOf(namespace, name))) throw alreadyExists(type, name);
      const created = freeze({
        ...object,
        metadata: {
          ...object.metadata,
          uid: object.metadata.uid || randomUUID(),
          resourceVersion: String(++lastVersion),
          creationTimestamp: toSeconds(clock),
          ...(countsGenerations(type) && object.spec !== undefined && { generation: 1 }),
        },
      } as StoredObject);
      shelf.objects.set(keyOf(namespace, name), created);
      record(shelf, { type: 'ADDED', object: created, previous: undefined });
      return created;
    },

    update(type, namespace, name, change) {
      const shelf = shelfOf(type);
      const current = shelf.objects.get(keyOf(namespace, name));
      if (current === undefined) throw notFound(type, name);
      const changed = change(current);
      if (changed === undefined || changed === current) return current;
      const { uid, resourceVersion, creationTimestamp } = current.metadata;
      const candidate: StoredObject = {
        ...changed,
        metadata: { ...changed.metadata, uid, resourceVersion, creationTimestamp },
      };
      if (equalJson(candidate, current)) return current;
      const specChanged = countsGenerations(type) && !equalJson(candidate.spec, current.spec);
      const updated = freeze({
        ...candidate,
        metadata: {
          ...candidate.metadata,
          resourceVersion: String(++lastVersion),
          ...(specChanged && { generation: (current.metadata.generation ?? 0) + 1 }),
        },
      });
      shelf.objects.set(keyOf(namespace, name), updated);
      record(shelf, { type: 'MODIFIED', object: updated, previous: current });
      return updated;
    },

    remove(type, namespace, name) {
      const shelf = shelfOf(type);
      const current = shelf.objects.get(keyOf(namespace, name));
      if (current === undefined) return;
      shelf.objects.delete(keyOf(namespace, name));
      const metadata = { ...current.metadata, resourceVersion: String(++lastVersion) };
      record(shelf, { type: 'DELETED', object: freeze({ ...current, metadata }), previous: current });
    },

    get resourceVersion() {
      return lastVersion;
    },

    subscribe(type, listener) {
      const { listeners } = shelfOf(type);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    changesSince(type, resourceVersion) {
      const shelf = shelfOf(type);
      if (resourceVersion < shelf.forgottenUpTo) return undefined;
      return shelf.history.filter((event) => (versionOf(event) ?? 0) > resourceVersion);
    },
  };
}

/** Kubernetes' `Time`: whole seconds. */
export function toSeconds(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Whether the kind numbers the changes of its spec. */
export function countsGenerations(type: ResourceType): boolean {
  return type.kind === 'Pod' || !groupsWithoutGeneration.has(type.group);
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function sortKey({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function versionOf(event: StoreEvent | undefined): number | undefined {
  return event === undefined ? undefined : Number(event.object.metadata.resourceVersion);
}

/** A deep copy without undefined fields that nobody can change. Parts that are frozen already are shared. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  const copy = Array.isArray(value)
    ? value.map((item) => freeze(item))
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, field]) => field !== undefined)
          .map(([key, field]) => [key, freeze(field)]),
      );
  Object.freeze(copy);
  frozen.add(copy);
  return copy as T;
}

const frozen = new WeakSet<object>();
