import { at } from '../../base/index.ts';
import { slotFor } from '../adoption/find-running.ts';
import { forecast, overBudget } from '../forecast.ts';
import { isInFlight, type Journal, type Placement } from '../journal/journal.ts';
import { usualSteps } from '../journal/past-runs.ts';
import { inOneLine } from '../preflight/check.ts';
import { type DryRuns, dryRunAll } from '../preflight/dry-run.ts';
import { readPermissionFacts } from '../preflight/permission-facts.ts';
import { type Preflight, preflight } from '../preflight/preflight.ts';
import { sizesOf } from '../preflight/replicas.ts';
import type { DeployRequest, RunResult, Until } from '../request.ts';
import { deploymentRef, modeOf, type Names, otherSlot, type Slot } from '../slots/names.ts';
import type { Step } from '../step.ts';
import { describeConfig } from '../steps/config.ts';
import { retireSteps, stepsOf } from '../strategies.ts';
import { allSteps } from '../strategy.ts';
import { planSteps } from './durations.ts';
import { basisOf, planned, writePlan } from './plan-document.ts';

/** What a release would do: step by step, object by object, with the server's own opinion of them. Writes nothing. */
export async function planDeploy(given: DeployRequest): Promise<RunResult> {
  const ready = await preflight(given);
  if (ready.nothingNew !== undefined) return ready.nothingNew;
  const { request, journal, names, warnings } = ready;
  const { cluster, desired } = request;
  const sides = sidesOf(ready);
  const { live, candidate } = sides;
  const { start: replicas } = await sizesOf(request, names, live);
  const runs = await dryRunAll(cluster, desired, names, candidate, replicas);
  const steps = await timedSteps(ready, sides, runs);
  const outlook = forecast(journal, request);
  const question = {
    cluster,
    names,
    live,
    candidate,
    replicas,
    facts: await readPermissionFacts(given),
    workload: desired.workload.metadata.name,
    steps,
    basis: basisOf(outlook),
  };
  const answer = await writePlan(question, runs);
  const reason = `Would release ${inWords(ready, sides)}, in ${steps.length} steps. ${outlook.sentence}`;
  return planned(reason, answer, {
    steps,
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

/** Who would stand where. */
interface Sides {
  /** What runs already counts as live when it is taken over. */
  readonly live: Placement | null;
  readonly candidate: Slot;
  readonly revision: number;
  readonly adopts: boolean;
}

function sidesOf({ names, journal, running }: Preflight): Sides {
  const first = (journal?.lastRevision ?? 0) + 1;
  if (running !== undefined && !journal?.live) {
    const slot = slotFor(names.app, running);
    return {
      live: { slot, revision: first },
      candidate: otherSlot(slot),
      revision: first + 1,
      adopts: true,
    };
  }
  const live = journal?.live ?? null;
  const candidate = live === null ? 'blue' : otherSlot(live.slot);
  return { live, candidate, revision: first, adopts: false };
}

/** Every step that the release would do, with the time that it is expected to take. */
async function timedSteps({ request, journal, names }: Preflight, sides: Sides, runs: DryRuns) {
  const { cluster, desired, settings, until } = request;
  const { live, candidate } = sides;
  const config = await describeConfig(cluster, names.namespace, desired);
  return planSteps(stepsUpTo(until, sides, names), {
    template: at(runs.deployment.reading, 'spec', 'template'),
    minReadySeconds: Number(at(desired.workload, 'spec', 'minReadySeconds') ?? 0),
    clears: (await standing(request, names, candidate)) > 0,
    observeMs: settings.observeMs,
    rollbackWindowMs: settings.rollbackWindowMs,
    history: usualSteps(journal, live === null ? 'first' : 'release'),
  }).map((record) => (record.id === 'copy-config' ? { ...record, detail: config } : record));
}

function stepsUpTo(until: Until, { live, adopts }: Sides, names: Names): readonly Step[] {
  const release = { strategy: 'blue-green', stable: live, ...(adopts ? { adopts } : {}) } as const;
  const steps = stepsOf(release, modeOf(names));
  return {
    preview: steps.prepare,
    promoted: allSteps(steps),
    retired: [...allSteps(steps), ...retireSteps],
  }[until];
}

function inWords({ names, running }: Preflight, { live, candidate, revision, adopts }: Sides): string {
  if (live === null) return `revision ${revision}: the first release of ${names.app}`;
  const taken = adopts ? `Deployment ${running?.metadata.name} as ` : '';
  return `revision ${revision} of ${names.app}: slot ${candidate}, after ${taken}revision ${live.revision}`;
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
