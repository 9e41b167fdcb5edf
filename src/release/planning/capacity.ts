import { at, parseQuantity } from '../../base/index.ts';
import type { SlotCapacity } from '../../evidence/index.ts';
import { containersIn } from '../desired/pod-template.ts';
import type { Slot } from '../slots/names.ts';

/** What `replicas` pods of a template ask the scheduler for. */
export function capacityOf(
  template: unknown,
  side: { readonly role: SlotCapacity['role']; readonly slot: Slot; readonly replicas: number },
): SlotCapacity {
  const cpu = requestOf(template, 'cpu');
  const memory = requestOf(template, 'memory');
  return {
    ...side,
    cpuMillis: cpu === null ? null : Math.round(cpu * side.replicas * 1_000),
    memoryBytes: memory === null ? null : Math.round(memory * side.replicas),
  };
}

/**
 * What one pod asks for, as the scheduler counts: its containers and sidecars together, or its largest init container
 * if that asks for more, plus the overhead of its runtime class. Null when no container says.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
function requestOf(template: unknown, resource: string): number | null {
  const podSpec = at(template, 'spec');
  const inits = containersIn(podSpec, 'initContainers');
  const sidecars = inits.filter((container) => at(container, 'restartPolicy') === 'Always');
  const amounts = (containers: readonly unknown[]) =>
    containers.map((container) => amountOf(container, resource)).filter((amount) => amount !== null);
  const running = amounts([...containersIn(podSpec), ...sidecars]);
  const first = amounts(inits.filter((container) => !sidecars.includes(container)));
  if (running.length + first.length === 0) return null;
  const overhead = quantity(at(template, 'spec', 'overhead', resource)) ?? 0;
  return (
    Math.max(
      running.reduce((sum, amount) => sum + amount, 0),
      ...first,
    ) + overhead
  );
}

/** A container with a limit and no request asks for its limit. */
function amountOf(container: unknown, resource: string): number | null {
  return (
    quantity(at(container, 'resources', 'requests', resource)) ??
    quantity(at(container, 'resources', 'limits', resource))
  );
}

function quantity(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return parseQuantity(String(value)) ?? null;
}
