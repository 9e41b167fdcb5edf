import type { Json } from '../../base/index.ts';
import { ApiError, notFound } from '../api-error.ts';
import type { ApiRequest, ApiResponse } from '../sandbox.ts';
import { requireAccess, reviewAccess } from './access.ts';
import { type ApiContext, checkDryRun, hasStatus, isCustom, type Scope, viewOf } from './context.ts';
import { learnFromDefinition, learnFromObject } from './custom-kinds.ts';
import { deleteObject, parseDeleteOptions } from './delete.ts';
import { evictPod } from './evict.ts';
import { checkName, parseObject } from './identity.ts';
import { parseJson, parseYaml } from './parse-body.ts';
import { patchObject } from './patch.ts';
import type { ResourcePath } from './path.ts';
import { readLog } from './read-log.ts';
import { json, text } from './respond.ts';
import { fromScale, toScale } from './scale.ts';
import { selectorOf } from './selectors.ts';
import { listObjects, watchObjects } from './watch.ts';
import { createObject, replaceObject } from './write.ts';

const itemVerbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const collectionVerbs: Readonly<Record<string, string>> = {
  GET: 'list',
  POST: 'create',
  DELETE: 'deletecollection',
};

/** What may be done with a subresource, where that is not just reading it. */
const partVerbs: Readonly<Record<string, readonly string[]>> = {
  status: ['get', 'update', 'patch'],
  scale: ['get', 'update', 'patch'],
  eviction: ['create'],
  portforward: ['get', 'create'],
};

/** Answers a request to a kind, an object or one of its subresources. */
export function answerResource(
  api: ApiContext,
  request: ApiRequest,
  path: ResourcePath,
  query: URLSearchParams,
  learned: () => void,
): ApiResponse {
  const isWatch = query.get('watch') === 'true' || query.get('watch') === '1';
  const verb = isWatch ? 'watch' : (path.name ? itemVerbs : collectionVerbs)[request.method];
  if (verb === undefined)
    throw new ApiError(
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
      {},
    );
  if (path.resource === 'selfsubjectaccessreviews' && verb === 'create')
    return reviewAccess(api, readObject(request), managerOf(request, query));
  requireAccess(api, path, verb);
  const type =
    api.catalog.find(path.group, path.version, path.resource) ?? learnFromObject(api.catalog, path, request);
  if (type === undefined) {
    const known = api.catalog
      .all()
      .some(({ group, version }) => group === path.group && version === path.version);
    if (!known) return text('404 page not found\n', 404);
    throw unknownResource();
  }
  if (path.subresource && isCustom(type) && !type.subresources.includes(path.subresource)) {
    throw notFound(type, path.name);
  }
  if (path.subresource && !type.subresources.includes(path.subresource)) {
    throw new ApiError('NotImplemented', `the sandbox does not serve ${type.resource}/${path.subresource}`);
  }
  const scope: Scope = {
    type,
    namespace: path.namespace,
    name: path.name,
    subresource: path.subresource,
    query,
    manager: managerOf(request, query),
  };
  checkPath(scope, verb);
  const response = answerVerb(api, scope, verb, request);
  if (type.kind === 'CustomResourceDefinition' && response.status < 300) learnFromDefinition(api);
  learned();
  return response;
}

function managerOf({ headers }: ApiRequest, query: URLSearchParams): string {
  return query.get('fieldManager') ?? (headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown';
}

function answerVerb(api: ApiContext, scope: Scope, verb: string, request: ApiRequest): ApiResponse {
  switch (verb) {
    case 'list':
      return listObjects(api, scope);
    case 'watch':
      return watchObjects(api, scope, request.signal);
    case 'get':
      return getObject(api, scope, request.signal);
    case 'create':
      if (scope.subresource === 'portforward') return getObject(api, scope, request.signal);
      if (scope.subresource === 'eviction') return evictPod(api, scope, readObject(request));
      return json(createObject(api, scope, parseObject(scope, readObject(request))), 201);
    case 'update':
      return json(putObject(api, scope, readObject(request)));
    case 'patch': {
      const { object, created } = patchObject(
        api,
        scope,
        request.headers['content-type'] ?? '',
        request.body ?? '',
      );
      return json(object, created ? 201 : 200);
    }
    case 'delete':
      return deleteOne(api, scope, request.body);
    default:
      return deleteMany(api, scope, request.body);
  }
}

/** The body of a create or update. Protobuf is what some Go programs send; the answer tells them that it is not spoken. */
function readObject({ headers, body = '' }: ApiRequest): Json {
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim();
  if (type === 'application/yaml') return parseYaml(body);
  if (type === 'application/json') return parseJson(body);
  throw new ApiError(
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
  );
}

function getObject(api: ApiContext, scope: Scope, signal: AbortSignal | undefined): ApiResponse {
  const { type, namespace, name, subresource } = scope;
  const object = api.store.get(type, namespace, name);
  if (object === undefined) throw notFound(type, name);
  if (subresource === 'scale') return json(toScale(object));
  if (subresource === 'portforward') throw new ApiError('BadRequest', 'Upgrade request required');
  if (subresource !== 'log') return json(viewOf(type, object));
  return readLog(api, scope, object, signal);
}

function putObject(api: ApiContext, scope: Scope, body: Json): unknown {
  const { type, namespace, name, subresource } = scope;
  const live = api.store.get(type, namespace, name);
  const proposed = subresource === 'scale' ? undefined : parseObject(scope, body);
  if (proposed !== undefined) checkName(scope, proposed);
  if (live === undefined) throw notFound(type, name);
  if (proposed !== undefined) return replaceObject(api, scope, live, proposed);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ApiError('BadRequest', 'the body is not a Scale');
  return toScale(
    replaceObject(api, scope, live, fromScale(live, body as { readonly [field: string]: Json })),
  );
}

/** Kinds whose delete answers the object that is gone, instead of a Status. */
const answeredWhole = new Set(['Pod', 'Service', 'ServiceAccount', 'ResourceQuota', 'PersistentVolumeClaim']);

function deleteOne(api: ApiContext, scope: Scope, body: string | undefined): ApiResponse {
  const { type, namespace, name, query } = scope;
  const object = api.store.get(type, namespace, name);
  if (object === undefined) throw notFound(type, name);
  const left = deleteObject(api, type, object, parseDeleteOptions(query, body ? parseJson(body) : null));
  if (left !== undefined || answeredWhole.has(type.kind)) return json(viewOf(type, left ?? object));
  const details = {
    name,
    ...(type.group && { group: type.group }),
    kind: type.resource,
    uid: object.metadata.uid,
  };
  return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details });
}

function deleteMany(api: ApiContext, scope: Scope, body: string | undefined): ApiResponse {
  const { type, namespace, query } = scope;
  const options = parseDeleteOptions(query, body ? parseJson(body) : null);
  const doomed = api.store.list(type, namespace).filter(selectorOf(query, type));
  for (const object of doomed) deleteObject(api, type, object, options);
  return listObjects(api, scope);
}

function checkPath({ type, namespace, name, subresource, query }: Scope, verb: string): void {
  const lacksNamespace = type.namespaced && namespace === '' && (name !== '' || verb === 'create');
  if (lacksNamespace || (!type.namespaced && namespace !== '')) throw unknownResource();
  const writesPart = partVerbs[subresource] ?? ['get'];
  const allowed = subresource === '' ? !(verb === 'create' && name !== '') : writesPart.includes(verb);
  if (!allowed)
    throw new ApiError(
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
      {},
    );
  if (subresource === 'status' && !hasStatus(type)) throw unknownResource();
  const options = {
    create: 'Create',
    update: 'Update',
    patch: 'Patch',
    delete: 'Delete',
    deletecollection: 'Delete',
  }[verb];
  if (options !== undefined) checkDryRun(query, options);
}

/** A known group without this kind is a 404, as everywhere; so clients can ask what a cluster supports. */
function unknownResource(): ApiError {
  return new ApiError('NotFound', 'the server could not find the requested resource', {});
}
