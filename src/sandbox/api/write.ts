import { randomUUID } from 'node:crypto';
import { equalJson, type JsonObject } from '../../base/index.ts';
import { ApiError, alreadyExists } from '../api-error.ts';
import { reserveQuota } from '../quota.ts';
import { apiVersionOf } from '../resources.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { countsGenerations, toSeconds } from '../store-memory.ts';
import { admit } from './admit.ts';
import { admitNew } from './admit-new.ts';
import {
  type ApiContext,
  hasStatus,
  isDryRun,
  type Scope,
  storageType,
  toStored,
  viewOf,
} from './context.ts';
import { fillDefaults } from './defaults.ts';
import { checkIdentity, checkName } from './identity.ts';
import { type Ownership, ownersAfterUpdate, type Writer, writeOwners } from './managed-fields.ts';
import { freshMetadata, requireNamespace, serverMetadata, withInitialStatus } from './new-object.ts';
import { requireServiceAccount } from './service-account.ts';
import { requireSupport } from './unsupported.ts';
import { validate } from './validate.ts';

/** Who owns what after a write; absent for a plain write, whose writer owns what it changed. */
type Owners = readonly Ownership[] | undefined;

export function writerOf(api: ApiContext, scope: Scope, operation: 'Apply' | 'Update'): Writer {
  const { manager, subresource, type } = scope;
  return { manager, operation, subresource, apiVersion: apiVersionOf(type), time: toSeconds(api.clock) };
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
  const named = { ...toStored(type, proposed), metadata: freshMetadata(api, scope, proposed) };
  const filled = fillDefaults(type, withoutEmptyMaps(hasStatus(type) ? withInitialStatus(named) : named));
  const object = admit(api.store, admitNew(api.store, filled), api.runtime()?.serviceNetwork);
  requireSupport(object);
  validate(type, object, undefined);
  if (type.kind === 'Pod' && api.runtime() !== undefined) requireServiceAccount(api.store, object);
  const takeQuota = reserveQuota(api.store, api.clock, type, object);
  const managedFields = writeOwners(
    owners ??
      ownersAfterUpdate(
        type,
        undefined,
        withoutStatus(type, viewOf(type, filled)),
        writerOf(api, scope, 'Update'),
      ),
  );
  const { name, namespace = '' } = object.metadata;
  const ready = {
    ...object,
    apiVersion: apiVersionOf(storageType(api.catalog, type)),
    metadata: { ...object.metadata, managedFields },
  };
  if (!isDryRun(scope.query)) {
    const created = api.store.create(type, ready);
    takeQuota();
    return viewOf(type, created);
  }
  if (api.store.get(type, namespace, name) !== undefined) throw alreadyExists(type, name);
  const metadata = {
    ...ready.metadata,
    uid: object.metadata.uid || randomUUID(),
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
      : keepServerFields(type, live, toStored(type, proposed));
  const filled = fillDefaults(type, withoutEmptyMaps(merged));
  const object = admit(api.store, filled, api.runtime()?.serviceNetwork);
  requireSupport(object);
  validate(type, object, live);
  const { managedFields: _before, ...metadata } = object.metadata;
  const managedFields = writeOwners(
    owners ??
      ownersAfterUpdate(type, viewOf(type, live), viewOf(type, object), writerOf(api, scope, 'Update')),
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

/** Nobody owns a status that the main resource did not write. */
function withoutStatus(type: ResourceType, { status, ...rest }: StoredObject): JsonObject {
  return hasStatus(type) ? rest : { ...rest, status };
}
