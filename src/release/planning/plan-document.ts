import { randomUUID } from 'node:crypto';
import { at, fieldsAt } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import type { Plan, SlotCapacity, StepRecord } from '../../evidence/index.ts';
import { podLabels } from '../desired/pod-template.ts';
import type { Forecast } from '../forecast.ts';
import type { Placement } from '../journal/journal.ts';
import { plainResult } from '../plain-result.ts';
import type { DryRuns } from '../preflight/dry-run.ts';
import type { PermissionFacts } from '../preflight/permission-facts.ts';
import { renderRole, roleFor } from '../preflight/permissions.ts';
import type { RunResult } from '../request.ts';
import { deploymentRef, guidedServices, type Names, type Slot } from '../slots/names.ts';
import { capacityOf } from './capacity.ts';
import { concealWith } from './conceal.ts';
import { namedAt, namingKinds, referenceWarning } from './find-references.ts';
import { kindsAround, lookAround, wishesOf } from './look-around.ts';
import { matchSelectors } from './match-selectors.ts';
import { type PlannedObjects, planObjects } from './plan-objects.ts';

export interface PlanQuestion {
  readonly cluster: Cluster;
  readonly names: Names;
  readonly live: Placement | null;
  readonly candidate: Slot;
  /** How many pods the candidate gets. */
  readonly replicas: number;
  readonly facts: PermissionFacts;
  /** The workload's own name in the manifests. */
  readonly workload: string;
  readonly steps: readonly StepRecord[];
  readonly basis: Plan['basis'];
}

export interface PlanAnswer {
  readonly plan: Plan;
  /** Objects that name the app, each with what becomes of it. */
  readonly warnings: readonly string[];
}

/** The plan of a release, from what the server made of its objects and from what stands around the app. */
export async function writePlan(question: PlanQuestion, runs: DryRuns): Promise<PlanAnswer> {
  const { cluster, names, candidate } = question;
  const live = await liveDeployment(question);
  const sides = { candidate, live: question.live?.slot };
  const compared = await planObjects(cluster, names, sides, runs, concealWith(randomUUID()));
  const deployment = runs.deployment.reading;
  return describe(question, compared, live, at(deployment, 'spec', 'template'));
}

export async function liveDeployment({
  cluster,
  names,
  live,
}: PlanQuestion): Promise<KubeObject | undefined> {
  return live === null ? undefined : cluster.get(deploymentRef(names, live.slot));
}

/** What every plan tells beside its objects. `template` is the candidate's, as the server reads it. */
export async function describe(
  question: PlanQuestion,
  { objects, notes }: PlannedObjects,
  live: KubeObject | undefined,
  template: unknown,
): Promise<PlanAnswer> {
  const { cluster, names, facts, steps, basis } = question;
  const kinds = await kindsAround(cluster);
  const around = await lookAround(cluster, names.namespace, kinds);
  const stable = live === undefined ? undefined : podLabels(live);
  // The release moves these itself, in their steps.
  const own = new Set([...guidedServices(names), names.services.blue, names.services.green]);
  const foreign = around.objects.filter(
    ({ kind, metadata }) => kind !== 'Service' || !own.has(metadata.name),
  );
  return {
    plan: {
      objects,
      durationMs: steps.reduce((sum, { durationMs }) => sum + durationMs, 0),
      basis,
      capacity: capacities(question, live, template),
      selectors: matchSelectors(foreign, { stable, candidate: fieldsAt(template, 'metadata', 'labels') }),
      role: renderRole(names.namespace, roleFor(facts), wishesOf(kinds, facts)),
      notes: [...notes, ...around.notes],
    },
    warnings: warningsOf(around.objects, question),
  };
}

function capacities(
  { live, candidate, replicas }: PlanQuestion,
  standing: KubeObject | undefined,
  template: unknown,
) {
  const stable: SlotCapacity[] =
    live === null || standing === undefined
      ? []
      : [
          capacityOf(at(standing, 'spec', 'template'), {
            role: 'stable',
            slot: live.slot,
            replicas: Number(at(standing, 'spec', 'replicas') ?? 1),
          }),
        ];
  return [...stable, capacityOf(template, { role: 'candidate', slot: candidate, replicas })];
}

function warningsOf(objects: readonly KubeObject[], { names, workload }: PlanQuestion): readonly string[] {
  return objects.flatMap((object) => {
    if (object.kind === 'HTTPRoute' && names.routes.includes(object.metadata.name)) return [];
    const kind = namingKinds.find((one) => one.kind === object.kind && one.apiVersion === object.apiVersion);
    if (kind === undefined) return [];
    const wanted = kind.names === 'Service' ? names.entry : workload;
    const [path] = namedAt(object, kind, wanted);
    return path === undefined ? [] : [referenceWarning(object, kind, wanted, path)];
  });
}

/** What the time of a plan is from. */
export function basisOf({ basis }: Pick<Forecast, 'basis'>): Plan['basis'] {
  return basis === 'history' ? 'history' : 'estimate';
}

/** The result of a run that only looked ahead. */
export function planned(reason: string, { plan }: PlanAnswer, more: Partial<RunResult>): RunResult {
  return plainResult({ outcome: 'Planned', verdict: 'pass', reason }, { ...more, plan });
}
