import { at, listAt } from '../../base/index.ts';
import { matchesSelector } from '../../cluster/index.ts';
import { podLabels, podSpecOf } from '../desired/pod-template.ts';
import { type Check, type Finding, warn } from './check.ts';
import { sidesOf, sizesOf } from './replicas.ts';
import { workloadName } from './workload.ts';

/**
 * Pods of both versions carry the labels of the user, so those that keep away from each other do so across versions:
 * while both run, each needs a place of its own.
 */
export const findCrowdedPlaces: Check = async (situation) => {
  const { request, names } = situation;
  const { desired } = request;
  const rules = at(podSpecOf(desired.workload), 'affinity', 'podAntiAffinity');
  const labels = podLabels(desired.workload);
  const own = listAt(rules, 'requiredDuringSchedulingIgnoredDuringExecution').filter(
    (term) => matchesSelector(at(term, 'labelSelector') ?? {}, labels) && !tellsVersionsApart(term),
  );
  const places = [...new Set(own.map((term) => String(at(term, 'topologyKey'))))];
  if (places.length === 0) return [];
  const { start, full } = await sizesOf(request, names, sidesOf(situation).serving);
  return places.map(
    (place): Finding =>
      warn(
        `The pods of ${workloadName(desired.workload)} never share a ${inWords(place)} with each other, and neither do those of two versions: while both run they need ${start + full} of them`,
        'See that so many are free, let it be preferred (`preferredDuringSchedulingIgnoredDuringExecution`), or add `matchLabelKeys: [pod-template-hash]` to the term.',
      ),
  );
};

/** With this key a term is about pods of the same template only. */
function tellsVersionsApart(term: unknown): boolean {
  return listAt(term, 'matchLabelKeys').includes('pod-template-hash');
}

function inWords(topologyKey: string): string {
  return topologyKey === 'kubernetes.io/hostname' ? 'node' : `place by ${topologyKey}`;
}
