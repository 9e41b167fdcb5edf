import { at } from '../../base/index.ts';
import { apiVersionOf, type Catalog, resources } from '../resources.ts';
import type { ApiRequest } from '../sandbox.ts';
import type { ResourceType } from '../store.ts';
import type { ApiContext } from './context.ts';
import type { ResourcePath } from './path.ts';

/**
 * A kind that nobody defined is learned from the first object that is posted to its path, so manifests with foreign
 * kinds work without their definitions. Undefined when the request brings no object of that group and version.
 */
export function learnFromObject(
  catalog: Catalog,
  path: ResourcePath,
  request: ApiRequest,
): ResourceType | undefined {
  const { group, version, resource, namespace, subresource } = path;
  if (!group.includes('.') || subresource !== '' || request.method !== 'POST') return undefined;
  const kind = readKind(request.body ?? '', apiVersionOf(path));
  if (kind === undefined) return undefined;
  const type: ResourceType = {
    group,
    version,
    resource,
    kind,
    namespaced: namespace !== '',
    subresources: ['status'],
  };
  catalog.learn(type);
  return type;
}

function readKind(body: string, apiVersion: string): string | undefined {
  try {
    const object: unknown = JSON.parse(body);
    const kind = at(object, 'kind');
    return at(object, 'apiVersion') === apiVersion && typeof kind === 'string' ? kind : undefined;
  } catch {
    return undefined;
  }
}

/** Serves the kinds of every stored CustomResourceDefinition. */
export function learnFromDefinition({ store, catalog }: ApiContext): void {
  for (const { spec } of store.list(resources.customresourcedefinitions, '')) {
    const { group, names, scope, versions = [] } = spec ?? {};
    for (const { name, served, subresources = {} } of versions) {
      if (!served) continue;
      catalog.learn({
        group,
        version: name,
        resource: names.plural,
        kind: names.kind,
        namespaced: scope === 'Namespaced',
        subresources: ['status', 'scale'].filter((subresource) => subresource in subresources),
        ...(names.shortNames && { shortNames: names.shortNames }),
      });
    }
  }
}
