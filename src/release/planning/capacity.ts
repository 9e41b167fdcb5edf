import { at, parseQuantity } from '../../base/index.ts';
import type { SlotCapacity } from '../../evidence/index.ts';
import { containersIn, takenByPod } from '../desired/pod-template.ts';
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

/** What one pod asks for, with the overhead of its runtime class. Null when neither it nor any container says. */
function requestOf(template: unknown, resource: string): number | null {
  const podSpec = at(template, 'spec');
  const all = [...containersIn(podSpec), ...containersIn(podSpec, 'initContainers')];
  const ofPod = amountOf(podSpec, resource);
  if (ofPod === null && all.every((container) => amountOf(container, resource) === null)) return null;
  const overhead = quantity(at(podSpec, 'overhead', resource)) ?? 0;
  return (ofPod ?? takenByPod(podSpec, (container) => amountOf(container, resource) ?? 0)) + overhead;
}

/** A container with a limit and no request asks for its limit; a pod that says it for all of them as well. */
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
