import { randomUUID } from 'node:crypto';
import { at } from '../../base/index.ts';
import { describeRef, type ObjectRef } from '../../cluster/index.ts';
import type { ObjectChange } from '../../evidence/index.ts';
import { forecastRollback, overBudget } from '../forecast.ts';
import { readJournal } from '../journal/journal-store.ts';
import { usualSteps } from '../journal/past-runs.ts';
import { renamed } from '../preflight/dry-run.ts';
import { plainFacts } from '../preflight/permission-facts.ts';
import type { RollbackRequest, RunResult } from '../request.ts';
import { deploymentRef, guidedServices, modeOf, type Slot, serviceRef, slotLabel } from '../slots/names.ts';
import { slotDeployment } from '../slots/slot-objects.ts';
import { strategiesOf } from '../strategies.ts';
import { allSteps } from '../strategy.ts';
import { findTarget, requireJournal } from '../target.ts';
import { changeBetweenSlots } from './change-of.ts';
import { concealWith } from './conceal.ts';
import { planSteps } from './durations.ts';
import { basisOf, describe, liveDeployment, planned } from './plan-document.ts';

/** What a way back would do. */
export async function planRollback(request: RollbackRequest): Promise<RunResult> {
  const { cluster, namespace, app, settings } = request;
  const journal = requireJournal(await readJournal(cluster, namespace, app), request);
  const { names } = journal;
  const { placement, warm, live, desired, replicas } = await findTarget(request, journal);
  const mode = modeOf(names);
  const { fastRollback, hastyRollback, coldRollback } = strategiesOf(mode);
  const strategy = warm ? (request.now ? hastyRollback : fastRollback) : coldRollback;
  const { slot } = placement;
  const ref = deploymentRef(names, slot);
  const wanted = slotDeployment(desired.workload, names, slot, replicas, 0);
  const [there, reading] = await Promise.all([
    cluster.get(ref),
    cluster.create(renamed(wanted), { dryRun: true }),
  ]);
  const template = at(reading, 'spec', 'template');
  const records = planSteps(allSteps(strategy), {
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
    basis: basisOf(outlook),
  };
  const liveObject = await liveDeployment(question);
  const target = { name: ref.name, object: reading, standing: there };
  const change = changeBetweenSlots(liveObject, target, concealWith(randomUUID()));
  const objects = [
    change,
    ...guidedServices(names).map((name) => movedTo(slot, live.slot, serviceRef(names, name))),
  ];
  const answer = await describe(question, { objects, notes: [] }, liveObject, template);
  const how = warm
    ? `its pods are warm, so that is ${mode === 'gateway' ? 'one patch for each route' : "one patch of the app's own Service"}`
    : 'its pods are gone and would be started first';
  const reason = `Would take ${app} back from revision ${live.revision} to ${placement.revision}: ${how}. ${outlook.sentence}`;
  return planned(reason, answer, {
    steps: records,
    activeSlot: live.slot,
    previousRevision: placement.revision,
    warnings: [...overBudget(outlook, 'rollback-budget'), ...answer.warnings],
  });
}

/** A Service whose selector goes from one slot to the other, and which is otherwise left as it is. */
function movedTo(slot: Slot, from: Slot, ref: ObjectRef): ObjectChange {
  const fields = [{ path: `spec.selector["${slotLabel}"]`, before: from, after: slot }];
  return { object: describeRef(ref), action: 'change', against: null, fields };
}
