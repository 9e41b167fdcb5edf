import { at, listAt } from '../../base/index.ts';
import { describeRef } from '../../cluster/index.ts';
import { isInFlight } from '../journal/journal.ts';
import { routeRef } from '../slots/names.ts';
import { type Check, type Finding, refuse } from './check.ts';

/**
 * A route may have several parents, and each change waits until all of them have accepted it. One that refuses the
 * route as it stands would be waited for in vain.
 */
export const findRefusingParents: Check = async ({ request: { cluster }, journal, names }) => {
  // Before the first release a route may lead to nothing yet, and in the middle of one its status moves.
  if (!journal?.live || isInFlight(journal.release)) return [];
  const findings: Finding[] = [];
  for (const name of names.routes) {
    const ref = routeRef(names, name);
    const route = await cluster.get(ref);
    for (const parent of listAt(route, 'status', 'parents')) {
      const refused = refusedBy(parent, route?.metadata.generation ?? 0);
      if (refused === undefined) continue;
      findings.push(
        refuse(
          `Gateway ${String(at(parent, 'parentRef', 'name'))} does not take ${describeRef(ref)} as it stands: ${refused}`,
          'Mend the route or the Gateway, or take this parent out of `parentRefs`. A reference to another namespace needs a ReferenceGrant there.',
        ),
      );
    }
  }
  return findings;
};

function refusedBy(parent: unknown, generation: number): string | undefined {
  const refused = listAt(parent, 'conditions').find(
    (condition) =>
      ['Accepted', 'ResolvedRefs'].includes(String(at(condition, 'type'))) &&
      at(condition, 'status') === 'False' &&
      Number(at(condition, 'observedGeneration') ?? 0) >= generation,
  );
  if (refused === undefined) return undefined;
  const parts = ['type', 'reason', 'message'].map((field) => String(at(refused, field) ?? ''));
  return `${parts[0]} is False: ${parts[1]} ${parts[2]}`.trim();
}
