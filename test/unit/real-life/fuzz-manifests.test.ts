import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseManifests } from '../../../src/cluster/index.ts';
import { contract } from '../../../src/commands/bluegreen-deploy/contract.ts';
import { parseInputs } from '../../../src/contract/index.ts';
import { findDesired } from '../../../src/release/index.ts';
import { rollDice } from '../../support/fuzz/dice.ts';
import { fuzzManifests, Histogram, ours, toYaml } from './fuzz.ts';

const seed = Number(process.env.STREAMGATE_FUZZ_SEED ?? 20_261_126);
const cases = Number(process.env.STREAMGATE_FUZZ_CASES ?? 600);
const inputCases = 2_000;

describe('manifests with something wrong in them', () => {
  it('are planned or refused in words, and what is refused has changed nothing', async () => {
    const plans = Math.floor(cases / 5);
    const { outcomes, planned } = await fuzzManifests({ seed, cases, plans });
    outcomes.print(
      `${cases} manifests of seed ${seed}, ${planned} of them through the cluster, the rest as far as findDesired:`,
    );
    expect(planned).toBe(plans);
    expect(outcomes.get('planned') + outcomes.get('found')).toBeGreaterThanOrEqual(0.3 * cases);
    expect(outcomes.get('refused: by the server')).toBeGreaterThan(0);
  }, 900_000);
});

describe('inputs with something wrong in them', () => {
  it('are read or are a usage error in words', async () => {
    const dice = rollDice(seed + 1);
    const outcomes = new Histogram();
    const names = Object.keys(contract.inputs);
    const odd: readonly [string, ...string[]] = [
      '',
      ' ',
      '0',
      '-1',
      '1e9',
      '10',
      '5m',
      '1h30m',
      '9999999999d',
      'true',
      'yes',
      'shop',
      'Shop',
      'x'.repeat(300),
      'a,b\nc',
      '{',
      '[1,',
      '- path: /',
      '- path: 7',
      '{a: &a [*a]}',
      'null',
      '~',
      '🙂',
      '\u0000',
      '__proto__',
      'http://x',
      'http://[',
      'https://shop.example.com/',
      '$'.concat('{{ x }}'),
      '../..',
      '-',
      '*',
      '{a,b',
      'plan',
      'retired',
    ];
    for (let n = 0; n < inputCases; n++) {
      const given: Record<string, string> = dice.chance(0.9) ? { app: 'shop' } : {};
      for (let left = dice.below(4); left > 0; left--)
        given[dice.chance(0.95) ? (dice.pickFrom(names) ?? '') : dice.pick(odd)] = dice.pick(odd);
      try {
        const { inputs } = await parseInputs(contract, given);
        expect(Object.isFrozen(inputs)).toBe(true);
        outcomes.add('read');
      } catch (thrown) {
        expect(ours(thrown).code).toBe('Usage');
        outcomes.add('usage error');
      }
    }
    outcomes.print(`${inputCases} inputs of seed ${seed + 1}:`);
    expect(outcomes.get('read')).toBeGreaterThanOrEqual(0.3 * inputCases);
    expect(outcomes.get('usage error')).toBeGreaterThanOrEqual(0.3 * inputCases);
  });
});

describe('the reader of manifests', () => {
  const object = fc.record({
    apiVersion: fc.constantFrom('v1', 'apps/v1', 'example.com/v1'),
    kind: fc.constantFrom('Service', 'Deployment', 'ConfigMap', 'Thing'),
    metadata: fc.record({ name: fc.string({ minLength: 1, unit: 'grapheme' }) }),
    spec: fc.jsonValue({ noUnicodeString: false }),
  });
  /** JSON knows one zero only, and its reader is the measure here. */
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const read = (text: string) => parseManifests([{ name: 'x', text }]);

  it('gets back what was written, as YAML and as JSON', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 3 }), (objects) => {
        const expected = { objects: plain(objects), problems: [] };
        expect(plain(read(toYaml(objects)))).toEqual(expected);
        expect(plain(read(JSON.stringify({ kind: 'List', items: objects })))).toEqual(expected);
      }),
      { seed },
    );
  });

  it('answers any text with objects or problems, and throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { objects, problems } = read(text);
        findDesired({ app: 'shop', namespace: 'default', objects, images: ['x'] });
        return problems.every((problem) => problem.startsWith('x:'));
      }),
      { seed, numRuns: 1_000 },
    );
  });
});
