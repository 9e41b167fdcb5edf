import { at, type Clock, type Json, type Log, type Milliseconds, StreamGateError } from '../base/index.ts';
import { watchAbsence } from './absence.ts';
import type { Cluster, JsonPatchOperation, ListOptions, PodLogOptions, WriteOptions } from './cluster.ts';
import { collectionPath, createKinds, type Kinds, objectPath } from './kinds.ts';
import { type KindRef, type KubeObject, type ObjectRef, refOf } from './objects.ts';
import { call, type RequestContext } from './request.ts';
import type { Transport } from './transport.ts';
import { createTurns } from './turns.ts';
import { followCollection } from './watch.ts';

/** How our fields are named in `managedFields`. */
export const fieldManager = 'streamgate';

const applyType = 'application/apply-patch+yaml';
const jsonPatchType = 'application/json-patch+json';
const mergePatchType = 'application/merge-patch+json';
/** Enough for every release; more would only crowd out other users of the API server. */
const requestsAtOnce = 32;

export interface ClusterOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** How long a request is repeated on trouble; two minutes when left out. */
  readonly patienceMs?: Milliseconds;
}

/** The `Cluster` port over any transport: a kubeconfig's, or the embedded cluster's without sockets. */
export function createCluster(options: ClusterOptions): Cluster {
  const context: RequestContext = {
    ...options,
    absence: watchAbsence(options.clock),
    turns: createTurns(requestsAtOnce),
  };
  const kinds = createKinds((path) => call(context, { method: 'GET', path }).catch(noneIfMissing));
  return clusterOver(context, kinds);
}

function clusterOver(context: RequestContext, kinds: Kinds): Cluster {
  const { transport } = context;
  const pathOf = async (ref: ObjectRef, subresource?: string) =>
    objectPath(ref, await kinds.resolve(ref), subresource);

  async function listPath(kind: KindRef, options: ListOptions): Promise<string> {
    const query = new URLSearchParams();
    if (options.labelSelector) query.set('labelSelector', options.labelSelector);
    if (options.fieldSelector) query.set('fieldSelector', options.fieldSelector);
    const separator = query.size > 0 ? '&' : '';
    return `${collectionPath(kind, await kinds.resolve(kind), options.namespace)}?${query}${separator}`;
  }

  async function listWithVersion(kind: KindRef, options: ListOptions) {
    const body = await call(context, { method: 'GET', path: await listPath(kind, options) });
    const items = at(body, 'items');
    if (!Array.isArray(items)) throw new StreamGateError('Failed', `The list of ${kind.kind} had no items`);
    // Items of a list carry neither apiVersion nor kind on the wire.
    const objects = items.map((item: KubeObject) => ({
      ...item,
      apiVersion: kind.apiVersion,
      kind: kind.kind,
    }));
    return { items: objects, resourceVersion: String(at(body, 'metadata', 'resourceVersion') ?? '') };
  }

  return {
    name: transport.name,
    absentMs: () => context.absence.totalMs(),
    async version() {
      return String(at(await call(context, { method: 'GET', path: '/version' }), 'gitVersion') ?? 'unknown');
    },
    async get(ref) {
      const path = await pathOf(ref);
      return asObject(await call(context, { method: 'GET', path }).catch(noneIfMissing));
    },
    async list(kind, options) {
      return (await listWithVersion(kind, options)).items;
    },
    async create(object, options) {
      const path = collectionPath(object, await kinds.resolve(object), object.metadata.namespace ?? '');
      return required(
        await call(context, { method: 'POST', path: path + writeQuery(options), body: object }),
      );
    },
    async apply(object, options) {
      const force = options?.force ? { force: 'true' } : {};
      const path = (await pathOf(refOf(object))) + writeQuery(options, force);
      return required(await call(context, { method: 'PATCH', path, contentType: applyType, body: object }));
    },
    async patch(ref, operations, options) {
      const path = (await pathOf(ref, options?.subresource)) + writeQuery(options);
      const preconditioned = operations.some(({ op }: JsonPatchOperation) => op === 'test');
      return required(
        await call(context, {
          method: 'PATCH',
          path,
          contentType: jsonPatchType,
          body: operations,
          preconditioned,
        }),
      );
    },
    async mergePatch(ref, patch: Json, options) {
      const path = (await pathOf(ref)) + writeQuery(options);
      return required(
        await call(context, { method: 'PATCH', path, contentType: mergePatchType, body: patch }),
      );
    },
    async delete(ref, preconditions, propagation = 'Background') {
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
        preconditions,
      };
      await call(context, { method: 'DELETE', path: await pathOf(ref), body }).catch(noneIfMissing);
    },
    async watch(kind, options, onEvent, signal, known) {
      const path = await listPath(kind, options);
      const source = { ...context, path, list: () => listWithVersion(kind, options) };
      await followCollection(source, onEvent, AbortSignal.any([signal, context.signal]), known);
    },
    async podLogs(pod, options) {
      const path = `${await pathOf(pod, 'log')}?${logQuery(options)}`;
      return String(await call(context, { method: 'GET', path, accept: '*/*' }));
    },
    portForward: (pod, port) => transport.portForward(pod.namespace, pod.name, port),
    async allowed(question) {
      const body = {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        metadata: {},
        spec: { resourceAttributes: question },
      };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      return at(await call(context, { method: 'POST', path, body }), 'status', 'allowed') === true;
    },
    kindPath: (kind) => kinds.find(kind),
    async supports(kind) {
      return (await kinds.find(kind)) !== undefined;
    },
    credentialsEnd: async () => transport.credentialsEnd?.(),
    with(signal) {
      return clusterOver({ ...context, signal: AbortSignal.any([context.signal, signal]) }, kinds);
    },
  };
}

function writeQuery(options: WriteOptions | undefined, extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ fieldManager, ...extra });
  if (options?.dryRun) query.set('dryRun', 'All');
  if (options?.strict) query.set('fieldValidation', 'Strict');
  return `?${query}`;
}

function logQuery(options: PodLogOptions = {}): URLSearchParams {
  const query = new URLSearchParams();
  if (options.container) query.set('container', options.container);
  if (options.tailLines !== undefined) query.set('tailLines', String(options.tailLines));
  if (options.previous) query.set('previous', 'true');
  return query;
}

function noneIfMissing(thrown: unknown): undefined {
  if (thrown instanceof StreamGateError && thrown.code === 'NotFound') return undefined;
  throw thrown;
}

function asObject(body: unknown): KubeObject | undefined {
  return body === undefined ? undefined : required(body);
}

function required(body: unknown): KubeObject {
  if (typeof at(body, 'kind') === 'string') return body as KubeObject;
  throw new StreamGateError(
    'Failed',
    `The API server answered without an object: ${String(body).slice(0, 200)}`,
    {
      remedy:
        'Something between here and the API server answers in its place: check proxies and the server address.',
    },
  );
}
