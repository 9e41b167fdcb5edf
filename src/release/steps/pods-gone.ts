import type { Deadline } from '../../base/index.ts';
import { done, pending, type Query, waitFor } from '../proof/wait.ts';
import type { Release } from '../step.ts';

/** Waits until no pod is left of those that a query finds. `whose` is for messages: `the pods of shop-blue`. */
export async function podsGone(
  { cluster, clock }: Release,
  whose: string,
  query: Query,
  deadline: Deadline,
): Promise<void> {
  await waitFor({
    cluster,
    clock,
    deadline,
    what: `${whose} to go`,
    queries: { pods: query },
    check: ({ pods }) => (pods.length === 0 ? done() : pending(`${pods.length} pods are left`)),
  });
}
