import { StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, type ObjectRef, refOf } from '../../cluster/index.ts';
import type { ObjectChange } from '../../evidence/index.ts';
import type { DryRun, DryRuns } from '../preflight/dry-run.ts';
import { deploymentRef, type Names, type Slot, slotServiceRef } from '../slots/names.ts';
import { autoscalerRef } from '../slots/slot-autoscaler.ts';
import { changeBetweenSlots, changeOf } from './change-of.ts';
import type { Conceal } from './conceal.ts';

export interface PlannedObjects {
  readonly objects: readonly ObjectChange[];
  readonly notes: readonly string[];
}

/** Compares every object with what stands in the cluster: the candidate's with those of the live slot. */
export async function planObjects(
  cluster: Cluster,
  names: Names,
  sides: { readonly candidate: Slot; readonly live: Slot | undefined },
  runs: DryRuns,
  conceal: Conceal,
): Promise<PlannedObjects> {
  const { candidate, live } = sides;
  const between = async (run: DryRun, refFor: (names: Names, slot: Slot) => ObjectRef) => {
    if (run.reading === undefined) return [];
    const ref = refFor(names, candidate);
    const ofLive = live === undefined ? undefined : await cluster.get(refFor(names, live));
    const there = await cluster.get(ref);
    const wanted = { name: ref.name, object: run.reading, standing: there };
    return [changeBetweenSlots(ofLive, wanted, conceal)];
  };
  const applied = [runs.entry, ...runs.followers, ...runs.routes, ...runs.budgets, ...runs.others];
  const compared = await Promise.all(applied.map((run) => compare(cluster, run, conceal)));
  return {
    objects: [
      ...(await between(runs.deployment, deploymentRef)),
      ...(await between(runs.slotService, slotServiceRef)),
      ...(await Promise.all(runs.autoscalers.map((run) => between(run, autoscalerRef)))).flat(),
      ...compared.flatMap(({ change }) => change ?? []),
    ],
    notes: compared.flatMap(({ note }) => note ?? []),
  };
}

async function compare(
  cluster: Cluster,
  { given, reading, unasked }: DryRun,
  conceal: Conceal,
): Promise<{ readonly change?: ObjectChange; readonly note?: string }> {
  const object = describeRef(refOf(given));
  const uncompared: ObjectChange = { object, action: 'create', against: null, fields: [] };
  if (unasked !== undefined) return { change: uncompared, note: unasked };
  if (reading === undefined) return {};
  const standing = await readable(cluster, refOf(reading));
  if (standing !== 'denied') return { change: changeOf(standing, reading, conceal) };
  return {
    change: { ...uncompared, action: 'change' },
    note: `${object} may not be read: whether it is there, and what would change in it.`,
  };
}

async function readable(cluster: Cluster, ref: ObjectRef): Promise<KubeObject | undefined | 'denied'> {
  return cluster.get(ref).catch((thrown: unknown) => {
    if (thrown instanceof StreamGateError && thrown.code === 'Denied') return 'denied';
    throw thrown;
  });
}
