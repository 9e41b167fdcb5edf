import { at, isJsonObject, type Json } from '../../base/index.ts';
import { ApiError, invalid } from '../api-error.ts';
import type { AccessAttributes } from '../faults.ts';
import { apiVersionOf } from '../resources.ts';
import type { ApiResponse } from '../sandbox.ts';
import type { ResourceType } from '../store.ts';
import { toSeconds } from '../store-memory.ts';
import type { ApiContext } from './context.ts';
import { wrong } from './field-errors.ts';
import { ownersAfterUpdate, type Writer, writeOwners } from './managed-fields.ts';
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

/** Not stored: a question that is answered as it is posted. */
export const reviewType: ResourceType = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
  subresources: [],
};

/** SelfSubjectAccessReview: the one review that is answered. */
export function reviewAccess(api: ApiContext, review: Json, manager: string): ApiResponse {
  if (!isJsonObject(review)) throw new ApiError('BadRequest', 'the body is not a JSON object');
  const asked = at(review, 'spec', 'resourceAttributes');
  requireOneQuestion(asked, at(review, 'spec', 'nonResourceAttributes'));
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
  const writer: Writer = {
    manager,
    operation: 'Update',
    subresource: '',
    apiVersion: apiVersionOf(reviewType),
    time: toSeconds(api.clock),
  };
  return json(
    {
      ...review,
      metadata: { managedFields: writeOwners(ownersAfterUpdate(reviewType, undefined, review, writer)) },
      status: { allowed, ...(!allowed && { reason: 'denied by a fault of the sandbox' }) },
    },
    201,
  );
}

/** A review asks for a kind or for a path. */
function requireOneQuestion(kind: unknown, path: unknown): void {
  const both = { Path: at(path, 'path'), Verb: at(path, 'verb') };
  const error =
    kind !== undefined && path !== undefined
      ? wrong(
          'spec.nonResourceAttributes',
          both,
          'cannot be specified in combination with resourceAttributes',
        )
      : wrong(
          'spec.resourceAttributes',
          null,
          'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        );
  if ((kind === undefined) !== (path === undefined)) return;
  throw invalid({ group: reviewType.group, kind: '' }, '', [error]);
}
