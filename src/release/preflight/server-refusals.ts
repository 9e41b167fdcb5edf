import { candidateSlot } from '../adoption/find-running.ts';
import type { Check } from './check.ts';
import { allOf, dryRunAll } from './dry-run.ts';

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
  const slot = candidateSlot(names.app, journal?.live?.slot, running);
  const runs = await dryRunAll(cluster, desired, names, slot);
  const findings = allOf(runs).flatMap(({ findings: found }) => found);
  // A namespace that is missing is the same trouble for each of its objects.
  const told = findings.map(({ message }) => message);
  return findings.filter(({ message }, index) => told.indexOf(message) === index);
};
