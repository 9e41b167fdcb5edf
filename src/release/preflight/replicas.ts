import { at } from '../../base/index.ts';
import type { Placement } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import { deploymentRef, type Names } from '../slots/names.ts';

/** The live size, whoever set it: a release never shrinks what carries the traffic. */
export async function replicasOf(
  { cluster, desired }: Pick<DeployRequest, 'cluster' | 'desired'>,
  names: Names,
  stable: Placement | null,
): Promise<number> {
  const given = Number(at(desired.workload, 'spec', 'replicas') ?? 1);
  if (stable === null) return given;
  const live = await cluster.get(deploymentRef(names, stable.slot));
  return Number(at(live, 'spec', 'replicas') ?? given);
}
