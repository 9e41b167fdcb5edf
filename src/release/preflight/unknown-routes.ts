import { describeRef } from '../../cluster/index.ts';
import { routeRef } from '../slots/names.ts';
import { type Check, type Finding, refuse } from './check.ts';

/** A route that a person names must be somewhere. */
export const findUnknownRoutes: Check = async ({ request: { cluster, routes, desired }, names }) => {
  const findings: Finding[] = [];
  for (const name of routes) {
    if (desired.routes.some(({ metadata }) => metadata.name === name)) continue;
    const ref = routeRef(names, name);
    if ((await cluster.get(ref)) !== undefined) continue;
    findings.push(
      refuse(
        `${describeRef(ref)} is neither in the manifests nor in the cluster`,
        'Correct `route`, or put the HTTPRoute into the manifests.',
      ),
    );
  }
  return findings;
};
