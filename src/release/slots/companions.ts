import type { Cluster, KubeObject } from '../../cluster/index.ts';
import { listIfAllowed } from './autoscalers.ts';
import { autoscalerKind } from './slot-autoscaler.ts';
import { budgetKind } from './slot-budget.ts';

/** What stands beside the workloads of a namespace, of everybody. */
export interface Companions {
  readonly autoscalers: readonly KubeObject[];
  readonly budgets: readonly KubeObject[];
}

/**
 * Reads both at once. A list that is to be up to date costs a quiet API server 0.1 s, since its cache asks the store how
 * far it is at this interval; so it is asked once for all steps that come before the first change to any of them.
 */
export async function readCompanions(cluster: Cluster, namespace: string): Promise<Companions> {
  const [autoscalers, budgets] = await Promise.all([
    listIfAllowed(cluster, autoscalerKind, namespace),
    listIfAllowed(cluster, budgetKind, namespace),
  ]);
  return { autoscalers, budgets };
}
