import { describeRef } from '../../cluster/index.ts';
import { readRules } from '../../traffic/index.ts';
import { routeRef } from '../slots/names.ts';
import { portNumbers } from '../slots/service-ports.ts';
import { type Check, type Finding, refuse } from './check.ts';

/** While traffic moves, the standing routes lead to the candidate: the ports that they name must still be there. */
export const findLostPorts: Check = async ({ request: { cluster, desired }, journal, names, running }) => {
  if (journal === undefined && running === undefined) return [];
  const offered = portNumbers(desired.service);
  const findings: Finding[] = [];
  for (const name of names.routes) {
    const ref = routeRef(names, name);
    const route = await cluster.get(ref);
    if (route === undefined) continue;
    const named = readRules(route, { entry: names.entry, ...names.services }).flatMap(
      ({ backendRefs }) => backendRefs,
    );
    const ports = new Set(named.map(({ port }) => Number(port)));
    for (const lost of [...ports].filter((port) => !offered.includes(port))) {
      findings.push(
        refuse(
          `${describeRef(ref)} sends to port ${lost} of Service ${names.entry}, which the manifests no longer have`,
          `Keep port ${lost} in the Service for this release, and take it away with the next one.`,
        ),
      );
    }
  }
  return findings;
};
