import type { Clock } from '../../base/index.ts';
import { ownersAfterUpdate, writeOwners } from '../api/managed-fields.ts';
import { resources } from '../resources.ts';
import type { ResourceType, Store, StoredObject } from '../store.ts';
import { timestamp } from './timestamps.ts';

/** A workload that an autoscaler may name. */
export interface ScaleTarget {
  readonly type: ResourceType;
  readonly object: StoredObject;
}

const scalable: readonly ResourceType[] = [
  resources.deployments,
  resources.replicasets,
  resources.statefulsets,
];

/** Undefined when it does not exist; `missing` says so as the API server would. */
export function findScaleTarget(
  store: Store,
  namespace: string,
  reference: { readonly kind?: string; readonly name?: string } = {},
): ScaleTarget | { readonly missing: string } {
  const type = scalable.find(({ kind }) => kind === reference.kind);
  if (type === undefined) return { missing: `no matches for kind "${reference.kind}" in group "apps"` };
  const object = store.get(type, namespace, reference.name ?? '');
  if (object === undefined)
    return { missing: `${type.resource}.${type.group} "${reference.name}" not found` };
  return { type, object };
}

/** Writes the size as the controller manager does through the scale subresource, which then owns it. */
export function writeScale(
  store: Store,
  clock: Clock,
  { type, object }: ScaleTarget,
  replicas: number,
): void {
  const { name, namespace = '' } = object.metadata;
  const writer = {
    manager: 'kube-controller-manager',
    operation: 'Update',
    subresource: 'scale',
    apiVersion: object.apiVersion,
    time: timestamp(clock),
  } as const;
  store.update(type, namespace, name, (current) => {
    const next = { ...current, spec: { ...current.spec, replicas } };
    const managedFields = writeOwners(ownersAfterUpdate(type, current, next, writer));
    return { ...next, metadata: { ...current.metadata, managedFields } };
  });
}
