import { at, fieldsAt, isJsonObject, type Json } from '../../base/index.ts';
import {
  describeRef,
  fencedPatch,
  type KubeObject,
  refOf,
  replaceField,
  stampToken,
} from '../../cluster/index.ts';
import { podLabels } from '../desired/pod-template.ts';
import { beforeOf } from '../journal/journal.ts';
import { readCompanions } from '../slots/companions.ts';
import type { Slot } from '../slots/names.ts';
import { createFenced, deleteOurs, stamped, unstamp } from '../slots/ours.ts';
import { podKind } from '../slots/pods.ts';
import { isOfApp } from '../slots/slot-autoscaler.ts';
import {
  budgetKind,
  coversLabels,
  narrowed,
  narrowedSpec,
  slotBudget,
  slotBudgetRef,
  slotOf,
} from '../slots/slot-budget.ts';
import type { Release, Step } from '../step.ts';

interface Budgets {
  /** The user's, for the pods of the app alone. */
  readonly own: readonly KubeObject[];
  /** For pods of others as well: narrowed to a slot, these would lose their cover. */
  readonly shared: readonly KubeObject[];
}

/** The user's budgets that cover the app: those of the manifests, and those that stand in the cluster. */
async function budgetsOf({ cluster, names, desired, companions }: Release): Promise<Budgets> {
  if (desired === undefined) return { own: [], shared: [] };
  const { workload, budgets: given } = desired;
  const labels = podLabels(workload);
  const known = new Set(given.map(({ metadata }) => metadata.name));
  const { budgets } = companions.seen ?? (await readCompanions(cluster, names.namespace));
  const standing = budgets.filter(
    (budget) =>
      !isOfApp(budget, names.app) && !known.has(budget.metadata.name) && coversLabels(budget, labels),
  );
  const all = [...given, ...standing];
  if (all.length === 0) return { own: [], shared: [] };
  const selected = Object.entries(at(workload, 'spec', 'selector', 'matchLabels') ?? {});
  const foreign = (await cluster.list(podKind, { namespace: names.namespace }))
    .map(({ metadata }) => metadata.labels ?? {})
    .filter((found) => selected.some(([key, value]) => found[key] !== value));
  const isShared = (budget: KubeObject) => foreign.some((found) => coversLabels(budget, found));
  return { own: all.filter((budget) => !isShared(budget)), shared: all.filter(isShared) };
}

function budgetRef({ names }: Release, name: string) {
  return { ...budgetKind, namespace: names.namespace, name };
}

/** Gives a budget another spec, under our token. Nothing when it is gone. */
async function respecify(release: Release, name: string, spec: unknown): Promise<void> {
  const { cluster, token } = release;
  const ref = budgetRef(release, name);
  if ((await stampToken(cluster, ref, token)) === undefined) return;
  await fencedPatch(cluster, ref, token, (object) => replaceField(object, ['spec'], spec));
}

/** What stands, with the slot that serves now: a run that died may have left it on another. */
async function imageOf(release: Release, { metadata }: KubeObject): Promise<Json> {
  const { cluster, stable } = release;
  const standing = await cluster.get(budgetRef(release, metadata.name));
  if (standing === undefined) return null;
  const led = slotOf(standing) !== undefined && stable !== null;
  return led ? narrowedSpec(standing.spec, stable) : fieldsAt(standing, 'spec');
}

/**
 * A budget that covers both versions lets all pods of one of them go at once, since the others count as healthy; and
 * two budgets on one pod make every eviction fail. So the user's covers the slot that serves, and a second one, of our
 * own, covers the candidate.
 */
export const keepBudgets: Step = {
  id: 'budgets',
  title: 'Give each side a disruption budget of its own',
  async before(release) {
    const images: Record<string, Json> = {};
    for (const budget of (await budgetsOf(release)).own)
      images[budget.metadata.name] = await imageOf(release, budget);
    return images;
  },
  async act(release) {
    const { cluster, names, token, stable, candidate, recorder } = release;
    const { own, shared } = await budgetsOf(release);
    for (const budget of shared) {
      recorder.warn(
        `${describeRef(refOf(budget))} also covers pods of others, so both versions count together in it. Give ${names.app} a budget of its own.`,
      );
      // Of the manifests, like every other object of theirs.
      if (release.desired?.budgets.includes(budget)) await cluster.apply(budget, { force: true });
    }
    for (const budget of own) {
      const wanted = narrowed(budget, stable ?? candidate);
      const { created } = await createFenced(release, stamped(wanted, token), refOf(wanted));
      if (!created) await respecify(release, budget.metadata.name, wanted.spec);
      if (stable !== null) await coverCandidate(release, budget, stable);
    }
    return own.length === 0 ? 'there is none' : own.map(({ metadata }) => metadata.name).join(', ');
  },
  async undo(release, before) {
    const { cluster, names, token, candidate, journal } = release;
    if (!isJsonObject(before)) return;
    for (const [name, spec] of Object.entries(before)) {
      await deleteOurs(cluster, slotBudgetRef(names, name, candidate), token);
      if (spec === null) await deleteOurs(cluster, budgetRef(release, name), token);
      else await respecify(release, name, spec);
      if (journal.release.adopts) await unstamp(cluster, budgetRef(release, name), token);
    }
  },
};

async function coverCandidate(release: Release, budget: KubeObject, stable: Slot): Promise<void> {
  const { cluster, names, token, candidate } = release;
  // Left by a run that died after it had promoted: the user's own covers these pods again.
  await deleteOurs(cluster, slotBudgetRef(names, budget.metadata.name, stable), token);
  const ref = slotBudgetRef(names, budget.metadata.name, candidate);
  const wanted = slotBudget(budget, names, candidate, token);
  const { created } = await createFenced(release, wanted, ref);
  if (!created) await respecify(release, ref.name, wanted.spec);
}

/**
 * The user's budget follows the traffic, and the second one goes: what stands then is what the manifests know. For a
 * moment both cover the same pods, and no eviction is allowed at all; the other order would leave them without any.
 */
export const moveBudgets: Step = {
  id: 'move-budgets',
  title: 'Let the disruption budget cover the version that serves',
  async act(release) {
    const { cluster, names, token, candidate, journal } = release;
    const before = beforeOf(journal.release, keepBudgets.id);
    const moved = isJsonObject(before) ? Object.keys(before) : [];
    for (const name of moved) {
      const standing = await cluster.get(budgetRef(release, name));
      if (standing !== undefined) await respecify(release, name, narrowedSpec(standing.spec, candidate));
      await deleteOurs(cluster, slotBudgetRef(names, name, candidate), token);
    }
    return moved.length === 0 ? 'there is none' : `${moved.join(', ')}: ${candidate}`;
  },
};
