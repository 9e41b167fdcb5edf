import type { StepRecord } from '../../evidence/index.ts';
import { readJournal } from '../journal/journal-store.ts';
import { plainResult } from '../plain-result.ts';
import type { DeployRequest, RollbackRequest, RunResult } from '../request.ts';
import { slotDeployment, slotService } from '../slots/slot-objects.ts';
import type { Step } from '../step.ts';
import { blueGreen, coldRollback, fastRollback, firstRelease, retireSteps } from '../strategies.ts';
import { findTarget, requireJournal } from '../target.ts';
import { inOneLine } from './check.ts';
import { readPermissionFacts } from './needs.ts';
import { permissionsFor, renderRole } from './permissions.ts';
import { preflight } from './preflight.ts';

/** What a release would do, step by step, with the server's own opinion of the objects that it would create. */
export async function planDeploy(request: DeployRequest): Promise<RunResult> {
  const { cluster, until, desired } = request;
  const { journal, names, nothingNew, warnings } = await preflight(request);
  if (nothingNew !== undefined) return nothingNew;
  const live = journal?.live ?? null;
  const candidate = live?.slot === 'blue' ? 'green' : 'blue';
  // Under another name, since the slot may exist; the server checks the rest as it would the real one.
  const deployment = slotDeployment(desired.workload, names, candidate, 1, 0);
  const service = slotService(desired.service, names, candidate, 0);
  for (const object of [deployment, service]) {
    const metadata = { ...object.metadata, name: `${object.metadata.name}-check` };
    await cluster.create({ ...object, metadata }, { dryRun: true });
  }
  for (const object of desired.others) await cluster.apply(object, { dryRun: true, force: true });
  const role = renderRole(names.namespace, permissionsFor(await readPermissionFacts(request)));
  request.log.info(`This takes the permissions of this Role:\n\n${role}`);
  const { prepare, switchOver, finish } = live === null ? firstRelease : blueGreen;
  const steps = {
    preview: prepare,
    promoted: [...prepare, ...switchOver, ...finish],
    retired: [...prepare, ...switchOver, ...finish, ...retireSteps],
  }[until];
  const what =
    live === null
      ? `the first release of ${names.app}`
      : `slot ${candidate}, after revision ${live.revision}`;
  return planned(
    `Would release revision ${(journal?.lastRevision ?? 0) + 1}: ${what}, in ${steps.length} steps`,
    steps,
    {
      activeSlot: live?.slot ?? null,
      previousRevision: journal?.previous?.revision ?? 0,
      warnings: warnings.map(inOneLine),
    },
  );
}

export async function planRollback(request: RollbackRequest): Promise<RunResult> {
  const { cluster, namespace, app } = request;
  const journal = requireJournal(await readJournal(cluster, namespace, app), request);
  const { placement, warm, live } = await findTarget(request, journal);
  const { prepare, switchOver, finish } = warm ? fastRollback : coldRollback;
  const how = warm
    ? 'its pods are warm, so that is one patch for each route'
    : 'its pods are gone and would be started first';
  return planned(
    `Would go back from revision ${live.revision} to ${placement.revision}: ${how}`,
    [...prepare, ...switchOver, ...finish],
    {
      activeSlot: live.slot,
      previousRevision: placement.revision,
    },
  );
}

function planned(reason: string, steps: readonly Step[], standing: Partial<RunResult>): RunResult {
  const records = steps.map(
    ({ id, title }): StepRecord => ({
      id,
      title,
      outcome: 'planned',
      startedAt: null,
      durationMs: 0,
      detail: '',
    }),
  );
  return plainResult({ outcome: 'Planned', verdict: 'pass', reason }, { ...standing, steps: records });
}
