import { isJsonObject } from '../../base/index.ts';
import { refOf, stampToken, tokenOf } from '../../cluster/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { sortAutoscalers } from '../slots/autoscalers.ts';
import { type Companions, readCompanions } from '../slots/companions.ts';
import { deploymentRef, guidedServices, routeRef, serviceRef, slotServiceRef } from '../slots/names.ts';
import { slotDeploymentOf, unstamp } from '../slots/ours.ts';
import { budgetKind, slotBudgetRef } from '../slots/slot-budget.ts';
import type { Release, Step } from '../step.ts';
import { keepBudgets } from './budgets.ts';
import { selectSlot, standingServices, withoutSlot } from './entry.ts';

/** From here on, nobody who held the lock before can write to the objects of this app. */
export const stampObjects: Step = {
  id: 'stamp',
  title: 'Mark the objects of the app as ours',
  // A run that continues another one has a token of its own.
  everyRun: true,
  async act(release) {
    const { cluster, names, router, token, stable, companions } = release;
    const reading = readCompanions(cluster, names.namespace);
    // Its error is that of whoever awaits it; until then nobody does.
    reading.catch(() => undefined);
    for (const slot of ['blue', 'green'] as const) {
      if ((await slotDeploymentOf(cluster, names, slot)) !== undefined)
        await stampToken(cluster, deploymentRef(names, slot), token);
      await stampToken(cluster, slotServiceRef(names, slot), token);
    }
    for (const name of guidedServices(names)) await stampToken(cluster, serviceRef(names, name), token);
    // A forced server-side apply of the user's Service drops the slot from its selector. Without it, the Service would
    // reach pods of the candidate as soon as they are ready.
    // What is being taken over comes to its slot in a step of its own, and what is handed back loses it in one.
    const settled = release.journal.current.live !== null && release.journal.release.strategy !== 'eject';
    const open = stable === null || !settled ? [] : withoutSlot(await standingServices(release));
    for (const { metadata } of open) await selectSlot(release, metadata.name, stable ?? release.candidate);
    await router.stamp(cluster, token);
    companions.seen = await reading;
    await stampCompanions(release, companions.seen);
    return `token ${token}`;
  },
  async undo({ cluster, names, journal, token }) {
    // What ran before and is given back carries nothing of ours any more.
    if (!journal.release.adopts) return;
    for (const name of guidedServices(names)) await unstamp(cluster, serviceRef(names, name), token);
    for (const name of names.routes) await unstamp(cluster, routeRef(names, name), token);
  },
};

/** Autoscalers and budgets that an earlier run has written to. */
async function stampCompanions(
  { cluster, names, token, desired, journal }: Release,
  seen: Companions,
): Promise<void> {
  const { ofSlot, onSlot } = sortAutoscalers(seen.autoscalers, names, desired?.workload.metadata.name);
  const autoscalers = [ofSlot.blue, ofSlot.green, onSlot?.object];
  const known = beforeOf(journal.release, keepBudgets.id);
  const budgets = isJsonObject(known) ? Object.keys(known) : [];
  const refs = [
    ...autoscalers.flatMap((object) => (object && tokenOf(object) !== undefined ? [refOf(object)] : [])),
    ...budgets.flatMap((name) => [
      { ...budgetKind, namespace: names.namespace, name },
      slotBudgetRef(names, name, 'blue'),
      slotBudgetRef(names, name, 'green'),
    ]),
  ];
  for (const ref of refs) await stampToken(cluster, ref, token);
}
