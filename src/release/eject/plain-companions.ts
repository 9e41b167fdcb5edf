import {
  type Cluster,
  fencedPatch,
  type KubeObject,
  refOf,
  removeField,
  replaceField,
  stampToken,
  tokenOf,
} from '../../cluster/index.ts';
import { podLabels } from '../desired/pod-template.ts';
import { findAutoscalers, listIfAllowed } from '../slots/autoscalers.ts';
import { type Names, slotLabel } from '../slots/names.ts';
import { createOrFind, deleteOurs, unstamp } from '../slots/ours.ts';
import { autoscalerKind, isOfApp, restoreLimits } from '../slots/slot-autoscaler.ts';
import { budgetKind, coversLabels, slotOf } from '../slots/slot-budget.ts';
import type { Release, Step } from '../step.ts';
import { plainName } from './steps.ts';

/** Autoscalers and disruption budgets that followed the slots are their owner's again. */
export const plainCompanions: Step = {
  id: 'plain-companions',
  title: 'Give autoscaler and budgets back',
  async act(release) {
    const autoscalers = await giveAutoscalers(release);
    const budgets = await giveBudgets(release);
    return [...autoscalers, ...budgets].join(', ') || 'there are none';
  },
};

async function giveAutoscalers(release: Release): Promise<readonly string[]> {
  const { cluster, names, desired, token } = release;
  const { onSlot, ofSlot } = await findAutoscalers(cluster, names, desired?.workload.metadata.name);
  const given: string[] = [];
  if (onSlot !== undefined) {
    const ref = { ...refOf({ ...onSlot.object, ...autoscalerKind }), namespace: names.namespace };
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: plainName(release) };
    await stampToken(cluster, ref, token);
    await fencedPatch(cluster, ref, token, (object) => [
      ...replaceField(object, ['spec', 'scaleTargetRef'], target),
      ...restoreLimits(object),
    ]);
    await unstamp(cluster, ref, token);
    given.push(ref.name);
  }
  const made = [ofSlot.blue, ofSlot.green].filter((object) => object !== undefined);
  if (made.length === 0) return given;
  // The one of the manifests comes when those of the slots go: two on the same pods would stop each other.
  for (const object of made) await deleteAll(release, object);
  for (const object of desired?.autoscalers ?? []) {
    const placed = { ...object, metadata: { ...object.metadata, namespace: names.namespace } };
    await createOrFind(cluster, placed, refOf(placed));
    given.push(object.metadata.name);
  }
  return given;
}

/** What is given back or deleted: budgets of one slot that releases made, and those of others that they led to one. */
export async function findLedBudgets(
  cluster: Cluster,
  names: Names,
  workload: KubeObject | undefined,
): Promise<readonly KubeObject[]> {
  // Those of another app in the namespace carry the same marks.
  const covers = (budget: KubeObject) => workload === undefined || coversLabels(budget, podLabels(workload));
  const all = await listIfAllowed(cluster, budgetKind, names.namespace);
  return all.filter(
    (budget) =>
      isOfApp(budget, names.app) ||
      (slotOf(budget) !== undefined && tokenOf(budget) !== undefined && covers(budget)),
  );
}

async function giveBudgets(release: Release): Promise<readonly string[]> {
  const { cluster, names, desired, token } = release;
  const given: string[] = [];
  for (const budget of await findLedBudgets(cluster, names, desired?.workload)) {
    const ref = { ...budgetKind, namespace: names.namespace, name: budget.metadata.name };
    if (isOfApp(budget, names.app)) {
      await deleteOurs(cluster, ref, token);
      continue;
    }
    await stampToken(cluster, ref, token);
    await fencedPatch(cluster, ref, token, (object) =>
      removeField(object, ['spec', 'selector', 'matchLabels', slotLabel]),
    );
    await unstamp(cluster, ref, token);
    given.push(ref.name);
  }
  return given;
}

function deleteAll({ cluster, names, token }: Release, object: KubeObject): Promise<void> {
  return deleteOurs(
    cluster,
    { ...autoscalerKind, namespace: names.namespace, name: object.metadata.name },
    token,
  );
}
