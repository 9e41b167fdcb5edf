import { StreamGateError } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { type BackendNames, readRules } from '../../traffic/index.ts';

export const gatewayGroup = 'gateway.networking.k8s.io';
const apiVersion = `${gatewayGroup}/v1`;

/** Every HTTPRoute of the namespace that sends to the app, as it stands in the cluster; none without the Gateway API. */
export async function findRoutes(
  cluster: Cluster,
  namespace: string,
  names: BackendNames,
): Promise<readonly string[]> {
  const all = await cluster.list({ apiVersion, kind: 'HTTPRoute' }, { namespace }).catch(noneIfUnknown);
  return all.filter((route) => readRules(route, names).length > 0).map(({ metadata }) => metadata.name);
}

/** A cluster whose API has no such kind answers 404. */
function noneIfUnknown(thrown: unknown): readonly never[] {
  if (thrown instanceof StreamGateError && thrown.code === 'NotFound') return [];
  throw thrown;
}

/**
 * Whether the cluster serves the Gateway API at all. Everybody may ask that, also who may not list routes. It is asked
 * for a kind that every version of the API brings along and that we do not know by heart.
 */
export function hasGatewayApi(cluster: Cluster): Promise<boolean> {
  return cluster.supports({ apiVersion, kind: 'GatewayClass' });
}
