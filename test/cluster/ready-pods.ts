import { setTimeout as pause } from 'node:timers/promises';
import { at } from '../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../src/cluster/index.ts';

export type Slot = 'blue' | 'green';

const slots: readonly Slot[] = ['blue', 'green'];
const slotLabel = 'streamgate.io/slot';

/** How many ready pods a slot had while callers were led to it. */
export interface Level {
  readonly slot: Slot;
  readonly ready: number;
}

/**
 * Follows the pods of `shop`, its Service and its routes, and knows at each instant which slots callers are led to: that
 * of the Service, where they come by it or a route names it, and each one that a route gives a weight.
 */
export function watchReadyPods(cluster: Cluster, namespace: string) {
  const stop = new AbortController();
  const pods = new Map<string, { readonly slot: Slot; readonly ready: boolean }>();
  const levels: Level[] = [];
  /** By budget: the slot that it is for, and how many pods of it may go now, by what its controller has seen last. */
  const budgets = new Map<string, { readonly slot: unknown; readonly room: number }>();
  let entry: string | undefined;
  let backends: readonly { readonly name: string; readonly weight: number }[] = [];

  const serves = (slot: Slot) => {
    const byEntry = backends.length === 0 || backends.some(({ name }) => name === 'shop');
    const byWeight = backends.some(({ name, weight }) => name === `shop-${slot}` && weight > 0);
    return byWeight || (byEntry && entry === slot);
  };
  const readyOf = (slot: Slot) =>
    [...pods].filter(([, pod]) => pod.slot === slot && pod.ready).map(([name]) => name);
  const note = () => {
    for (const slot of slots) if (serves(slot)) levels.push({ slot, ready: readyOf(slot).length });
  };
  const follow = (apiVersion: string, kind: string, see: (object: KubeObject, gone: boolean) => void) =>
    void cluster.watch(
      { apiVersion, kind },
      { namespace },
      ({ type, object }) => {
        see(object, type === 'DELETED');
        note();
      },
      stop.signal,
    );

  follow('v1', 'Pod', ({ metadata, status }, gone) => {
    const slot = slots.find((name) => name === metadata.labels?.[slotLabel]);
    if (gone || slot === undefined) pods.delete(metadata.name);
    else
      pods.set(metadata.name, { slot, ready: metadata.deletionTimestamp === undefined && isReady(status) });
  });
  follow('v1', 'Service', (object) => {
    if (object.metadata.name === 'shop') entry = String(at(object, 'spec', 'selector', slotLabel) ?? '');
  });
  follow('policy/v1', 'PodDisruptionBudget', ({ metadata, spec, status }, gone) => {
    const seen = at(status, 'observedGeneration') === metadata.generation;
    const room = seen ? Number(at(status, 'disruptionsAllowed') ?? 0) : 0;
    if (gone) budgets.delete(metadata.name);
    else budgets.set(metadata.name, { slot: at(spec, 'selector', 'matchLabels', slotLabel), room });
  });
  follow('gateway.networking.k8s.io/v1', 'HTTPRoute', (object) => {
    const found = at(object, 'spec', 'rules', 0, 'backendRefs');
    backends = (Array.isArray(found) ? found : []).map((backend) => ({
      name: String(at(backend, 'name')),
      weight: Number(at(backend, 'weight') ?? 1),
    }));
  });

  const described = () =>
    JSON.stringify({
      serving: slots.filter(serves),
      pods: [...pods],
      budgets: [...budgets],
      backends,
      entry,
    });

  return {
    /** Levels so far, in their order; `from` leaves out what was noted before. */
    levels: (from = 0): readonly Level[] => levels.slice(from),
    get noted() {
      return levels.length;
    },
    serving: () => slots.filter(serves),
    ready: () => slots.flatMap((slot) => readyOf(slot).map((name) => ({ name, slot }))),
    /** Whether one budget covers the slot, and lets one pod of it go. */
    roomIn(slot: Slot): boolean {
      const found = [...budgets.values()].filter((budget) => budget.slot === slot);
      return found.length === 1 && found[0]?.room === 1;
    },
    async until(what: string, holds: () => boolean): Promise<void> {
      const giveUpAt = Date.now() + 60_000;
      while (!holds()) {
        if (Date.now() > giveUpAt) throw new Error(`waited in vain: ${what}; ${described()}`);
        await pause(20);
      }
    },
    close: () => stop.abort(),
  };
}

export type ReadyPods = ReturnType<typeof watchReadyPods>;

function isReady(status: unknown): boolean {
  const conditions = at(status, 'conditions');
  return (
    Array.isArray(conditions) &&
    conditions.some((condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True')
  );
}
