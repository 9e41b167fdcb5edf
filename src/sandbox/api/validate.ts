import { type FieldError, invalid } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { required } from './field-errors.ts';
import { immutableErrors } from './immutable-fields.ts';
import {
  keyErrors,
  label1035,
  label1123,
  labelErrors,
  labelRule,
  nameErrors,
  serviceRule,
  subdomain,
  subdomainRule,
} from './names.ts';
import { kindErrors } from './validate-kind.ts';

/** Throws 422 with every field that the API server would refuse too. `before` is given for a change. */
export function validate(type: ResourceType, object: StoredObject, before: StoredObject | undefined): void {
  const errors = [
    ...metadataErrors(type, object),
    ...(kindErrors[type.kind]?.(object) ?? []),
    ...(before === undefined ? [] : immutableErrors(type, object, before)),
  ];
  if (errors.length > 0) throw invalid(type, object.metadata.name ?? '', errors);
}

function metadataErrors(type: ResourceType, { metadata }: StoredObject): FieldError[] {
  const { name, labels = {}, annotations = {} } = metadata;
  if (!name) return [required('metadata.name', 'name or generateName is required')];
  const naming =
    type.kind === 'Service'
      ? nameErrors('metadata.name', name, label1035, serviceRule, 63)
      : type.kind === 'Namespace'
        ? nameErrors('metadata.name', name, label1123, labelRule, 63)
        : type.group === 'rbac.authorization.k8s.io'
          ? []
          : nameErrors('metadata.name', name, subdomain, subdomainRule, 253);
  return [
    ...naming,
    ...labelErrors('metadata.labels', labels),
    ...keyErrors('metadata.annotations', annotations),
  ];
}
