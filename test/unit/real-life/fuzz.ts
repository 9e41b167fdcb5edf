import { stringify } from 'yaml';
import { StreamGateError } from '../../../src/base/index.ts';
import { type ApiResponse, parseManifests } from '../../../src/cluster/index.ts';
import { findDesired } from '../../../src/release/index.ts';
import { type Dice, rollDice } from '../../support/fuzz/dice.ts';
import { harmless, semantic } from '../../support/fuzz/meaning.ts';
import { structural } from '../../support/fuzz/structure.ts';
import { harmlessToText, textual } from '../../support/fuzz/text.ts';
import { listSets, readSet } from '../../support/manifest-sets.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { expectedAnswers } from './expected-answers.ts';
import { countWrites } from './writes.ts';

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

export function toYaml(objects: readonly unknown[]): string {
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

export class Histogram {
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
  [/as a template does/, 'refused: a template'],
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
  [/a placeholder that nobody|no reference that a node/, 'refused: an image or name that is none'],
  [/where only a (text|number) can stand/, 'refused: a field of the wrong type'],
  [/has strategy Recreate/, 'refused: Recreate'],
  [/is paused/, 'refused: paused'],
  [/asks for 0 replicas/, 'refused: no replicas'],
  [/also selects the pods/, 'refused: pods shared by workloads'],
  [/need for themselves/, 'refused: a name of the slots'],
  [/No HTTPRoute sends to/, 'refused: no route'],
  [/The cluster does not know/, 'refused: unknown kind'],
  [/^Namespace \S+ is not there/, 'refused: a namespace that is not there'],
  [/that its kind does not have/, 'refused: a field that is not known'],
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
    if (found.problems.length === 0) throw new Error('it was refused for nothing');
    return ruleOf(found.problems.join('\n'));
  }
  if (!planIt()) return 'found';
  try {
    const { outcome, verdict } = await lab.plan(objects, { app, namespace });
    if (outcome !== 'Planned' || verdict !== 'pass') throw new Error(`it ended with ${outcome}, ${verdict}`);
    return 'planned';
  } catch (thrown) {
    // The same manifests, released in earnest, must end at the same place.
    const { message } = ours(thrown);
    const inEarnest = await lab.deploy(objects, { app, namespace }).then(
      ({ outcome }) => outcome,
      (error: unknown) => ours(error).message,
    );
    if (inEarnest !== message) throw new Error(`in earnest: ${inEarnest}; planned: ${message}`);
    return ruleOf(message);
  }
}

export function ours(thrown: unknown): StreamGateError {
  if (!(thrown instanceof StreamGateError)) throw thrown;
  if (!['Refused', 'NotFound', 'Denied', 'Conflict', 'Usage'].includes(thrown.code) || !thrown.remedy)
    throw new Error(`${thrown.code} with remedy ${thrown.remedy}`, { cause: thrown });
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

export interface FuzzPlan {
  readonly seed: number;
  readonly cases: number;
  /** So many of the cases that get as far are planned through the cluster, too; the rest end with `findDesired`. */
  readonly plans: number;
}

export interface Fuzzed {
  readonly outcomes: Histogram;
  /** How many went through the cluster. */
  readonly planned: number;
  /** How many valid sets were broken. */
  readonly bases: number;
}

/** Breaks manifests and asks for a plan of each. Throws, with the text, what is no answer in words, or has written. */
export async function fuzzManifests({ seed, cases, plans }: FuzzPlan): Promise<Fuzzed> {
  const writes = countWrites();
  let asked = 0;
  const lab = await openLab({
    transport(direct) {
      const counted = writes.watch(direct);
      return {
        ...counted,
        send: (request) => {
          asked += 1;
          return request.path.includes('selfsubjectaccessreviews') ? allowed() : counted.send(request);
        },
      };
    },
  });
  try {
    for (const name of ['votes', 'idp', 'board', 'socks'])
      await lab.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    writes.reset();
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
      const fail = (what: string, cause?: unknown) =>
        new Error(`case ${n} of seed ${seed} ${what}\n${text.slice(0, 4_000)}`, { cause });
      const planIt = () => planned < plans && planned++ >= 0;
      const outcome = await outcomeOf(lab, base, text, planIt).catch((thrown: unknown) => {
        throw fail(String(thrown), thrown);
      });
      outcomes.add(outcome);
      // Questions are answered at once, and there are not many: nothing waits, and nothing asks in circles.
      if (lab.clock.monotonic() - before > 1_000 || asked - askedBefore > 400) throw fail('took too long');
      if (writes.count() > 0) throw fail('wrote');
    }
    return { outcomes, planned, bases: bases.length };
  } finally {
    await lab.close();
  }
}
