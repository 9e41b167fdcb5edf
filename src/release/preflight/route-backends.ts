import { at, listAt } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { readRules } from '../../traffic/index.ts';
import { routeRef } from '../slots/names.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

/** The largest weight of the Gateway API is 1,000,000; a split counts in hundredths. */
const maxWeight = 10_000;

/** Backends of a route that cannot be split between the slots: as they stand, and as the manifests have them. */
export const findUnsplittableBackends: Check = async ({ request: { cluster, desired }, names }) => {
  const findings = new Map<string, Finding>();
  for (const name of names.routes) {
    const given = desired.routes.find(({ metadata }) => metadata.name === name);
    const standing = await cluster.get(routeRef(names, name));
    for (const route of [standing, given].filter((one) => one !== undefined)) {
      for (const finding of troublesOf(route, { entry: names.entry, ...names.services })) {
        findings.set(finding.message, finding);
      }
    }
  }
  return [...findings.values()];
};

function troublesOf(route: KubeObject, backends: Parameters<typeof readRules>[1]): readonly Finding[] {
  const ref = describeRef(refOf(route));
  return readRules(route, backends).flatMap(({ rule, backendRefs }) => {
    const weights = backendRefs.map(({ weight }) => Number(weight ?? 1));
    const ours = backendRefs.filter(({ name }) => name === backends.entry);
    const slots = [backends.blue, backends.green].map(String);
    // A split that stands there counts in hundredths already.
    const isSplit = backendRefs.some(({ name }) => slots.includes(String(name)));
    const findings: Finding[] = [];
    if (!isSplit && Math.max(...weights) > maxWeight) {
      findings.push(
        refuse(
          `${ref} has weight ${Math.max(...weights)} in rule ${rule}: beside the slots it would pass the limit of the Gateway API (1,000,000)`,
          `Divide the weights of the rule so that none is above ${maxWeight}; only their proportion counts.`,
        ),
      );
    }
    if (ours.length > 0 && ours.every(({ weight }) => weight === 0)) {
      findings.push(
        refuse(
          `${ref} sends with weight 0 to Service ${backends.entry} in rule ${rule}: the new version would never get a request there`,
          'Give it a weight, or take the backend out of the rule.',
        ),
      );
    }
    return [
      ...findings,
      ...ours.flatMap((backend) => filterTroubles(ref, rule, backend)),
      ...stickiness(ref, route, rule),
    ];
  });
}

const plainFilters = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'URLRewrite', 'RequestMirror'];

/** Filters of one backend go to both slots with it; what somebody else's filter does there, nobody can say. */
function filterTroubles(ref: string, rule: number, backend: Readonly<Record<string, unknown>>): Finding[] {
  const filters = listAt(backend.filters);
  return filters
    .map((filter) => String(at(filter, 'type')))
    .filter((type) => !plainFilters.includes(type))
    .map((type) =>
      refuse(
        `${ref} has a filter ${type} on its backend ${String(backend.name)} in rule ${rule}, which cannot be carried over to two slots`,
        'Put the filter on the rule, where it stays as it is.',
      ),
    );
}

function stickiness(ref: string, route: KubeObject, rule: number): Finding[] {
  if (at(route, 'spec', 'rules', rule, 'sessionPersistence') === undefined) return [];
  return [
    warn(
      `${ref} keeps sessions in rule ${rule}: callers with one stay with the old version as long as its pods are there`,
      'Expect old answers until then, or let the session end with the release.',
    ),
  ];
}
