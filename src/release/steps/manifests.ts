import { at, type Deadline, isJsonObject, listAt, StreamGateError } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf, stampToken, tokenOf } from '../../cluster/index.ts';
import { ingressLeadsTo } from '../../traffic/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { usedByLivePods } from '../preflight/config-in-use.ts';
import { sortAutoscalers } from '../slots/autoscalers.ts';
import { type Companions, readCompanions } from '../slots/companions.ts';
import { configInUse, isIn, namedConfig, wouldChange } from '../slots/config-in-use.ts';
import {
  deploymentRef,
  guidedServices,
  modeOf,
  type Names,
  routeRef,
  serviceRef,
  slotServiceRef,
} from '../slots/names.ts';
import { slotDeploymentOf, unstamp } from '../slots/ours.ts';
import { budgetKind, slotBudgetRef } from '../slots/slot-budget.ts';
import type { Release, Step } from '../step.ts';
import { keepBudgets } from './budgets.ts';
import { requireDesired } from './desired.ts';
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

/**
 * Ingresses that the first release of an app without a route opens at its end, as it would its routes: before that,
 * their callers would meet a Service without a single pod. Later ones find them open.
 */
export function ingressesToOpen(release: Release): readonly KubeObject[] {
  const { names, stable } = release;
  if (modeOf(names) === 'gateway' || stable !== null) return [];
  return requireDesired(release).others.filter((object) => leadsToApp(object, names));
}

function leadsToApp(object: KubeObject, names: Names): boolean {
  return guidedServices(names).some((service) => ingressLeadsTo(object, service));
}

/** Whatever else stands in the manifests: applied forward only, never undone or pruned. */
export const applyOthers: Step = {
  id: 'apply-others',
  title: 'Apply the other objects of the manifests',
  async act(release, deadline) {
    const later = ingressesToOpen(release);
    return applyAll(
      release,
      deadline,
      requireDesired(release).others.filter((object) => !later.includes(object)),
    );
  },
};

/** What asks to wait until the new version is the live one. */
export const applyLater: Step = {
  id: 'apply-later',
  title: 'Apply what was to wait for the new version',
  act: (release, deadline) => applyAll(release, deadline, requireDesired(release).later),
};

/** What pods that serve read under its own name is left alone: they would meet the new values when they restart. */
async function applyAll(
  release: Release,
  deadline: Deadline,
  objects: readonly KubeObject[],
): Promise<string> {
  const { cluster, names, stable } = release;
  if (objects.length === 0) return 'there are none';
  const { workload } = requireDesired(release);
  const inUse = await configInUse(cluster, names, stable, workload);
  const read = new Set(namedConfig(workload));
  const told: string[] = [];
  // Definitions and namespaces come before what stands in them, whatever their order in the manifests.
  for (const object of inOrder(objects)) {
    const described = describeRef(refOf(object));
    const isLeft = isIn(inUse, object);
    // Preflight has refused this; what stands there may have changed since.
    if (isLeft && isIn(read, object) && (await wouldChange(cluster, object))) throw usedByLivePods(object);
    if (!isLeft) await cluster.apply(object, { force: true });
    if (object.kind === 'CustomResourceDefinition') await served(release, object, deadline);
    told.push(isLeft ? `${described} left alone, since live pods read it` : described);
  }
  return told.join(', ');
}

/** What others stand in or are made of comes first, whatever the order of the manifests. */
function inOrder(objects: readonly KubeObject[]): readonly KubeObject[] {
  const first = ['Namespace', 'CustomResourceDefinition'];
  return [
    ...first.flatMap((kind) => objects.filter((object) => object.kind === kind)),
    ...objects.filter(({ kind }) => !first.includes(kind)),
  ];
}

const lookEveryMs = 250;
const servedWithinMs = 60_000;

/** The API server names a kind in its discovery once its definition is Established, and not before. */
async function served(
  { cluster, clock }: Release,
  definition: KubeObject,
  deadline: Deadline,
): Promise<void> {
  const [group, kind] = [at(definition, 'spec', 'group'), at(definition, 'spec', 'names', 'kind')].map(
    String,
  );
  const names = listAt(definition, 'spec', 'versions').filter((version) => at(version, 'served') === true);
  // After the promotion nothing else would end the wait.
  const { signal } = deadline.within(servedWithinMs, describeRef(refOf(definition)));
  for (const version of names.map((one) => String(at(one, 'name')))) {
    const what = { apiVersion: `${group}/${version}`, kind: kind ?? '' };
    while ((await cluster.kindPath(what)) === undefined) {
      await clock.sleep(lookEveryMs, signal).catch(() => undefined);
      if (!signal.aborted) continue;
      throw new StreamGateError(
        'Timeout',
        `${describeRef(refOf(definition))} was applied, and the cluster still does not serve ${what.kind} in ${what.apiVersion}`,
        {
          cause: signal.reason,
          remedy: 'See its conditions: kubectl describe crd. Mend it, and release again.',
        },
      );
    }
  }
}
