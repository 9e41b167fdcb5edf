import { at } from '../../base/index.ts';
import type { Placement } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import { deploymentRef, type Names } from '../slots/names.ts';

export interface Sizes {
  /** How many pods the candidate is started with. */
  readonly start: number;
  /** How many it has when traffic comes. */
  readonly full: number;
}

/** The live size, whoever set it: a release never shrinks what carries the traffic. A preview may start smaller. */
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
  const given = Number(at(desired.workload, 'spec', 'replicas') ?? 1);
  const floor = Number(at(desired.autoscalers[0], 'spec', 'minReplicas') ?? 1);
  const live = stable === null ? undefined : await cluster.get(deploymentRef(names, stable.slot));
  const full = Number(at(live, 'spec', 'replicas') ?? Math.max(given, floor));
  return { start: until === 'preview' ? (previewReplicas ?? full) : full, full };
}
