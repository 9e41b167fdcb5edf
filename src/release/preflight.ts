import { at, StreamGateError } from '../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../cluster/index.ts';
import { type BackendNames, readRules } from '../traffic/index.ts';
import { refuseOlder } from './commit-order.ts';
import { isInFlight, type Journal } from './journal.ts';
import { readJournal } from './journal-store.ts';
import { deploymentRef, entryRef, managedByLabel, manager, type Names, revisionRef } from './names.ts';
import { permissionsFor, requirePermissions } from './permissions.ts';
import { plainResult } from './plain-result.ts';
import type { DeployRequest, RunRequest, RunResult, TrafficWatch } from './request.ts';
import { portNumbers } from './service-ports.ts';

export interface Preflight {
  readonly journal: Journal | undefined;
  readonly names: Names;
  /** How the run ends when there is nothing to do. */
  readonly nothingNew: RunResult | undefined;
  /** Null when nobody probes. */
  readonly watch: TrafficWatch | null;
}

/** Everything that can be refused is refused here, before the lock is taken and anything is touched. */
export async function preflight(request: DeployRequest): Promise<Preflight> {
  // Asked before anything is read, so that one answer names all that is missing.
  await requirePermissions(request.cluster, request.namespace, permissionsFor(request.desired.routes));
  const journal = await readJournal(request.cluster, request.namespace, request.app);
  const names = await settleNames(request, journal);
  if (journal === undefined) await refuseForeign(request, names);
  if (journal !== undefined && !request.force) refuseOlder(journal, request.run);
  const nothingNew = (await isNothingNew(request, journal)) ? nothingToRelease(journal) : undefined;
  // Where to probe is settled now: an entry point that cannot be found ends the run here.
  return { journal, names, nothingNew, watch: await request.watch(names) };
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
  const slots = { blue: `${app}-blue`, green: `${app}-green` };
  const { deployments = slots, services = slots } = journal?.names ?? {};
  const given = [...desired.routes.map(({ metadata }) => metadata.name), ...request.routes];
  const found = request.routes.length > 0 ? [] : await routesOf(cluster, namespace, { entry, ...services });
  const routes = [...new Set([...given, ...found])].sort();
  if (routes.length === 0) {
    throw new StreamGateError('Refused', `No HTTPRoute sends to Service ${entry}`, {
      remedy: 'Put the HTTPRoute into the manifests, or name one that is in the cluster with `route`.',
    });
  }
  for (const name of request.routes) await requireRoute(cluster, namespace, name, desired.routes);
  if (journal !== undefined) await refuseLostPorts(request, routes, { entry, ...services });
  return { app, namespace, entry, routes, deployments, services };
}

/** Every route of the namespace that sends to the app, as it stands in the cluster. */
async function routesOf(
  cluster: RunRequest['cluster'],
  namespace: string,
  names: BackendNames,
): Promise<string[]> {
  const kind = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
  const all = await cluster.list(kind, { namespace });
  return all.filter((route) => readRules(route, names).length > 0).map(({ metadata }) => metadata.name);
}

/** While traffic moves, the standing routes lead to the candidate: the ports that they name must still be there. */
async function refuseLostPorts(
  { cluster, namespace, desired }: DeployRequest,
  routes: readonly string[],
  names: BackendNames,
) {
  const offered = portNumbers(desired.service);
  for (const name of routes) {
    const ref = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name };
    const route = await cluster.get(ref);
    const named =
      route === undefined ? [] : readRules(route, names).flatMap(({ backendRefs }) => backendRefs);
    const lost = named.map(({ port }) => Number(port)).find((port) => !offered.includes(port));
    if (lost === undefined) continue;
    throw new StreamGateError(
      'Refused',
      `${describeRef(ref)} sends to port ${lost} of Service ${names.entry}, which the manifests no longer have`,
      { remedy: `Keep port ${lost} in the Service for this release, and take it away with the next one.` },
    );
  }
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
  if (request.until === 'retired' && journal.previous?.warm) return false;
  return isLive(request, journal);
}

/** Whether what is desired is what serves: by the pod template, as it was given. */
export async function isLive(
  { cluster, desired, force }: DeployRequest,
  { names, live }: Journal,
): Promise<boolean> {
  if (force || live === null) return false;
  const revision = await cluster.get(revisionRef(names, live.revision));
  return at(revision, 'data', 'template') === desired.template;
}

function nothingToRelease(journal: Journal | undefined): RunResult {
  const { live = null, previous = null } = journal ?? {};
  const reason = `Revision ${live?.revision ?? 0} is live and has the same pod template: there is nothing to release`;
  const standing = { activeSlot: live?.slot ?? null, previousRevision: previous?.revision ?? 0 };
  return plainResult({ outcome: 'NothingToRelease', verdict: 'pass', reason }, standing);
}
