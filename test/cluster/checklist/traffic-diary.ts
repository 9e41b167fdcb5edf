import { at } from '../../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../../src/cluster/index.ts';

/** A way that traffic was sent, from an instant on: milliseconds since the epoch, as a watcher saw it. */
export interface Turn {
  readonly seenAt: number;
  /** Of the app's own Service `green`, the slot that it selects; of a route its backends, `shop:1` or `shop-blue:0 shop-green:100`. */
  readonly to: string;
}

/** Keeps each change of where the app's own Service and its route send callers, until the signal ends it. */
export function startTrafficDiary(cluster: Cluster, namespace: string, signal: AbortSignal) {
  const keep = (apiVersion: string, kind: string, read: (object: KubeObject) => string): readonly Turn[] => {
    const turns: Turn[] = [];
    const options = { namespace, fieldSelector: 'metadata.name=shop' };
    const watching = cluster.watch(
      { apiVersion, kind },
      options,
      ({ object }) => {
        const to = read(object);
        if (turns.at(-1)?.to !== to) turns.push({ seenAt: Date.now(), to });
      },
      signal,
    );
    // It ends with the signal; a cluster that goes first takes nothing from what was seen.
    watching.catch(() => undefined);
    return turns;
  };
  return {
    entry: keep('v1', 'Service', slotOf),
    route: keep('gateway.networking.k8s.io/v1', 'HTTPRoute', (route) => backendsOf(route).join(' ')),
  };
}

export function slotOf(service: KubeObject | undefined): string {
  return String(at(service, 'spec', 'selector', 'streamgate.io/slot') ?? '');
}

/** Of the first rule: `shop:1`; none without a route. */
export function backendsOf(route: KubeObject | undefined): readonly string[] {
  const rule = at(route, 'spec', 'rules', 0, 'backendRefs');
  const backends: readonly unknown[] = Array.isArray(rule) ? rule : [];
  return backends.map((backend) => `${at(backend, 'name')}:${at(backend, 'weight') ?? 1}`);
}
