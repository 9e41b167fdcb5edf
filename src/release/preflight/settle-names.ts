import { StreamGateError } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { type BackendNames, readRules } from '../../traffic/index.ts';
import type { Journal } from '../journal/journal.ts';
import type { DeployRequest } from '../request.ts';
import type { Names } from '../slots/names.ts';

/** What the objects of the app are called: as recorded, else by the manifests. Throws when that is unclear. */
export async function settleNames(request: DeployRequest, journal: Journal | undefined): Promise<Names> {
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
  return { app, namespace, entry, routes, deployments, services };
}

/** Every route of the namespace that sends to the app, as it stands in the cluster. */
async function routesOf(cluster: Cluster, namespace: string, names: BackendNames): Promise<string[]> {
  const kind = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
  const all = await cluster.list(kind, { namespace });
  return all.filter((route) => readRules(route, names).length > 0).map(({ metadata }) => metadata.name);
}
