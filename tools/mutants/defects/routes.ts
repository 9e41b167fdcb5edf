import type { Mutant } from '../mutant.ts';

const httpRoute = ['test/unit/traffic/http-route.test.ts'];

/** What is written into routes. */
export const routes: readonly Mutant[] = [
  {
    id: 'weights-swapped',
    harm: 'The switch sends traffic to the slot that it should leave.',
    file: 'src/traffic/http-route.ts',
    find: '        { ...ref, name: names.blue, weight: weight * blue },\n        { ...ref, name: names.green, weight: weight * green },',
    replace:
      '        { ...ref, name: names.blue, weight: weight * green },\n        { ...ref, name: names.green, weight: weight * blue },',
    killedBy: httpRoute,
  },
  {
    id: 'candidate-and-stable-swapped',
    harm: 'Naming both slots in the route moves all traffic to the candidate at once.',
    file: 'src/release/steps/converged.ts',
    find: "blue: slot === 'blue' ? 100 : 0, green: slot === 'green' ? 100 : 0",
    replace: "blue: slot === 'blue' ? 0 : 100, green: slot === 'green' ? 0 : 100",
    killedBy: ['test/unit/release/blue-green.test.ts'],
  },
  {
    id: 'route-restored-to-a-slot',
    harm: 'After a release the route names a slot: applying its manifest moves traffic by accident.',
    file: 'src/release/steps/route.ts',
    find: "await release.router.send(release.cluster, { kind: 'entry' }, release.token);",
    replace: 'await release.router.send(release.cluster, onlyTo(release.candidate), release.token);',
    killedBy: ['test/unit/release/entry-changes.test.ts'],
  },
  {
    id: 'share-of-others-lost',
    harm: 'Other backends of the same rule lose nearly all of their share during a release.',
    file: 'src/traffic/http-route.ts',
    find: 'if (!belongs(ref)) return [{ ...ref, weight: weight * scale }];',
    replace: 'if (!belongs(ref)) return [{ ...ref, weight }];',
    killedBy: httpRoute,
  },
  {
    id: 'rule-not-tested',
    harm: 'A change that somebody makes to the route at the same time is silently lost.',
    file: 'src/traffic/http-route.ts',
    find: "      { op: 'test', path, value: standing ?? null },\n",
    replace: '',
    killedBy: httpRoute,
  },
  {
    id: 'other-namespace-steered',
    harm: 'The share of a Service with the same name in another namespace is moved.',
    file: 'src/traffic/http-route.ts',
    find: "if (kind !== 'Service' || (ref.group ?? '') !== '' || namespace !== route.metadata.namespace) return false;",
    replace: "if (kind !== 'Service' || (ref.group ?? '') !== '' || namespace === '') return false;",
    killedBy: httpRoute,
  },
  {
    id: 'image-of-other-rules-restored',
    harm: 'A rule that somebody adds to the route while a release is in its middle makes the way back impossible for every later run.',
    file: 'src/traffic/http-route.ts',
    find: '  if (equalJson(shape(readRules(route, names)), shape(image))) return image;',
    replace: '  if (equalJson(shape(image), shape(image))) return image;',
    killedBy: ['test/unit/release/meddling.test.ts'],
  },
  {
    id: 'second-route-forgotten',
    harm: 'An app with two routes is switched on one of them only.',
    file: 'src/traffic/gateway-router.ts',
    find: '    for (const name of ordered) {\n      await fencedPatch',
    replace: '    for (const name of ordered.slice(0, 1)) {\n      await fencedPatch',
    killedBy: ['test/unit/release/two-routes.test.ts'],
  },
  {
    id: 'second-route-not-waited-for',
    harm: 'The switch goes on before the gateway has taken up the second route.',
    file: 'src/traffic/gateway-router.ts',
    find: '      for (const name of ordered) {\n        const reason',
    replace: '      for (const name of ordered.slice(0, 1)) {\n        const reason',
    killedBy: ['test/unit/release/two-routes.test.ts'],
  },
];
