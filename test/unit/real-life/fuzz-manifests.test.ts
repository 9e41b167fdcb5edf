import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { StreamGateError } from '../../../src/base/index.ts';
import { type ApiResponse, parseManifests } from '../../../src/cluster/index.ts';
import { contract } from '../../../src/commands/bluegreen-deploy/contract.ts';
import { parseInputs } from '../../../src/contract/index.ts';
import { findDesired } from '../../../src/release/index.ts';
import { type Dice, rollDice } from '../../support/fuzz/dice.ts';
import { harmless, semantic } from '../../support/fuzz/meaning.ts';
import { structural } from '../../support/fuzz/structure.ts';
import { harmlessToText, textual } from '../../support/fuzz/text.ts';
import { listSets, readSet } from '../../support/manifest-sets.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { expectedAnswers } from './expected-answers.ts';
import { countWrites } from './writes.ts';

const seed = Number(process.env.STREAMGATE_FUZZ_SEED ?? 20_261_126);
const cases = Number(process.env.STREAMGATE_FUZZ_CASES ?? 1_200);
/** So many of the cases that get as far are planned through the cluster, too; the rest end with `findDesired`. */
const plans = Math.floor(cases / 5);
const inputCases = 2_000;

interface Base {
  readonly app: string;
  readonly namespace: string;
  readonly objects: readonly unknown[];
  readonly text: string;
}

/** The sets that can be read, and as many again of apps that differ in size and settings. */
function basesOf(): readonly [Base, ...Base[]] {
  const generated = Array.from({ length: 20 }, (_, n): Base => {
    const objects = manifests({ VERSION: `v${n}`, KNOB: 'x'.repeat(n) }, { replicas: 1 + (n % 4) });
    return { app: 'shop', namespace: 'default', objects, text: toYaml(objects) };
  });
  const published = listSets().flatMap((set): Base[] => {
    const { app = 'shop', namespace = 'default' } = expectedAnswers[set] ?? {};
    const files = readSet(set);
    const { objects, problems } = parseManifests(files);
    const text = files.map((file) => file.text.replace(/^\ufeff/, '')).join('\n---\n');
    return problems.length > 0 ? [] : [{ app, namespace, objects, text }];
  });
  const [first, ...rest] = [...generated, ...published];
  if (first === undefined) throw new Error('there is nothing to break');
  return [first, ...rest];
}

function toYaml(objects: readonly unknown[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

/** A text made of a base: a third of them as good as it, the others with one to three things wrong. */
function mutate(base: Base, dice: Dice): string {
  const spoil = dice.chance(0.6);
  if (dice.chance(0.3)) return dice.pick(spoil ? textual : harmlessToText)(base.text, dice);
  const objects: unknown[] = structuredClone([...base.objects]);
  for (let left = 1 + dice.below(3); left > 0; left--) {
    const [first, ...rest] = spoil ? [...structural, ...semantic] : harmless;
    if (first !== undefined) dice.pick([first, ...rest])(objects, dice);
  }
  if (dice.chance(0.1)) return toYaml(objects);
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

class Histogram {
  readonly #counts = new Map<string, number>();
  add(outcome: string): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }
  get(outcome: string): number {
    return this.#counts.get(outcome) ?? 0;
  }
  print(title: string): void {
    const rows = [...this.#counts].sort(([, a], [, b]) => b - a);
    const lines = rows.map(([outcome, count]) => `${String(count).padStart(7)}  ${outcome}`);
    process.stdout.write(`${title}\n${lines.join('\n')}\n`);
  }
}

/** Sentences of refusals by the rule behind them; the first that fits names it. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/it cannot be read: /, 'refused: nested or aliased beyond measure'],
  [/so it is no Kubernetes object/, 'refused: no object'],
  [/this is for kustomize/, 'refused: a kustomization'],
  [/no name of its own/, 'refused: no name'],
  [/names namespace/, 'refused: another namespace'],
  [/should hold one Deployment/, 'refused: no Deployment to be found'],
  [/should hold one Service/, 'refused: no Service to be found'],
  [/The manifests hold \d+/, 'refused: the same twice'],
  [/cannot be released blue-green/, 'refused: another kind of workload'],
  [/has no readinessProbe/, 'refused: no readiness probe'],
  [
    /its selector asks for|has no spec\.selector|expressions of its selector/,
    'refused: selector of the Deployment',
  ],
  [/has no selector|, which the pod template of/, 'refused: selector of the Service'],
  [/has no containers/, 'refused: no containers'],
  [/has strategy Recreate/, 'refused: Recreate'],
  [/is paused/, 'refused: paused'],
  [/asks for 0 replicas/, 'refused: no replicas'],
  [/also selects the pods/, 'refused: pods shared by workloads'],
  [/need for themselves/, 'refused: a name of the slots'],
  [/No HTTPRoute sends to/, 'refused: no route'],
  [/The cluster does not know/, 'refused: unknown kind'],
  [/The server would not take/, 'refused: by the server'],
];

function ruleOf(message: string): string {
  return rules.find(([sentence]) => sentence.test(message))?.[1] ?? 'refused: otherwise';
}

/** What a person is told about a text. Whatever is thrown must be one of ours, with a remedy. */
async function outcomeOf(lab: Lab, { app, namespace }: Base, text: string, planIt: () => boolean) {
  const { objects, problems } = parseManifests([{ name: 'case.yaml', text }]);
  if (problems.length > 0) {
    const rule = ruleOf(problems.join('\n'));
    return rule === 'refused: otherwise' ? 'refused: no YAML' : rule;
  }
  const found = findDesired({ app, namespace, objects, images: [] });
  if ('problems' in found) {
    expect(found.problems.length).toBeGreaterThan(0);
    return ruleOf(found.problems.join('\n'));
  }
  if (!planIt()) return 'found';
  try {
    const change = { app, namespace };
    expect(await lab.plan(objects, change)).toMatchObject({ outcome: 'Planned', verdict: 'pass' });
    return 'planned';
  } catch (thrown) {
    // The same manifests, released in earnest, must end at the same place.
    const inEarnest = await lab.deploy(objects, { app, namespace }).catch((error: unknown) => error);
    expect(inEarnest).toMatchObject({ message: ours(thrown).message });
    return ruleOf(ours(thrown).message);
  }
}

function ours(thrown: unknown): StreamGateError {
  if (!(thrown instanceof StreamGateError)) throw thrown;
  expect(['Refused', 'NotFound', 'Denied', 'Conflict', 'Usage']).toContain(thrown.code);
  expect(thrown.remedy).toBeTruthy();
  return thrown;
}

/** Half of all questions of a plan are about permissions, which are not the matter here: they are granted at once. */
async function allowed(): Promise<ApiResponse> {
  const body = JSON.stringify({ kind: 'SelfSubjectAccessReview', status: { allowed: true } });
  return {
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: (async function* () {
      yield body;
    })(),
  };
}

describe('manifests with something wrong in them', () => {
  const writes = countWrites();
  let asked = 0;
  let lab: Lab;
  beforeAll(async () => {
    const watch = (direct: Parameters<typeof writes.watch>[0]) => {
      const counted = writes.watch(direct);
      return {
        ...counted,
        send: (request: Parameters<typeof counted.send>[0]) => {
          asked += 1;
          if (request.path.includes('selfsubjectaccessreviews')) return allowed();
          return counted.send(request);
        },
      };
    };
    lab = await openLab({ transport: watch });
    for (const name of ['votes', 'idp', 'board', 'socks'])
      await lab.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    writes.reset();
  });
  afterAll(() => lab.close());

  it('are planned or refused in words, and what is refused has changed nothing', async () => {
    const bases = basesOf();
    const [first, ...others] = bases;
    const small: typeof bases = [first, ...others.filter(({ text }) => text.length < 1_500)];
    const dice = rollDice(seed);
    const outcomes = new Histogram();
    let planned = 0;
    for (let n = 0; n < cases; n++) {
      // The small ones more often: what is refused is the same, and reading a long text takes longest.
      const base = dice.chance(0.6) ? dice.pick(small) : dice.pick(bases);
      const text = mutate(base, dice);
      const [before, askedBefore] = [lab.clock.monotonic(), asked];
      const planIt = () => planned < plans && planned++ >= 0;
      const outcome = await outcomeOf(lab, base, text, planIt).catch((thrown: unknown) => {
        throw new Error(`case ${n} of seed ${seed}: ${String(thrown)}\n${text.slice(0, 4_000)}`, {
          cause: thrown,
        });
      });
      outcomes.add(outcome);
      // Questions are answered at once, and there are not many: nothing waits, and nothing asks in circles.
      if (lab.clock.monotonic() - before > 1_000 || asked - askedBefore > 400)
        throw new Error(`case ${n} of seed ${seed} took too long\n${text.slice(0, 4_000)}`);
      if (writes.count() > 0) throw new Error(`case ${n} of seed ${seed} wrote\n${text.slice(0, 4_000)}`);
    }
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
