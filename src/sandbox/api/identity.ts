import { isJsonObject, type Json } from '../../base/index.ts';
import { ApiError, conflict, invalid } from '../api-error.ts';
import { apiVersionOf } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { isCustom, type Scope } from './context.ts';
import { decode, type Refuse } from './decode.ts';
import { wrong } from './field-errors.ts';

/** Reads a body as an object of the kind that the path names. `refuse` says why its fields are of the wrong types. */
export function parseObject(scope: Scope, body: Json, refuse?: Refuse): StoredObject {
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
  const strict = scope.query.get('fieldValidation') === 'Strict';
  const object = {
    ...body,
    apiVersion,
    kind,
    metadata: type.namespaced ? { ...rest, namespace } : rest,
  };
  return decode(type, object, strict, refuse) as StoredObject;
}

export function checkName({ name }: Scope, { metadata }: StoredObject): void {
  if (metadata.name === name) return;
  throw new ApiError(
    'BadRequest',
    `the name of the object (${metadata.name ?? ''}) does not match the name on the URL (${name})`,
  );
}

/** A change is for the object that is there, in the version that the writer saw. */
export function checkIdentity(scope: Scope, live: StoredObject, { metadata }: StoredObject): void {
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
