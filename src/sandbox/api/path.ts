import { ApiError } from '../api-error.ts';

/** What a request's path names, before anybody looked whether it exists. */
export type Target =
  | { readonly kind: 'resource'; readonly path: ResourcePath }
  /** `/api`, `/apis`, `/apis/<group>`, `/apis/<group>/<version>`. */
  | {
      readonly kind: 'discovery';
      readonly group?: string;
      readonly version?: string;
      readonly legacy: boolean;
    }
  | { readonly kind: 'other'; readonly path: string };

export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Empty for cluster-scoped kinds and for lists of every namespace. */
  readonly namespace: string;
  /** Empty for collections. */
  readonly name: string;
  /** Empty for the object itself. */
  readonly subresource: string;
}

const namespaceSubresources = new Set(['status', 'finalize']);

export function parsePath(pathname: string): Target {
  const segments = pathname.split('/').filter(Boolean).map(decode);
  const [root, ...rest] = segments;
  if (root === 'api') {
    const [version, ...tail] = rest;
    if (version === undefined || tail.length === 0) return discovery(true, '', version);
    return { kind: 'resource', path: resourcePath('', version, tail) };
  }
  if (root === 'apis') {
    const [group, version, ...tail] = rest;
    if (group === undefined || version === undefined || tail.length === 0)
      return discovery(false, group, version);
    return { kind: 'resource', path: resourcePath(group, version, tail) };
  }
  return { kind: 'other', path: `/${segments.join('/')}` };
}

function discovery(legacy: boolean, group?: string, version?: string): Target {
  return {
    kind: 'discovery',
    legacy,
    ...(group !== undefined && { group }),
    ...(version !== undefined && { version }),
  };
}

function resourcePath(group: string, version: string, tail: readonly string[]): ResourcePath {
  const [first = '', second = '', third = '', ...others] = tail;
  const inside =
    first === 'namespaces' && third !== '' && !(group === '' && namespaceSubresources.has(third));
  const [resource, name, subresource, ...more] = inside
    ? [third, others[0] ?? '', others[1] ?? '', ...others.slice(2)]
    : [first, second, third, ...others];
  // Only a proxy has more to say behind the subresource; nothing of that kind is served here.
  const rest = more.length > 0 ? [subresource, ...more].join('/') : subresource;
  return { group, version, resource, namespace: inside ? second : '', name, subresource: rest };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError('BadRequest', `the path segment ${JSON.stringify(segment)} is not properly encoded`);
  }
}
