import { randomBytes, randomUUID } from 'node:crypto';
import { equalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { ApiError, alreadyExists, conflict, invalid, notFound } from '../api-error.ts';
import { apiVersionOf, resources } from '../resources.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { countsGenerations, toSeconds } from '../store-memory.ts';
import { admit } from './admit.ts';
import {
  type ApiContext,
  hasStatus,
  isCustom,
  isDryRun,
  type Scope,
  storageType,
  viewOf,
} from './context.ts';
import { fillDefaults } from './defaults.ts';
import { eventToStore } from './event-view.ts';
import { required, wrong } from './field-errors.ts';
import { type Ownership, ownersAfterUpdate, type Writer, writeOwners } from './managed-fields.ts';

import { validate } from './validate.ts';

/** Who owns what after a write; absent for a plain write, whose writer owns what it changed. */
type Owners = readonly Ownership[] | undefined;

export function writerOf(api: ApiContext, scope: Scope, operation: 'Apply' | 'Update'): Writer {
  const { manager, subresource, type } = scope;
  return { manager, operation, subresource, apiVersion: apiVersionOf(type), time: toSeconds(api.clock) };
}

/** Reads a body as an object of the kind that the path names. */
export function parseObject(scope: Scope, body: Json): StoredObject {
  const { type } = scope;
  if (!isJsonObject(body)) throw new ApiError('BadRequest', 'the body is not a JSON object');
  const { apiVersion = apiVersionOf(type), kind = type.kind, metadata = {} } = body;
  if (apiVersion !== apiVersionOf(type)) {
    throw new ApiError(
      'BadRequest',
      `the API version in the data (${apiVersion}) does not match the expected API version (${apiVersionOf(type)})`,
    );
  }
  if (kind !== type.kind)
    throw new ApiError(
      'BadRequest',
      `${kind} in version "${type.version}" cannot be handled as a ${type.kind}`,
    );
  if (!isJsonObject(metadata)) throw new ApiError('BadRequest', 'metadata is not a JSON object');
  const namespace = metadata.namespace || scope.namespace;
  if (type.namespaced && namespace !== scope.namespace) {
    throw new ApiError(
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  const { namespace: _given, ...rest } = metadata;
  return {
    ...body,
    apiVersion,
    kind,
    metadata: type.namespaced ? { ...rest, namespace } : rest,
  } as StoredObject;
}

export function createObject(
  api: ApiContext,
  scope: Scope,
  proposed: StoredObject,
  owners?: Owners,
): StoredObject {
  const { type } = scope;
  if (proposed.metadata.resourceVersion) {
    throw new ApiError('InternalError', 'resourceVersion should not be set on objects to be created');
  }
  requireNamespace(api, scope, proposed.metadata.name ?? '');
  const named = { ...eventToStore(type, proposed), metadata: freshMetadata(api, scope, proposed) };
  const filled = fillDefaults(type, withoutEmptyMaps(hasStatus(type) ? withInitialStatus(named) : named));
  const object = admit(api.store, filled, api.runtime()?.serviceNetwork);
  validate(type, object, undefined);
  const managedFields = writeOwners(
    owners ?? ownersAfterUpdate(type, undefined, withoutStatus(type, filled), writerOf(api, scope, 'Update')),
  );
  const { name, namespace = '' } = object.metadata;
  const ready = {
    ...object,
    apiVersion: apiVersionOf(storageType(api.catalog, type)),
    metadata: { ...object.metadata, managedFields },
  };
  if (!isDryRun(scope.query)) return viewOf(type, api.store.create(type, ready));
  if (api.store.get(type, namespace, name) !== undefined) throw alreadyExists(type, name);
  const metadata = {
    ...ready.metadata,
    uid: randomUUID(),
    creationTimestamp: toSeconds(api.clock),
    ...(countsGenerations(type) && object.spec !== undefined && { generation: 1 }),
  };
  return viewOf(type, { ...ready, metadata } as StoredObject);
}

/** Replaces the live object, or the part of it that the subresource is about, with what is proposed. */
export function replaceObject(
  api: ApiContext,
  scope: Scope,
  live: StoredObject,
  proposed: StoredObject,
  owners?: Owners,
): StoredObject {
  const { type } = scope;
  checkName(scope, proposed);
  checkIdentity(scope, live, proposed);
  const merged =
    scope.subresource === 'status'
      ? { ...live, status: proposed.status }
      : keepServerFields(type, live, eventToStore(type, proposed));
  const object = admit(
    api.store,
    fillDefaults(type, withoutEmptyMaps(merged)),
    api.runtime()?.serviceNetwork,
  );
  validate(type, object, live);
  const { managedFields: _before, ...metadata } = object.metadata;
  const managedFields = writeOwners(
    owners ?? ownersAfterUpdate(type, live, object, writerOf(api, scope, 'Update')),
  );
  const generation = (live.metadata.generation ?? 0) + 1;
  // A Deployment counts a changed annotation as a new generation, too; a changed spec is counted by the store.
  const recount =
    type.kind === 'Deployment' && !equalJson(object.metadata.annotations, live.metadata.annotations);
  const next: StoredObject = {
    ...object,
    apiVersion: live.apiVersion,
    metadata: {
      ...metadata,
      ...(managedFields.length > 0 && { managedFields }),
      ...(recount && { generation }),
    },
  };
  if (isDryRun(scope.query)) {
    const specChanged = live.metadata.generation !== undefined && !equalJson(next.spec, live.spec);
    return viewOf(type, specChanged ? { ...next, metadata: { ...next.metadata, generation } } : next);
  }
  const { name, namespace = '' } = live.metadata;
  const stored = api.store.update(type, namespace, name, () => next);
  if (mayBeRemoved(type, stored)) api.store.remove(type, namespace, name);
  return viewOf(type, stored);
}

/** A deleted object that waited for its last finalizer. */
function mayBeRemoved(type: ResourceType, { metadata }: StoredObject): boolean {
  const waiting =
    type.kind === 'Namespace' || (type.kind === 'Pod' && metadata.deletionGracePeriodSeconds !== 0);
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0 && !waiting;
}

export function checkName({ name }: Scope, { metadata }: StoredObject): void {
  if (metadata.name === name) return;
  throw new ApiError(
    'BadRequest',
    `the name of the object (${metadata.name ?? ''}) does not match the name on the URL (${name})`,
  );
}

function checkIdentity(scope: Scope, live: StoredObject, { metadata }: StoredObject): void {
  const { type, name } = scope;
  if (metadata.uid && metadata.uid !== live.metadata.uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${live.metadata.uid}`,
    );
  }
  const version = metadata.resourceVersion;
  if (!version && (isCustom(type) || type.kind === 'Lease')) {
    throw invalid({ group: type.group, kind: type.resource }, name, [
      wrong('metadata.resourceVersion', 0, 'must be specified for an update'),
    ]);
  }
  if (version && version !== live.metadata.resourceVersion) {
    throw conflict(
      type,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
}

const serverMetadata = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'resourceVersion',
];

function keepServerFields(type: ResourceType, live: StoredObject, proposed: StoredObject): StoredObject {
  const own = Object.entries(proposed.metadata).filter(([key]) => !serverMetadata.includes(key));
  const kept = Object.entries(live.metadata).filter(([key]) => serverMetadata.includes(key));
  const metadata = Object.fromEntries([...own, ...kept]) as StoredObject['metadata'];
  const next: StoredObject = { ...proposed, metadata };
  if (hasStatus(type)) next.status = live.status;
  if (type.kind === 'Service' && next.spec && !next.spec.clusterIP && next.spec.type !== 'ExternalName') {
    next.spec = { ...next.spec, clusterIP: live.spec.clusterIP, clusterIPs: live.spec.clusterIPs };
  }
  return next;
}

const emptiable = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

/** The API server forgets maps and lists without content: a patch cannot rely on an empty one. */
function withoutEmptyMaps(object: StoredObject): StoredObject {
  const isEmpty = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const kept = Object.entries(object.metadata).filter(
    ([key, value]) => !emptiable.includes(key) || !(value === null || isEmpty(value)),
  );
  const { data, ...rest } = object;
  const metadata = Object.fromEntries(kept) as StoredObject['metadata'];
  return { ...rest, ...(data !== undefined && !isEmpty(data) && { data }), metadata };
}

function freshMetadata(api: ApiContext, scope: Scope, { metadata }: StoredObject): StoredObject['metadata'] {
  const { type, namespace } = scope;
  const own = Object.fromEntries(
    Object.entries(metadata).filter(
      ([key]) => ![...serverMetadata, 'managedFields', 'selfLink'].includes(key),
    ),
  );
  const prefix: string = metadata.generateName ?? '';
  if (!metadata.name && !prefix)
    throw invalid(type, '', [required('metadata.name', 'name or generateName is required')]);
  let name = metadata.name;
  while (!name || (!metadata.name && api.store.get(type, namespace, name) !== undefined)) {
    name = `${prefix.slice(0, 58)}${randomSuffix()}`;
  }
  return { ...own, name } as StoredObject['metadata'];
}

/** Five letters without vowels, as Kubernetes appends them to `generateName`. */
function randomSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}

/** Nobody owns a status that the main resource did not write. */
function withoutStatus(type: ResourceType, { status, ...rest }: StoredObject): JsonObject {
  return hasStatus(type) ? rest : { ...rest, status };
}

function withInitialStatus(object: StoredObject): StoredObject {
  const { status: _dropped, ...rest } = object;
  if (object.kind === 'Pod') return { ...rest, status: { phase: 'Pending', qosClass: qualityOf(object) } };
  if (object.kind === 'HorizontalPodAutoscaler') {
    return { ...rest, status: { desiredReplicas: 0, currentMetrics: null } };
  }
  if (object.kind === 'Service') return { ...rest, status: { loadBalancer: {} } };
  if (object.kind === 'Deployment') return { ...rest, status: {} };
  if (object.kind === 'ReplicaSet') return { ...rest, status: { replicas: 0 } };
  return rest;
}

/** Which pods are evicted first: a function of requests and limits. */
function qualityOf({ spec }: StoredObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const resources: readonly StoredObject[string][] = (spec?.containers ?? []).map(
    (container: StoredObject[string]) => container.resources ?? {},
  );
  if (resources.every(({ limits, requests }) => !limits && !requests)) return 'BestEffort';
  const isFull = ({ limits, requests }: StoredObject[string]) =>
    limits?.cpu !== undefined && limits.memory !== undefined && equalJson({ ...limits, ...requests }, limits);
  return resources.every(isFull) ? 'Guaranteed' : 'Burstable';
}

function requireNamespace(api: ApiContext, { type, namespace }: Scope, name: string): void {
  if (!type.namespaced) return;
  const found = api.store.get(resources.namespaces, '', namespace);
  if (found === undefined) throw notFound(resources.namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  throw new ApiError(
    'Forbidden',
    `${type.resource} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name,
      kind: type.resource,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}
