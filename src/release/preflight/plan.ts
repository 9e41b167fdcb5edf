import { randomUUID } from 'node:crypto';
import { at } from '../../base/index.ts';
import { slotFor } from '../adoption/find-running.ts';
import { forecast, forecastRollback, overBudget } from '../forecast.ts';
import { isInFlight, type Journal } from '../journal/journal.ts';
import { readJournal } from '../journal/journal-store.ts';
import { usualSteps } from '../journal/past-runs.ts';
import { plainResult } from '../plain-result.ts';
import { changeBetweenSlots } from '../planning/change-of.ts';
import { concealWith } from '../planning/conceal.ts';
import { dryRunAll } from '../planning/dry-run.ts';
import { planSteps } from '../planning/durations.ts';
import { describe, liveDeployment, type PlanAnswer, writePlan } from '../planning/plan-document.ts';
import type { DeployRequest, RollbackRequest, RunResult } from '../request.ts';
import { deploymentRef, modeOf, type Names, otherSlot, type Slot } from '../slots/names.ts';
import { slotDeployment } from '../slots/slot-objects.ts';
import type { Step } from '../step.ts';
import { describeConfig } from '../steps/config.ts';
import { retireSteps, stepsOf, strategiesOf } from '../strategies.ts';
import { allSteps } from '../strategy.ts';
import { findTarget, requireJournal } from '../target.ts';
import { inOneLine } from './check.ts';
import { plainFacts, readPermissionFacts } from './needs.ts';
import { preflight } from './preflight.ts';
import { sizesOf } from './replicas.ts';

/** What a release would do: step by step, object by object, with the server's own opinion of them. Writes nothing. */
export async function planDeploy(given: DeployRequest): Promise<RunResult> {
  const { request, journal, names, running, nothingNew, warnings } = await preflight(given);
  const { cluster, until, desired, settings } = request;
  if (nothingNew !== undefined) return nothingNew;
  const first = (journal?.lastRevision ?? 0) + 1;
  const adopts = running !== undefined && !journal?.live;
  const live = adopts ? { slot: slotFor(names.app, running), revision: first } : (journal?.live ?? null);
  const candidate = live === null ? 'blue' : otherSlot(live.slot);
  const { start: replicas } = await sizesOf(request, names, live);
  const runs = await dryRunAll(cluster, desired, names, candidate, replicas);
  const { prepare, switchOver, finish } = stepsOf(
    { strategy: 'blue-green', stable: live, ...(adopts ? { adopts } : {}) },
    modeOf(names),
  );
  const steps = {
    preview: prepare,
    promoted: [...prepare, ...switchOver, ...finish],
    retired: [...prepare, ...switchOver, ...finish, ...retireSteps],
  }[until];
  const outlook = forecast(journal, request);
  const config = await describeConfig(cluster, names.namespace, desired);
  const records = planSteps(steps, {
    template: at(runs.deployment.reading, 'spec', 'template'),
    minReadySeconds: Number(at(desired.workload, 'spec', 'minReadySeconds') ?? 0),
    clears: (await standing(request, names, candidate)) > 0,
    observeMs: settings.observeMs,
    rollbackWindowMs: settings.rollbackWindowMs,
    history: usualSteps(journal, live === null ? 'first' : 'release'),
  }).map((record) => (record.id === 'copy-config' ? { ...record, detail: config } : record));
  const question = {
    cluster,
    names,
    live,
    candidate,
    replicas,
    facts: await readPermissionFacts(given),
    workload: desired.workload.metadata.name,
    steps: records,
    basis: outlook.basis === 'history' ? ('history' as const) : ('estimate' as const),
  };
  const answer = await writePlan(question, runs);
  const what =
    live === null
      ? `the first release of ${names.app}`
      : `slot ${candidate}, after ${adopts ? `Deployment ${running.metadata.name} as ` : ''}revision ${live.revision}`;
  const reason = `Would release revision ${adopts ? first + 1 : first}: ${what}, in ${steps.length} steps. ${outlook.sentence}`;
  return planned(reason, answer, {
    steps: records,
    activeSlot: journal?.live?.slot ?? null,
    previousRevision: journal?.previous?.revision ?? 0,
    warnings: [
      ...inFlight(journal),
      ...overBudget(outlook, 'deploy-budget'),
      ...warnings.map(inOneLine),
      ...answer.warnings,
    ],
  });
}

/** What a way back would do. */
export async function planRollback(request: RollbackRequest): Promise<RunResult> {
  const { cluster, namespace, app, settings } = request;
  const journal = requireJournal(await readJournal(cluster, namespace, app), request);
  const { names } = journal;
  const { placement, warm, live, desired, replicas } = await findTarget(request, journal);
  const mode = modeOf(names);
  const { fastRollback, hastyRollback, coldRollback } = strategiesOf(mode);
  const strategy = warm ? (request.now ? hastyRollback : fastRollback) : coldRollback;
  const steps: readonly Step[] = allSteps(strategy);
  const { slot } = placement;
  const ref = deploymentRef(names, slot);
  const wanted = slotDeployment(desired.workload, names, slot, replicas, 0);
  const renamed = { ...wanted, metadata: { ...wanted.metadata, name: `${ref.name}-check` } };
  const [there, reading] = await Promise.all([cluster.get(ref), cluster.create(renamed, { dryRun: true })]);
  const template = at(reading, 'spec', 'template');
  const records = planSteps(steps, {
    template: warm ? undefined : template,
    minReadySeconds: Number(at(desired.workload, 'spec', 'minReadySeconds') ?? 0),
    clears: !warm && Number(at(there, 'spec', 'replicas') ?? 0) > 0,
    observeMs: settings.observeMs,
    rollbackWindowMs: settings.rollbackWindowMs,
    history: usualSteps(journal, warm ? 'warm' : 'cold'),
  });
  const outlook = forecastRollback(journal, warm, request);
  const question = {
    cluster,
    names,
    live,
    candidate: slot,
    replicas,
    facts: { ...plainFacts, mode, looksForRoutes: false },
    workload: desired.workload.metadata.name,
    steps: records,
    basis: outlook.basis === 'history' ? ('history' as const) : ('estimate' as const),
  };
  const liveObject = await liveDeployment(question);
  const target = { name: ref.name, object: reading, exists: there !== undefined };
  const change = changeBetweenSlots(liveObject, target, concealWith(randomUUID()));
  const answer = await describe(question, { objects: [change], notes: [] }, liveObject, template);
  const how = warm
    ? `its pods are warm, so that is ${mode === 'gateway' ? 'one patch for each route' : "one patch of the app's own Service"}`
    : 'its pods are gone and would be started first';
  const reason = `Would go back from revision ${live.revision} to ${placement.revision}: ${how}. ${outlook.sentence}`;
  return planned(reason, answer, {
    steps: records,
    activeSlot: live.slot,
    previousRevision: placement.revision,
    warnings: [...overBudget(outlook, 'rollback-budget'), ...answer.warnings],
  });
}

async function standing({ cluster }: DeployRequest, names: Names, slot: Slot): Promise<number> {
  return Number(at(await cluster.get(deploymentRef(names, slot)), 'spec', 'replicas') ?? 0);
}

function inFlight(journal: Journal | undefined): readonly string[] {
  if (!journal || !isInFlight(journal.release)) return [];
  const { id, phase } = journal.release;
  return [
    `Release ${id} has not ended (${phase}): the same version goes on from there, another one puts it back first.`,
  ];
}

function planned(reason: string, { plan }: PlanAnswer, more: Partial<RunResult>): RunResult {
  return plainResult({ outcome: 'Planned', verdict: 'pass', reason }, { ...more, plan });
}
