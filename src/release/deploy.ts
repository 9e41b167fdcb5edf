import { at, formatDuration, StreamGateError, toInstant, toStreamGateError } from '../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../cluster/index.ts';
import type { Desired } from './desired.ts';
import { isInFlight, type Journal, type JournaledRelease, newJournal } from './journal.ts';
import { claimJournal, readJournal } from './journal-store.ts';
import { type Lock, takeLock } from './lock.ts';
import { deploymentRef, entryRef, managedByLabel, manager, type Names, otherSlot } from './names.ts';
import type { RunRequest, RunResult } from './request.ts';
import { reverseUnderLock } from './reverse.ts';
import { abort, endWith, failureOf, finish, openSession, run, type Session } from './session.ts';
import { blueGreen, firstRelease, retireSteps } from './strategies.ts';

export type Until = 'preview' | 'promoted' | 'retired';

export interface DeployRequest extends RunRequest {
  readonly desired: Desired;
  /** Routes to move beside those of the manifests. */
  readonly routes: readonly string[];
  readonly until: Until;
  /** Releases even when the pod template is the live one. */
  readonly force: boolean;
}

export interface Preflight {
  readonly journal: Journal | undefined;
  readonly names: Names;
  /** How the run ends when there is nothing to do. */
  readonly nothingNew: RunResult | undefined;
}

/** Everything that can be refused is refused here, before the lock is taken and anything is touched. */
export async function preflight(request: DeployRequest): Promise<Preflight> {
  const journal = await readJournal(request.cluster, request.namespace, request.app);
  const names = await settleNames(request, journal);
  if (journal === undefined) await refuseForeign(request, names);
  const nothingNew = (await isNothingNew(request, journal)) ? nothingToRelease(journal) : undefined;
  return { journal, names, nothingNew };
}

/** Releases what is desired, blue-green; continues a release of the same thing that was parked or cut short. */
export async function deploy(request: DeployRequest): Promise<RunResult> {
  const { names, nothingNew } = await preflight(request);
  if (nothingNew !== undefined) return nothingNew;
  const lock = await takeLock({
    ...request,
    timeoutMs: request.lockTimeoutMs,
    identity: identityOf(request),
  });
  try {
    return await deployUnderLock(request, names, lock);
  } finally {
    await lock.release();
  }
}

async function deployUnderLock(request: DeployRequest, names: Names, lock: Lock): Promise<RunResult> {
  const { cluster, namespace, app, run: facts } = request;
  // Read again: what was read without the lock may be of the run before.
  const found = (await readJournal(cluster, namespace, app)) ?? newJournal(names, facts.repository);
  let journal: Journal = { ...found, names, token: lock.token };
  let release = continued(journal, request);
  if (release === undefined) {
    if (isInFlight(journal.release)) journal = await reverseUnderLock(request, journal, lock);
    release = begin(journal, request);
    journal = { ...journal, lastRevision: release.candidate.revision };
  }
  await claimJournal(cluster, { ...journal, release });
  const session = await openSession({
    request,
    journal,
    release,
    desired: request.desired,
    replicas: await replicasOf(request, names, release),
    lock,
    steps: release.stable === null ? firstRelease : blueGreen,
    guarded: true,
  });
  return drive(session, request.until);
}

async function drive(session: Session, until: Until): Promise<RunResult> {
  const { steps, release } = session;
  try {
    if (release.journal.release.phase !== 'promoted') {
      await run(session, steps.prepare);
      if (until === 'preview') {
        await endWith(session, 'parked');
        return finish(
          session,
          'Parked',
          'pass',
          `${describe(session)} is ready and proven; no traffic reaches it`,
        );
      }
      await run(session, steps.switchOver);
    }
  } catch (thrown) {
    return abort(session, thrown);
  }
  return settle(session, until);
}

/** After the point of no return: what goes wrong here is told, and undoes nothing. */
async function settle(session: Session, until: Until): Promise<RunResult> {
  const { steps, release, request } = session;
  session.deadline.clear();
  const unhurried = { ...session, deadline: withoutBudget(session) };
  try {
    await run(unhurried, steps.finish);
    if (until === 'retired') {
      await run(unhurried, retireSteps);
      return finish(unhurried, 'Retired', 'pass', `${describe(session)} is live; the old version is gone`);
    }
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    release.recorder.warn(`${describe(session)} is live, but tidying up failed: ${error.message}`);
    return finish(unhurried, 'Promoted', 'pass', `${describe(session)} is live`, failureOf(error, []));
  }
  const window = formatDuration(request.settings.rollbackWindowMs);
  const kept = release.stable === null ? '' : `; the old version stays warm for ${window}`;
  return finish(unhurried, 'Promoted', 'pass', `${describe(session)} is live${kept}`);
}

/** The rollback window is no part of the budget. */
function withoutBudget({ request, deadline }: Session): Session['deadline'] {
  const forever = { signal: request.signal, remaining: () => Number.POSITIVE_INFINITY, clear: () => {} };
  return { ...forever, within: (ms, what) => deadline.within(ms, what) };
}

function describe({ release }: Session): string {
  const { candidate } = release.journal.release;
  return `Revision ${candidate.revision} of ${release.names.app} (${candidate.slot})`;
}

/** The release in the journal when it is this very one, not yet at its end. */
function continued(journal: Journal, request: DeployRequest): JournaledRelease | undefined {
  const { release } = journal;
  if (release === null || release.strategy !== 'blue-green' || release.template !== request.desired.template)
    return undefined;
  if (release.phase === 'promoted')
    return journal.live?.revision === release.candidate.revision ? release : undefined;
  if (release.phase !== 'parked' && release.phase !== 'running') return undefined;
  return { ...release, phase: 'running' };
}

function begin(journal: Journal, { run: facts, desired, clock, app }: DeployRequest): JournaledRelease {
  const stable = journal.live;
  const revision = journal.lastRevision + 1;
  return {
    id: `${app}-${revision}-${Math.floor(clock.now() / 1_000).toString(36)}`,
    strategy: 'blue-green',
    phase: 'running',
    commit: facts.commit,
    runId: facts.runId,
    runAttempt: facts.runAttempt,
    actor: facts.actor,
    startedAt: toInstant(clock.now()),
    candidate: { slot: stable === null ? 'blue' : otherSlot(stable.slot), revision },
    stable,
    template: desired.template,
    steps: [],
  };
}

export function identityOf({ run: facts }: RunRequest): string {
  const where =
    facts.runId === ''
      ? `${facts.actor || 'somebody'} at a terminal`
      : `${facts.repository} run ${facts.runId}/${facts.runAttempt}`;
  return facts.commit === '' ? where : `${where} commit ${facts.commit.slice(0, 12)}`;
}

/** The live size, whoever set it: a release never shrinks what carries the traffic. */
async function replicasOf(
  { cluster, desired }: DeployRequest,
  names: Names,
  release: JournaledRelease,
): Promise<number> {
  const given = Number(at(desired.workload, 'spec', 'replicas') ?? 1);
  if (release.stable === null) return given;
  const live = await cluster.get(deploymentRef(names, release.stable.slot));
  return Number(at(live, 'spec', 'replicas') ?? given);
}

async function settleNames(request: DeployRequest, journal: Journal | undefined): Promise<Names> {
  const { cluster, namespace, app, desired } = request;
  const entry = desired.service.metadata.name;
  if (journal !== undefined && journal.names.entry !== entry) {
    throw new StreamGateError(
      'Refused',
      `${app} was released with Service ${journal.names.entry}; the manifests name ${entry}`,
      {
        remedy: 'Keep the name of the Service, or release under another app name.',
      },
    );
  }
  const slots = journal?.names.slots ?? { blue: `${app}-blue`, green: `${app}-green` };
  const given = [
    ...desired.routes.map(({ metadata }) => metadata.name),
    ...request.routes,
    ...(journal?.names.routes ?? []),
  ];
  const routes = [...new Set(given)].sort();
  if (routes.length === 0) {
    throw new StreamGateError('Refused', `No HTTPRoute sends to Service ${entry}`, {
      remedy: 'Put the HTTPRoute into the manifests, or name one that is in the cluster with `route`.',
    });
  }
  for (const name of request.routes) await requireRoute(cluster, namespace, name, desired.routes);
  return { app, namespace, entry, routes, slots };
}

async function requireRoute(
  cluster: RunRequest['cluster'],
  namespace: string,
  name: string,
  given: readonly KubeObject[],
) {
  if (given.some(({ metadata }) => metadata.name === name)) return;
  const ref = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name };
  if ((await cluster.get(ref)) !== undefined) return;
  throw new StreamGateError('Refused', `${describeRef(ref)} is neither in the manifests nor in the cluster`, {
    remedy: 'Correct `route`, or put the HTTPRoute into the manifests.',
  });
}

/** What runs already without us is left alone: taking it over is a step of its own that must restart nothing. */
async function refuseForeign({ cluster, desired }: DeployRequest, names: Names): Promise<void> {
  const refs = [
    refOf(desired.workload),
    deploymentRef(names, 'blue'),
    deploymentRef(names, 'green'),
    entryRef(names),
  ];
  for (const ref of refs) {
    const object = await cluster.get({ ...ref, namespace: names.namespace });
    if (object === undefined || object.metadata.labels?.[managedByLabel] === manager) continue;
    if (ref.kind === 'Service' && !(await selectsSomething(cluster, object))) continue;
    throw new StreamGateError(
      'Refused',
      `${describeRef(ref)} is there already, and StreamGate has not made it`,
      {
        remedy: `Taking over a running workload is not supported yet. Release into a fresh namespace, or under another app name.`,
      },
    );
  }
}

async function selectsSomething(cluster: RunRequest['cluster'], service: KubeObject): Promise<boolean> {
  const selector = Object.entries(at(service, 'spec', 'selector') ?? {});
  if (selector.length === 0) return true;
  const labelSelector = selector.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const pods = await cluster.list(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: service.metadata.namespace ?? '', labelSelector },
  );
  return pods.length > 0;
}

async function isNothingNew(request: DeployRequest, journal: Journal | undefined): Promise<boolean> {
  if (request.force || journal === undefined || journal.live === null || isInFlight(journal.release))
    return false;
  const { cluster, until } = request;
  if (until === 'retired' && journal.previous?.warm) return false;
  const name = `streamgate-${journal.names.app}-${journal.live.revision}`;
  const revision = await cluster.get({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    namespace: journal.names.namespace,
    name,
  });
  return at(revision, 'data', 'template') === request.desired.template;
}

function nothingToRelease(journal: Journal | undefined): RunResult {
  const live = journal?.live;
  return {
    outcome: 'NothingToRelease',
    verdict: 'pass',
    reason: `Revision ${live?.revision ?? 0} is live and has the same pod template: there is nothing to release`,
    release: null,
    steps: [],
    gates: [],
    marks: [],
    warnings: [],
    failure: null,
    activeSlot: live?.slot ?? null,
    previousRevision: journal?.previous?.revision ?? 0,
  };
}
