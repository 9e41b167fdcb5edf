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

/** Which of the named ports the slices offer, in each family of addresses: `IPv4 http`. */
export function offeredPorts(slices: readonly KubeObject[], names: readonly string[]): ReadonlySet<string> {
  const filled = slices.filter((slice) => readyEndpoints([slice]).size > 0);
  const ports = filled.flatMap((slice) => portsOf(slice));
  return new Set(ports.filter((port) => names.includes(port.slice(port.indexOf(' ') + 1))));
}

/** Whether a Service offers exactly the ready ones of these pods, on each of the ports that it is to have. */
export function endpointsProgress(
  slices: readonly KubeObject[],
  pods: readonly KubeObject[],
  ports: ReadonlySet<string> = new Set(),
): Progress {
  for (const port of ports) {
    const some = slices.filter((slice) => portsOf(slice).includes(port));
    const progress = setProgress(some, pods);
    if (progress.state === 'pending') return pending(`port ${port}: ${progress.seen}`);
  }
  return setProgress(slices, pods);
}

function portsOf(slice: KubeObject): readonly string[] {
  const ports = at(slice, 'ports');
  const names = Array.isArray(ports) ? ports.map((port) => String(at(port, 'name') ?? '')) : [];
  return names.map((name) => `${String(at(slice, 'addressType') ?? 'IPv4')} ${name}`);
}

function setProgress(slices: readonly KubeObject[], pods: readonly KubeObject[]): Progress {
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
