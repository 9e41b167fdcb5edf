import { isJsonObject, type Json } from '../../base/index.ts';
import { ApiError, conflict, invalid, notFound } from '../api-error.ts';
import type { StoredObject } from '../store.ts';
import { requireAccess } from './access.ts';
import { type ApiContext, hasStatus, isCustom, type Scope, viewOf } from './context.ts';
import { requireApplicable } from './decode-applied.ts';
import { required, wrong } from './field-errors.ts';
import { flatten } from './field-set.ts';
import { parseObject } from './identity.ts';
import { applyJsonPatch } from './json-patch.ts';
import { setOwned } from './managed-fields.ts';
import { applyMergePatch, applyStrategicPatch } from './merge-patch.ts';
import { parseJson, parseYaml } from './parse-body.ts';
import { fromScale, toScale } from './scale.ts';
import { applyConfiguration } from './server-side-apply.ts';
import { createObject, replaceObject, writerOf } from './write.ts';

export interface Patched {
  readonly object: StoredObject;
  readonly created: boolean;
}

/** PATCH of an object, its status or its scale, in each of Kubernetes' four patch languages. */
export function patchObject(api: ApiContext, scope: Scope, contentType: string, body: string): Patched {
  const { type, namespace, name, subresource } = scope;
  const language = contentType.split(';')[0]?.trim();
  const live = api.store.get(type, namespace, name);
  if (language === 'application/apply-patch+yaml') return applyObject(api, scope, live, body);
  if (live === undefined) throw notFound(type, name);
  const seen = subresource === 'scale' ? toScale(live) : viewOf(type, live);
  const patched = applyPatch(scope, language, seen, parseJson(body));
  if (!isJsonObject(patched) || !isJsonObject(patched.metadata))
    throw new ApiError('BadRequest', 'the patched object has no metadata');
  if (subresource === 'scale') {
    return { object: toScale(replaceObject(api, scope, live, fromScale(live, patched))), created: false };
  }
  const refuse = (why: string): never => {
    throw invalid({ group: '', kind: '' }, '', [wrong('patch', patched, why)]);
  };
  return { object: replaceObject(api, scope, live, parseObject(scope, patched, refuse)), created: false };
}

function applyPatch(
  { type, subresource }: Scope,
  language: string | undefined,
  seen: StoredObject,
  patch: Json,
): Json {
  switch (language) {
    case 'application/json-patch+json':
      return applyJsonPatch(seen, patch);
    case 'application/merge-patch+json':
      return applyMergePatch(seen, patch);
    case 'application/strategic-merge-patch+json':
      if (isCustom(type)) break;
      if (!isJsonObject(patch)) throw new ApiError('BadRequest', 'a strategic merge patch is an object');
      return subresource === 'scale' ? applyMergePatch(seen, patch) : applyStrategicPatch(type, seen, patch);
  }
  const media = [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/apply-patch+yaml',
  ];
  throw new ApiError(
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${media.join(', ')}`,
  );
}

function applyObject(api: ApiContext, scope: Scope, live: StoredObject | undefined, body: string): Patched {
  const { type, name, query } = scope;
  if (!query.get('fieldManager')) {
    const patchOptions = { group: 'meta.k8s.io', kind: 'PatchOptions' };
    throw invalid(patchOptions, '', [required('fieldManager', 'is required for apply patch')]);
  }
  if (scope.subresource === 'scale')
    throw new ApiError('NotImplemented', 'the sandbox does not apply to the scale subresource');
  const given = parseYaml(body);
  if (isJsonObject(given)) requireApplicable(type, given);
  const config = withoutOtherHalf(scope, parseObject(scope, given));
  const { metadata } = config;
  if (metadata.managedFields !== undefined)
    throw new ApiError('BadRequest', 'metadata.managedFields must be nil');
  if (metadata.name !== undefined && metadata.name !== name) {
    throw new ApiError(
      'BadRequest',
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  const writer = writerOf(api, scope, 'Apply');
  if (live === undefined) {
    if (scope.subresource) throw notFound(type, name);
    if (metadata.uid)
      throw conflict(
        type,
        name,
        `uid mismatch: the provided object specified uid ${metadata.uid}, and no existing object was found`,
      );
    requireAccess(api, { ...type, namespace: scope.namespace, name, subresource: '' }, 'create');
    const owners = setOwned([], writer, new Set(flatten(type, config).keys()));
    return {
      object: createObject(api, scope, { ...config, metadata: { ...metadata, name } }, owners),
      created: true,
    };
  }
  const { object, owners } = applyConfiguration(
    type,
    viewOf(type, live),
    config,
    writer,
    query.get('force') === 'true',
  );
  return { object: replaceObject(api, scope, live, parseObject(scope, object), owners), created: false };
}

/** The main resource never applies status, and the status subresource nothing else. */
function withoutOtherHalf({ type, subresource }: Scope, config: StoredObject): StoredObject {
  if (!hasStatus(type)) return config;
  const { apiVersion, kind, metadata, status, ...rest } = config;
  if (subresource === 'status')
    return { apiVersion, kind, metadata: { ...identity(metadata) }, ...(status !== undefined && { status }) };
  return { apiVersion, kind, metadata, ...rest };
}

function identity({
  name,
  namespace,
  uid,
  resourceVersion,
}: StoredObject['metadata']): StoredObject['metadata'] {
  return {
    name,
    ...(namespace && { namespace }),
    ...(uid && { uid }),
    ...(resourceVersion && { resourceVersion }),
  } as StoredObject['metadata'];
}
