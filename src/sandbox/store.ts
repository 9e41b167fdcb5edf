/** An object as stored: plain JSON. Never mutate one that was read from the store: copy it and write it back. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: StoredMeta;
  // biome-ignore lint/suspicious/noExplicitAny: the sandbox stores any kind as plain JSON
  [field: string]: any;
}

export interface StoredMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
    blockOwnerDeletion?: boolean;
  }[];
  // biome-ignore lint/suspicious/noExplicitAny: managedFields and the like
  [field: string]: any;
}

/** An object before the store gave it its identity. */
export interface NewObject {
  apiVersion: string;
  kind: string;
  metadata: Partial<StoredMeta> & { name: string };
  // biome-ignore lint/suspicious/noExplicitAny: see StoredObject
  [field: string]: any;
}

/** `deployments.apps/v1`: what discovery lists and paths name. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  /** Plural, as in paths. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly subresources: readonly string[];
  readonly shortNames?: readonly string[];
}

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredObject;
  /** State before; undefined for ADDED. */
  readonly previous: StoredObject | undefined;
}

/** The only place where objects live. Controllers and the API share it. All calls are synchronous and atomic. */
export interface Store {
  get(type: ResourceType, namespace: string, name: string): StoredObject | undefined;
  /** Of every namespace when `namespace` is empty. */
  list(type: ResourceType, namespace: string): readonly StoredObject[];
  /** Sets uid, resourceVersion, creationTimestamp; throws ApiError 409 AlreadyExists. */
  create(type: ResourceType, object: NewObject): StoredObject;
  /**
   * Replaces the object with what `change` returns (undefined: leave as it is). Bumps resourceVersion when something
   * differs, and generation when the spec does. Throws ApiError 404.
   */
  update(
    type: ResourceType,
    namespace: string,
    name: string,
    change: (current: StoredObject) => StoredObject | undefined,
  ): StoredObject;
  /** Removes at once, whatever finalizers or grace say: the API's delete decides that before. */
  remove(type: ResourceType, namespace: string, name: string): void;
  /** Latest resourceVersion given out. */
  readonly resourceVersion: number;
  /** Calls back, synchronously, with every change of the type from now on. */
  subscribe(type: ResourceType, listener: (event: StoreEvent) => void): () => void;
  /** Changes after `resourceVersion` in order, or undefined when history no longer reaches back (410). */
  changesSince(type: ResourceType, resourceVersion: number): readonly StoreEvent[] | undefined;
}
