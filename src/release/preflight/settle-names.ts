import { at, StreamGateError } from '../../base/index.ts';
import { type KubeObject, selectsLabels } from '../../cluster/index.ts';
import type { BackendNames } from '../../traffic/index.ts';
import { findReaching } from '../adoption/find-reaching.ts';
import { slotFor } from '../adoption/find-running.ts';
import { podLabels } from '../desired/pod-template.ts';
import { isInFlight, type Journal } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import { type Names, serviceRef, slotLabel, slotNames } from '../slots/names.ts';
import { findRoutes } from './find-routes.ts';

/** What the objects of the app are called: as recorded, else by the manifests. Throws when that is unclear. */
export async function settleNames(
  request: DeployRequest,
  journal: Journal | undefined,
  running: KubeObject | undefined,
): Promise<Names> {
  const { cluster, namespace, app, desired } = request;
  const entry = desired.service.metadata.name;
  // An app of which nothing is live, nor to be put back, is as good as new.
  const known = journal !== undefined && (journal.live !== null || isInFlight(journal.release));
  if (known && journal.names.entry !== entry) {
    throw new StreamGateError(
      'Refused',
      `${app} was released with Service ${journal.names.entry}; the manifests name ${entry}`,
      {
        remedy: 'Keep the name of the Service, or release under another app name.',
      },
    );
  }
  const slots = slotNames(app);
  const adopted = running === undefined ? {} : { [slotFor(app, running)]: running.metadata.name };
  const { deployments, services } = known
    ? journal.names
    : { deployments: { ...slots, ...adopted }, services: slots };
  const routes = await settleRoutes(request, { entry, ...services });
  const reaching =
    running === undefined ? [] : await findReaching(cluster, running, podLabels(desired.workload));
  const beside = reaching.map(({ metadata }) => metadata.name);
  const own = [entry, services.blue, services.green];
  const followers = [...new Set([...(await followersOf(request, journal)), ...beside])]
    .filter((name) => !own.includes(name))
    .sort();
  const workload = desired.workload.metadata.name;
  return {
    app,
    namespace,
    entry,
    ...(followers.length > 0 ? { followers } : {}),
    workload,
    routes,
    deployments,
    services,
  };
}

/**
 * The Services that move with the app's own: those of the manifests, and those that moved so far. One that the manifests
 * give another selector is let go, and so is one that is gone or was given one by hand.
 */
async function followersOf(
  { cluster, desired }: DeployRequest,
  journal: Journal | undefined,
): Promise<readonly string[]> {
  const given = desired.followers.map(({ metadata }) => metadata.name);
  const other = [...desired.others, ...desired.later]
    .filter(({ kind }) => kind === 'Service')
    .map(({ metadata }) => metadata.name);
  const kept: string[] = [];
  for (const name of journal?.names.followers ?? []) {
    if (given.includes(name) || other.includes(name) || journal === undefined) continue;
    const selector = at(await cluster.get(serviceRef(journal.names, name)), 'spec', 'selector');
    const guided = at(selector, slotLabel) !== undefined;
    if (guided || selectsLabels(selector, podLabels(desired.workload))) kept.push(name);
  }
  return [...given, ...kept];
}

/** The routes that move the app's traffic; none where the selector of its Service does. */
async function settleRoutes(request: DeployRequest, backends: BackendNames): Promise<readonly string[]> {
  const { cluster, namespace, desired, traffic = 'auto' } = request;
  const given = [...desired.routes.map(({ metadata }) => metadata.name), ...request.routes];
  if (traffic === 'service') {
    if (given.length === 0) return [];
    const message = `\`traffic: service\` moves the selector of Service ${backends.entry} and no route, but there is HTTPRoute ${given.join(', ')}`;
    throw new StreamGateError('Refused', message, {
      remedy:
        'Take the HTTPRoute out of the manifests and apply it by itself, or leave `traffic` at auto, so that its weights are moved.',
    });
  }
  const found = request.routes.length > 0 ? [] : await findRoutes(cluster, namespace, backends);
  const routes = [...new Set([...given, ...found])].sort();
  if (routes.length > 0 || traffic === 'auto') return routes;
  throw new StreamGateError('Refused', `No HTTPRoute sends to Service ${backends.entry}`, {
    remedy:
      'Put the HTTPRoute into the manifests, or name one that is in the cluster with `route`. ' +
      'Without any, `traffic: auto` moves the selector of the Service.',
  });
}
