import { at, StreamGateError } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import { sendsTo } from '../traffic/index.ts';
import { heldWayBack, type Journal } from './journal/journal.ts';
import { backendNamesOf } from './router-of.ts';
import { guidedServices, type Names, routeRef, type Slot, serviceRef, slotLabel } from './slots/names.ts';
import { slotDeploymentOf } from './slots/ours.ts';

/** Why a slot must not be emptied, and what to do about it. */
export interface Serving {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Looks whether callers are led to a slot that is to be emptied: somebody may have moved the traffic by hand, as the way
 * back with kubectl does. Undefined when nobody is.
 */
export async function findServing(
  cluster: Cluster,
  journal: Journal,
  slot: Slot,
): Promise<Serving | undefined> {
  const leads = await whatLeadsTo(cluster, journal.names, slot);
  if (leads === undefined) return undefined;
  return {
    message: `${journal.names.app}: slot ${slot} is to go by the journal, but ${leads}`,
    remedy: `Somebody moved the traffic by hand. ${howToAgree(journal, slot)}`,
  };
}

/** Throws `Refused` when callers are led to the slot: pods that serve are never let go. */
export async function refuseServing(cluster: Cluster, journal: Journal, slot: Slot): Promise<void> {
  const serving = await findServing(cluster, journal, slot);
  if (serving === undefined) return;
  throw new StreamGateError('Refused', serving.message, { remedy: serving.remedy });
}

/** What makes journal and traffic agree again, where a slot has the traffic that is not the live one. */
export function howToAgree(journal: Journal, slot: Slot): string {
  const { names, live } = journal;
  const back = heldWayBack(journal);
  if (back?.slot === slot)
    return `Run \`streamgate rollback ${names.app}\`: it makes revision ${back.revision}, which is in that slot, the live one.`;
  const where = live === null ? 'elsewhere' : `to slot ${live.slot} again, which is live by the journal`;
  return `Send it ${where} (docs/runbooks.md, "Without StreamGate").`;
}

/** What leads callers to the pods of a slot, in words; undefined when nothing does, or it has no pods. */
async function whatLeadsTo(cluster: Cluster, names: Names, slot: Slot): Promise<string | undefined> {
  const deployment = await slotDeploymentOf(cluster, names, slot);
  if (deployment === undefined || at(deployment, 'spec', 'replicas') === 0) return undefined;
  const [services, routes] = await Promise.all([
    Promise.all(guidedServices(names).map((name) => cluster.get(serviceRef(names, name)))),
    Promise.all(names.routes.map((name) => cluster.get(routeRef(names, name)))),
  ]);
  const service = services.find((one) => at(one, 'spec', 'selector', slotLabel) === slot);
  if (service !== undefined) return `Service ${service.metadata.name} selects it`;
  const backends = backendNamesOf(names);
  const route = routes.find((one) => one !== undefined && sendsTo(one, backends, backends[slot]));
  return route === undefined ? undefined : `HTTPRoute ${route.metadata.name} sends to it`;
}
