import { equalJson, type Json, StreamGateError } from '../base/index.ts';
import { type Cluster, fencedPatch, type KubeObject, type ObjectRef, stampToken } from '../cluster/index.ts';
import {
  type BackendNames,
  notAcceptedBecause,
  type RouteTarget,
  type RuleImage,
  readRules,
  readTarget,
  restored,
  retarget,
  ruleOperations,
} from './http-route.ts';
import type { TrafficRouter } from './router.ts';

type RouteImages = Readonly<Record<string, readonly RuleImage[]>>;

/** Routes of the Gateway API (`HTTPRoute` v1). */
export function createGatewayRouter(
  namespace: string,
  routes: readonly string[],
  names: BackendNames,
): TrafficRouter {
  const ordered = [...routes].sort();
  const refOf = (name: string): ObjectRef => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace,
    name,
  });

  async function read(cluster: Cluster, name: string): Promise<KubeObject> {
    const route = await cluster.get(refOf(name));
    if (route !== undefined) return route;
    throw new StreamGateError('NotFound', `HTTPRoute ${namespace}/${name} is not there`, {
      remedy: 'Apply the route again, or name another one with `route`.',
    });
  }

  async function write(cluster: Cluster, token: number, wanted: (route: KubeObject) => readonly RuleImage[]) {
    for (const name of ordered) {
      await fencedPatch(cluster, refOf(name), token, (route) => ruleOperations(route, names, wanted(route)));
    }
  }

  return {
    name: `HTTPRoute ${ordered.join(', ')}`,
    async target(cluster) {
      const targets = await Promise.all(
        ordered.map(async (name) => readTarget(await read(cluster, name), names)),
      );
      const [first] = targets;
      return targets.every((target) => equalJson(target, first)) ? first : undefined;
    },
    async image(cluster) {
      const entries = ordered.map(async (name) => [name, readRules(await read(cluster, name), names)]);
      return Object.fromEntries(await Promise.all(entries)) as Json;
    },
    async stamp(cluster, token) {
      for (const name of ordered) await stampToken(cluster, refOf(name), token);
    },
    send: (cluster, target, token) => write(cluster, token, (route) => retarget(route, names, target)),
    restore: (cluster, image, token) =>
      write(cluster, token, (route) =>
        restored(route, names, (image as unknown as RouteImages)[route.metadata.name] ?? []),
      ),
    async pending(cluster, way) {
      for (const name of ordered) {
        const reason = notAcceptedBecause(await read(cluster, name), way);
        if (reason !== undefined) return `HTTPRoute ${name}: ${reason}`;
      }
      return undefined;
    },
  };
}

export type { RouteTarget };
