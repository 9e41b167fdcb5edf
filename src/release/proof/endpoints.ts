import { at } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { isReady } from './rollout-status.ts';
import { done, type Progress, pending } from './wait.ts';

/** Pods that the slices of a Service offer as ready, by port name: what a proxy may send to. */
export function readyEndpoints(slices: readonly KubeObject[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const slice of slices) {
    const endpoints = at(slice, 'endpoints');
    if (!Array.isArray(endpoints)) continue;
    for (const endpoint of endpoints) {
      // An absent condition counts as true: so says the API's own documentation.
      if (at(endpoint, 'conditions', 'ready') === false) continue;
      const pod = at(endpoint, 'targetRef', 'name');
      if (typeof pod === 'string') names.add(pod);
    }
  }
  return names;
}

/** Whether a Service offers exactly the ready ones of these pods, in each of its slices. */
export function endpointsProgress(slices: readonly KubeObject[], pods: readonly KubeObject[]): Progress {
  const wanted = new Set(pods.filter(isReady).map(({ metadata }) => metadata.name));
  if (wanted.size === 0) return pending('no pod is ready');
  const filled = slices.filter((slice) => at(slice, 'endpoints') !== null);
  if (filled.length === 0) return pending('the Service has no EndpointSlice yet');
  const offered = readyEndpoints(filled);
  const missing = [...wanted].filter((name) => !offered.has(name));
  const foreign = [...offered].filter((name) => !wanted.has(name));
  if (missing.length === 0 && foreign.length === 0) return done(`${offered.size} endpoints`);
  const parts = [
    ...(missing.length > 0 ? [`not offered yet: ${missing.join(', ')}`] : []),
    ...(foreign.length > 0 ? [`still offered: ${foreign.join(', ')}`] : []),
  ];
  return pending(parts.join('; '));
}
