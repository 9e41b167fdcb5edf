import { ApiError } from '../api-error.ts';
import { apiVersionOf, type Catalog } from '../resources.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { ResourceType } from '../store.ts';
import { reviewType } from './access.ts';
import { json, text } from './respond.ts';

/** The version that the sandbox answers for; its rules are those of this release. */
const version = { major: '1', minor: '34', gitVersion: 'v1.34.0-sandbox', platform: 'node' };

/** `/api`, `/apis` and what lies under them, down to the list of a version's kinds. */
export function answerDiscovery(
  catalog: Catalog,
  target: { readonly legacy: boolean; readonly group?: string; readonly version?: string },
): ApiResponse {
  const types = [...catalog.all(), reviewType];
  if (target.legacy && target.version === undefined) return json({ kind: 'APIVersions', versions: ['v1'] });
  if (!target.legacy && target.group === undefined) {
    const groups = [...new Set(types.map(({ group }) => group))].filter(Boolean);
    return json({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map((group) => describeGroup(types, group)),
    });
  }
  const inGroup = types.filter(({ group }) => group === (target.group ?? ''));
  if (target.version === undefined && inGroup.length > 0) {
    return json({ kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(types, target.group ?? '') });
  }
  const [first, ...others] = inGroup.filter((type) => type.version === target.version);
  if (first === undefined)
    throw new ApiError('NotFound', 'the server could not find the requested resource', {});
  const resources = [first, ...others].flatMap(describeResource);
  return json({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf(first), resources });
}

/** Paths outside of the API groups; undefined for those that nobody serves. */
export function answerPlainPath(path: string): ApiResponse | undefined {
  if (path === '/version') return json(version);
  if (/^\/(healthz|readyz|livez)(\/ping)?$/.test(path)) return text('ok');
  if (path === '/') return json({ paths: ['/api', '/apis', '/healthz', '/livez', '/readyz', '/version'] });
  // Without a schema clients fall back to what discovery says.
  if (path.startsWith('/openapi'))
    throw new ApiError('NotFound', 'the server could not find the requested resource', {});
  return undefined;
}

function describeGroup(types: readonly ResourceType[], group: string): object {
  const names = [...new Set(types.filter((type) => type.group === group).map((type) => type.version))];
  const versions = names.map((name) => ({ groupVersion: `${group}/${name}`, version: name }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function describeResource(type: ResourceType): unknown[] {
  const { resource: name, kind, namespaced, shortNames } = type;
  const singularName = kind.toLowerCase();
  const isReview = type === reviewType;
  const verbs = isReview
    ? ['create']
    : ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
  const main = { name, singularName, namespaced, kind, verbs, ...(shortNames && { shortNames }) };
  return [main, ...type.subresources.map((subresource) => describeSubresource(type, subresource))];
}

function describeSubresource({ resource, kind, namespaced }: ResourceType, subresource: string): unknown {
  const common = { name: `${resource}/${subresource}`, singularName: '', namespaced };
  if (subresource === 'scale') {
    return {
      ...common,
      group: 'autoscaling',
      version: 'v1',
      kind: 'Scale',
      verbs: ['get', 'patch', 'update'],
    };
  }
  if (subresource === 'eviction')
    return { ...common, group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] };
  if (subresource === 'status') return { ...common, kind, verbs: ['get', 'patch', 'update'] };
  return { ...common, kind, verbs: subresource === 'log' ? ['get'] : ['create', 'get'] };
}
