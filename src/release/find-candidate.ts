import { StreamGateError } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import { readJournal } from './journal/journal-store.ts';
import { isReady } from './proof/rollout-status.ts';
import { deploymentRef, otherSlot, slotServiceRef } from './slots/names.ts';
import { directPod, listPods } from './slots/pods.ts';
import type { Candidate } from './step.ts';
import { requireJournal } from './target.ts';

/** The ready pods of one side of an app, for a check of their own: those that serve, those that do not, or by slot. */
export async function findCandidate(
  cluster: Cluster,
  namespace: string,
  app: string,
  side: 'active' | 'idle' | 'blue' | 'green',
): Promise<Candidate> {
  const { names, live } = requireJournal(await readJournal(cluster, namespace, app), { app, namespace });
  const active = live?.slot ?? 'green';
  const slot = side === 'active' ? active : side === 'idle' ? otherSlot(active) : side;
  const [workload, service] = await Promise.all([
    cluster.get(deploymentRef(names, slot)),
    cluster.get(slotServiceRef(names, slot)),
  ]);
  if (workload === undefined || service === undefined) {
    throw new StreamGateError('NotFound', `Slot ${slot} of ${app} holds nothing`, {
      remedy: `See where the app stands: streamgate status ${app} --namespace ${namespace}`,
    });
  }
  const pods = (await listPods(cluster, names, slot)).filter(isReady);
  return { workload, service, pods: pods.map((pod) => directPod(cluster, names, pod)) };
}
