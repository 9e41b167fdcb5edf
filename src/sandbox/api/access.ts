import { at, isJsonObject, type Json } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { AccessAttributes } from '../faults.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { ApiContext } from './context.ts';
import type { ResourcePath } from './path.ts';
import { json } from './respond.ts';

/** Everything is allowed except what a fault denies; the question and the deed get the same answer. */
export function requireAccess(api: ApiContext, path: ResourcePath, verb: string): void {
  const { group, resource, subresource, namespace, name } = path;
  if (!api.faults.denies({ verb, group, resource, subresource, namespace, name })) return;
  const what = `${resource}${subresource && `/${subresource}`}`;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const subject = `${group ? `${resource}.${group}` : resource}${name && ` "${name}"`}`;
  throw new ApiError(
    'Forbidden',
    `${subject} is forbidden: User "sandbox" cannot ${verb} resource "${what}" in API group "${group}" ${where}`,
    { ...(name && { name }), ...(group && { group }), kind: resource },
  );
}

/** SelfSubjectAccessReview: the one review that is answered. */
export function reviewAccess(api: ApiContext, review: Json): ApiResponse {
  if (!isJsonObject(review)) throw new ApiError('BadRequest', 'the body is not a JSON object');
  const asked = at(review, 'spec', 'resourceAttributes');
  const text = (field: string): string => String(at(asked, field) ?? '');
  const attributes: AccessAttributes = {
    verb: text('verb'),
    group: text('group'),
    resource: text('resource'),
    subresource: text('subresource'),
    namespace: text('namespace'),
    name: text('name'),
  };
  const allowed = asked === undefined || !api.faults.denies(attributes);
  return json(
    {
      ...review,
      metadata: {},
      status: { allowed, ...(!allowed && { reason: 'denied by a fault of the sandbox' }) },
    },
    201,
  );
}
