import type { Json, Milliseconds, StreamGateError } from '../base/index.ts';
import type { CredentialsEnd } from './credentials-end.ts';
import type { KindPath } from './kinds.ts';
import type { KindRef, KubeObject, ObjectRef } from './objects.ts';

/** RFC 6902. A `test` that does not hold makes the whole patch fail with `Conflict`. */
export type JsonPatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export interface ListOptions {
  readonly namespace: string;
  /** `app=shop,streamgate.io/slot in (blue)` */
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface WriteOptions {
  /** Checked by the server as a real write would be, and not stored. */
  readonly dryRun?: boolean;
  /** Refuses fields that the kind does not have, which a creation else leaves out without a word. */
  readonly strict?: boolean;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

export interface PodLogOptions {
  readonly container?: string;
  readonly tailLines?: number;
  /** Of the container's previous run, for one that crashed. */
  readonly previous?: boolean;
}

/** A way into one port of one pod, open until closed. */
export interface PortForward {
  readonly host: string;
  readonly port: number;
  /**
   * Why the API does not carry the last connection, or did not to its end: `NotFound` when the pod is gone. Undefined while
   * it is carried, and when the pod's port refused it.
   */
  trouble?(): StreamGateError | undefined;
  close(): Promise<void>;
}

/** A question for SelfSubjectAccessReview. */
export interface AccessQuestion {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly name?: string;
}

/**
 * Everything that StreamGate asks of Kubernetes.
 * Errors are StreamGateErrors: `NotFound`, `Conflict` (409, and 422 of a failed JSON-patch test), `Denied` (401, 403),
 * `Refused` (other 4xx: the server's own message), `Unreachable`, `Timeout`, `Cancelled`.
 * Reads and writes that are safe to repeat are retried on 429, 5xx and broken connections until the signal ends them.
 */
export interface Cluster {
  /** Address and context, for messages. */
  readonly name: string;
  /** For how long so far the API gave no answer at all while one was waited for: nothing could be seen then. */
  absentMs(): Milliseconds;
  version(): Promise<string>;
  /** Undefined when there is none. */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(kind: KindRef, options: ListOptions): Promise<readonly KubeObject[]>;
  create(object: KubeObject, options?: WriteOptions): Promise<KubeObject>;
  /**
   * Server-side apply as field manager `streamgate`, without force. With `metadata.resourceVersion` or `uid` it is a
   * `Conflict` when the object has another one now.
   */
  apply(object: KubeObject, options?: WriteOptions & { readonly force?: boolean }): Promise<KubeObject>;
  patch(
    ref: ObjectRef,
    operations: readonly JsonPatchOperation[],
    options?: WriteOptions & { readonly subresource?: 'status' | 'scale' },
  ): Promise<KubeObject>;
  mergePatch(ref: ObjectRef, patch: Json, options?: WriteOptions): Promise<KubeObject>;
  /** Undefined when it was gone already. Preconditions make it a `Conflict` when the object is another one now. */
  delete(
    ref: ObjectRef,
    preconditions?: { readonly uid?: string; readonly resourceVersion?: string },
    /** What belongs to it goes as well, later (`Background`), or stays without an owner (`Orphan`). */
    propagation?: 'Background' | 'Orphan',
  ): Promise<void>;
  /**
   * Calls back with all that exists as ADDED, then with each change, and again after every gap, until the signal ends it.
   * Silence, 410 and lost connections are survived by listing again. Resolves when aborted. What is `known` from a list
   * before is not told again, unless it differs, and is told as DELETED when it has gone meanwhile.
   */
  watch(
    kind: KindRef,
    options: ListOptions,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
    known?: readonly KubeObject[],
  ): Promise<void>;
  podLogs(pod: ObjectRef, options?: PodLogOptions): Promise<string>;
  portForward(pod: ObjectRef, port: number): Promise<PortForward>;
  allowed(question: AccessQuestion): Promise<boolean>;
  /** How the API names a kind in its paths and rules; undefined when the server does not know it. */
  kindPath(kind: KindRef): Promise<KindPath | undefined>;
  /** Whether the server knows the kind. */
  supports(kind: KindRef): Promise<boolean>;
  /** When the credentials end for good; undefined when that cannot be known, or when somebody renews them. */
  credentialsEnd(): Promise<CredentialsEnd | undefined>;
  /** The same cluster with every call ended by this signal. */
  with(signal: AbortSignal): Cluster;
}
