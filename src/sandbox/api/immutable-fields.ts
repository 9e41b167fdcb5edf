import { equalJson } from '../../base/index.ts';
import type { FieldError } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { forbidden, wrong } from './field-errors.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

/** Fields that may not differ from what is stored, by kind. */
const immutableFields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
  DaemonSet: ['spec.selector'],
  Job: ['spec.selector', 'spec.completions', 'spec.template'],
  ControllerRevision: ['data'],
  Secret: ['type'],
  EndpointSlice: ['addressType'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
};

export function immutableErrors(
  type: ResourceType,
  object: StoredObject,
  before: StoredObject,
): FieldError[] {
  const changed = (immutableFields[type.kind] ?? [])
    .filter((field) => !equalJson(valueAt(object, field), valueAt(before, field)))
    .map((field) => wrong(field, valueAt(object, field), 'field is immutable'));
  const sealed = before.immutable === true && (type.kind === 'ConfigMap' || type.kind === 'Secret');
  const fields = sealed ? ['immutable', 'data', 'binaryData'] : [];
  const broken = fields.filter((field) => !equalJson(object[field], before[field]));
  const address =
    type.kind === 'Service' &&
    before.spec.type !== 'ExternalName' &&
    object.spec.type !== 'ExternalName' &&
    object.spec.clusterIP !== before.spec.clusterIP;
  return [
    ...changed,
    ...broken.map((field) => forbidden(field, 'field is immutable when `immutable` is set')),
    ...(address
      ? [wrong('spec.clusterIPs[0]', object.spec.clusterIPs ?? [], 'may not change once set')]
      : []),
    ...(type.kind === 'Pod' && !equalJson(podFrame(object), podFrame(before))
      ? [
          forbidden(
            'spec',
            'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
          ),
        ]
      : []),
  ];
}

/** The part of a pod's spec that is fixed. */
function podFrame({ spec }: StoredObject): unknown {
  const { tolerations, activeDeadlineSeconds, containers, initContainers = [], ...frame } = spec;
  const withoutImage = (container: Part) => ({ ...container, image: '' });
  return {
    ...frame,
    containers: containers.map(withoutImage),
    initContainers: initContainers.map(withoutImage),
  };
}

function valueAt(object: StoredObject, field: string): unknown {
  return field.split('.').reduce<Part>((value, key) => value?.[key], object);
}
