import type { Clock } from '../base/index.ts';
import { ownersAfterUpdate, serverWriter, writeOwners } from './api/managed-fields.ts';
import { ApiError } from './api-error.ts';
import { readQuantity, showQuantity } from './quantity.ts';
import { describeOpenResources, type Usage, usageOf } from './quota-usage.ts';
import { resources } from './resources.ts';
import type { NewObject, ResourceType, Store, StoredObject } from './store.ts';

/**
 * Holds a new object to the ResourceQuotas of its namespace, as admission does: by what their status says is used.
 * Throws 403 when it does not fit. The function that it returns writes down what the object takes.
 */
export function reserveQuota(store: Store, clock: Clock, type: ResourceType, object: NewObject): () => void {
  const { name, namespace = '' } = object.metadata;
  if (!type.namespaced) return () => {};
  const usage = usageOf(type, object, clock.now());
  const charges = store.list(resources.resourcequotas, namespace).flatMap((quota) => {
    const hard: Readonly<Record<string, unknown>> = quota.status?.hard ?? {};
    const taken = new Map([...usage].filter(([resource]) => resource in hard));
    if (taken.size === 0) return [];
    check(type, object, quota, taken);
    return [{ quota: quota.metadata.name, taken }];
  });
  return () => {
    for (const { quota, taken } of charges) charge(store, clock, namespace, quota, taken);
  };

  function check(of: ResourceType, what: NewObject, quota: StoredObject, taken: Usage): void {
    const { hard, used = {} } = quota.status;
    const open = of.kind === 'Pod' ? describeOpenResources(what, Object.keys(hard)) : '';
    if (open !== '') throw refuse(`failed quota: ${quota.metadata.name}: must specify ${open}`);
    const exceeded = [...taken.keys()]
      .filter((resource) => {
        const more = taken.get(resource) ?? 0;
        return more > 0 && readQuantity(used[resource]) + more > readQuantity(hard[resource]) + 1e-9;
      })
      .sort();
    if (exceeded.length === 0) return;
    const show = (amount: (resource: string) => number) =>
      exceeded.map((resource) => `${resource}=${showQuantity(amount(resource))}`).join(',');
    const requested = show((resource) => taken.get(resource) ?? 0);
    const before = show((resource) => readQuantity(used[resource]));
    const limited = show((resource) => readQuantity(hard[resource]));
    throw refuse(
      `exceeded quota: ${quota.metadata.name}, requested: ${requested}, used: ${before}, limited: ${limited}`,
    );
  }

  function refuse(why: string): ApiError {
    const subject = type.group ? `${type.resource}.${type.group}` : type.resource;
    return new ApiError('Forbidden', `${subject} "${name}" is forbidden: ${why}`, {
      name,
      ...(type.group && { group: type.group }),
      kind: type.resource,
    });
  }
}

function charge(store: Store, clock: Clock, namespace: string, name: string, taken: Usage): void {
  const writer = serverWriter(clock, 'v1');
  store.update(resources.resourcequotas, namespace, name, (quota) => {
    const used: Record<string, string> = { ...quota.status.used };
    for (const [resource, more] of taken) used[resource] = showQuantity(readQuantity(used[resource]) + more);
    const next = { ...quota, status: { ...quota.status, used } };
    const managedFields = writeOwners(ownersAfterUpdate(resources.resourcequotas, quota, next, writer));
    return { ...next, metadata: { ...quota.metadata, managedFields } };
  });
}
