import { at } from '../../base/index.ts';
import { candidateSlot } from '../adoption/find-running.ts';
import type { Desired } from '../desired/desired.ts';
import type { Placement } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import { deploymentRef, type Names, otherSlot, type Slot } from '../slots/names.ts';
import type { Situation } from './check.ts';

export interface Sizes {
  /** How many pods the candidate is started with. */
  readonly start: number;
  /** How many it has when traffic comes. */
  readonly full: number;
}

/** Which slot the candidate gets, and which one serves; that is null where nothing does yet. */
export function sidesOf({ request, journal, running }: Pick<Situation, 'request' | 'journal' | 'running'>): {
  readonly candidate: Slot;
  readonly serving: Pick<Placement, 'slot'> | null;
} {
  const candidate = candidateSlot(request.app, journal?.live?.slot, running);
  const serves = (journal?.live ?? null) !== null || running !== undefined;
  return { candidate, serving: serves ? { slot: otherSlot(candidate) } : null };
}

/** How many pods the manifests ask for: by their own number, or by the floor of their autoscaler. */
export function sizeGiven({ workload, autoscalers }: Pick<Desired, 'workload' | 'autoscalers'>): number {
  const given = Number(at(workload, 'spec', 'replicas') ?? 1);
  const floor = Number(at(autoscalers[0], 'spec', 'minReplicas') ?? 1);
  return Math.max(given, floor);
}

/**
 * The live size, whoever set it: a release never shrinks what carries the traffic. A preview may start smaller. At 0 the
 * live version carries none, and its size says nothing.
 */
export async function sizesOf(
  {
    cluster,
    desired,
    until,
    previewReplicas,
  }: Pick<DeployRequest, 'cluster' | 'desired' | 'until' | 'previewReplicas'>,
  names: Names,
  stable: Pick<Placement, 'slot'> | null,
): Promise<Sizes> {
  const live = stable === null ? undefined : await cluster.get(deploymentRef(names, stable.slot));
  const full = Number(at(live, 'spec', 'replicas') ?? 0) || sizeGiven(desired);
  return { start: until === 'preview' ? (previewReplicas ?? full) : full, full };
}
