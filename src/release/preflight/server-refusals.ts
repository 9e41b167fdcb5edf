import { candidateSlot } from '../adoption/find-running.ts';
import { allOf, dryRunAll } from '../planning/dry-run.ts';
import { type Check, refuse } from './check.ts';

/**
 * Asks the server about everything that the release would write, in dry runs. What its validation, its webhooks and
 * its policies refuse is told now, and not when half of the release is done.
 */
export const findServerRefusals: Check = async ({
  request: { cluster, desired },
  journal,
  names,
  running,
}) => {
  const { apiVersion, kind } = desired.workload;
  // The Deployments of the slots are written in our version of it: nobody else would ask for the one that is given.
  if ((await cluster.kindPath({ apiVersion, kind })) === undefined) {
    const message = `The cluster does not know ${kind} in ${apiVersion}`;
    return [refuse(message, 'Write it in a version that it has: `apps/v1`.')];
  }
  const slot = candidateSlot(names.app, journal?.live?.slot, running);
  const runs = await dryRunAll(cluster, desired, names, slot);
  return allOf(runs).flatMap(({ finding }) => finding ?? []);
};
