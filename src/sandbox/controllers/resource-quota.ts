import { readQuantity, showQuantity } from '../quantity.ts';
import { usageOf } from '../quota-usage.ts';
import { resources } from '../resources.ts';
import type { ResourceType } from '../store.ts';
import { follow, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { createWorkQueue } from './work-queue.ts';

/** Keeps the status of each ResourceQuota: what is allowed, and what the objects that exist take of it. */
export const startResourceQuotaController: StartController = ({ store, clock, log }) => {
  const counted: readonly ResourceType[] = Object.values(resources).filter(({ namespaced }) => namespaced);
  const queue = createWorkQueue(clock, log, 'ResourceQuota', (namespace, name) => {
    const quota = store.get(resources.resourcequotas, namespace, name);
    if (quota === undefined) return;
    const hard: Readonly<Record<string, unknown>> = quota.spec?.hard ?? {};
    const totals = new Map(Object.keys(hard).map((resource) => [resource, 0]));
    for (const type of counted) {
      for (const object of store.list(type, namespace)) {
        for (const [resource, amount] of usageOf(type, object, clock.now())) {
          const total = totals.get(resource);
          if (total !== undefined) totals.set(resource, total + amount);
        }
      }
    }
    const used = Object.fromEntries([...totals].map(([resource, total]) => [resource, showQuantity(total)]));
    const limits = Object.entries(hard).map(([resource, limit]) => [
      resource,
      showQuantity(readQuantity(limit)),
    ]);
    writeStatus(store, resources.resourcequotas, quota, { hard: Object.fromEntries(limits), used });
  });
  const lookAtAll = (namespace: string) => {
    for (const quota of store.list(resources.resourcequotas, namespace)) {
      queue.add(namespace, quota.metadata.name);
    }
  };
  const stops = [
    follow(store, resources.resourcequotas, (quota) => queue.add(namespaceOf(quota), quota.metadata.name)),
    ...counted
      .filter((type) => type !== resources.resourcequotas)
      .map((type) => store.subscribe(type, ({ object }) => lookAtAll(namespaceOf(object)))),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};
