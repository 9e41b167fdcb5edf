import { describe, expect, it } from '@jest/globals';
import { type Answer, differences } from '../../public/answer.ts';
import { type PublicSet, planned, refused } from '../../public/public-set.ts';
import { publicSets } from '../../public/sets/index.ts';
import { sources } from '../../public/sources.ts';

const set = (expected: PublicSet['expected']): PublicSet => ({
  name: 'sample',
  source: 'kubernetes/examples',
  files: ['a.yaml'],
  app: 'shop',
  expected,
});
const parts = {
  workload: 'shop',
  service: 'shop',
  followers: [],
  routes: [],
  autoscalers: [],
  budgets: [],
  others: 2,
};
const answer = (change: Partial<Answer>): Answer => ({ outcome: 'planned', told: [], parts, ...change });
const expected = planned({ workload: 'shop', service: 'shop', others: 2 }, 'no preStop hook');
const warned = ['Container app has no preStop hook: add one.'];

describe('the answer to a public set', () => {
  it('is as expected when it says the same, and nothing else', () => {
    expect(differences(set(expected), answer({ told: warned }))).toEqual([]);
  });

  it.each<[string, Partial<Answer>, string]>([
    ['it is refused', { outcome: 'refused', told: warned }, 'it is refused, not planned'],
    ['it says too little', {}, 'it does not say: no preStop hook'],
    ['it says the same twice', { told: [...warned, ...warned] }, 'it says, and should not: Container app'],
    ['it says more', { told: [...warned, 'It is headless'] }, 'it says, and should not: It is headless'],
    ['it sorts the objects otherwise', { told: warned, parts: { ...parts, others: 3 } }, 'others: 3, not 2'],
    ['it has not sorted them', { told: warned, parts: undefined }, 'workload: undefined, not "shop"'],
  ])('is another when %s', (_what, change, difference) => {
    expect(differences(set(expected), answer(change)).join('\n')).toContain(difference);
  });

  it('of a refused set needs no parts', () => {
    const told = ['Deployment shop has no readinessProbe, so'];
    const refusal = answer({ outcome: 'refused', told, parts: undefined });
    expect(differences(set(refused('no readinessProbe')), refusal)).toEqual([]);
  });
});

describe('the list of public sets', () => {
  it('names each once, with a pinned commit and a licence that permits reading and more', () => {
    expect(new Set(publicSets.map(({ name }) => name)).size).toBe(publicSets.length);
    for (const { commit, licence, repository } of Object.values(sources)) {
      expect({ repository, commit, licence }).toEqual({
        repository: expect.stringMatching(/^[\w.-]+\/[\w.-]+$/),
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
        licence: expect.stringMatching(/^(Apache-2\.0|MIT|MIT-0)$/),
      });
    }
    const used = new Set(publicSets.map(({ source }) => source));
    expect([...used].sort()).toEqual(Object.keys(sources).sort());
  });

  it('is long enough to mean something, and says of each what is to be told', () => {
    expect(publicSets.length).toBeGreaterThanOrEqual(30);
    expect(publicSets.filter(({ released }) => released).length).toBeGreaterThanOrEqual(4);
    for (const { name, expected: wanted } of publicSets)
      expect({ name, told: wanted.outcome === 'planned' || wanted.told.length > 0 }).toEqual({
        name,
        told: true,
      });
  });
});
