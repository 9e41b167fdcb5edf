import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { at, isJsonObject } from '../../src/base/index.ts';
import { commands } from '../../src/commands/index.ts';
import { root } from '../../tools/build/root.ts';
import { type Contexts, evaluate, evaluateTexts } from './driver/evaluate.ts';
import { checkWorkflow, child, readWorkflow } from './driver/read-workflow.ts';
import { findFlaws } from './find-flaws.ts';

const files = globSync(['.github/workflows/*.yml', 'examples/*.yml'], { cwd: root }).sort();
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe.each(files)('%s', (path) => {
  it('is a workflow by the rules of GitHub, what it hands to other workflows included', async () => {
    await expect(checkWorkflow(path, read(path))).resolves.toBeDefined();
  });

  it('gives actions what they take, names only what is there, and pins what is not ours', () => {
    expect(findFlaws(read(path))).toEqual([]);
  });
});

describe.each([
  { path: '.github/workflows/bluegreen.yml', action: 'bluegreen-deploy', job: 'release' },
  { path: '.github/workflows/rollback.yml', action: 'rollback', job: 'rollback' },
])('$path', ({ path, action, job }) => {
  const workflow: unknown = parse(read(path));
  const declared = at(workflow, 'on', 'workflow_call', 'inputs');
  const contract = commands.map((entry) => entry.contract).find(({ name }) => name === action);
  const types: Readonly<Record<string, string>> = { boolean: 'boolean', integer: 'number', number: 'number' };
  /** What the workflow decides by itself: secrets, where reports go, and what only its own jobs do. */
  const own = ['kubeconfig', 'github-token', 'report-dir', 'unfinished-only'];

  it('takes the inputs of its action, by the same names and types, and hands each of them on', () => {
    const wanted = Object.entries(contract?.inputs ?? {}).filter(([name]) => !own.includes(name));
    expect(wanted.length).toBeGreaterThan(10);
    const given = at(workflow, 'jobs', job, 'steps');
    const text = JSON.stringify(given);
    for (const [name, { kind }] of wanted) {
      // Text where an empty field has to pass through.
      const type = name === 'to' ? 'string' : (types[kind] ?? 'string');
      expect({ name, type: at(declared, name, 'type') }).toEqual({ name, type });
      expect(text).toContain(`"${name}":"\${{ inputs.${name}`);
    }
  });

  it('can be called by nothing but another workflow, with no more rights than it needs', () => {
    expect(Object.keys(Object(at(workflow, 'on')))).toEqual(['workflow_call']);
    expect(at(workflow, 'permissions')).toEqual({});
    const rights = Object.values(Object(at(workflow, 'jobs'))).map((entry) => at(entry, 'permissions'));
    for (const right of rights) expect([{}, { contents: 'read' }]).toContainEqual(right);
  });

  it('tells callers everything that its jobs know', () => {
    const told = at(workflow, 'on', 'workflow_call', 'outputs');
    const known = at(workflow, 'jobs', job, 'outputs');
    if (!isJsonObject(told) || !isJsonObject(known)) throw new Error('it has no outputs');
    expect(Object.keys(told)).toEqual([...Object.keys(known), 'recovery']);
  });
});

describe('the names that calls in one repository have', () => {
  const contexts = (inputs: Contexts) => ({
    inputs,
    github: { run_attempt: '1' },
    steps: { deploy: { outputs: {} }, rollback: { outputs: {} } },
  });

  async function groupOf(inputs: Contexts): Promise<unknown> {
    const path = '.github/workflows/bluegreen.yml';
    const { value } = await checkWorkflow(path, read(path));
    return evaluate(child(value, 'jobs', 'release', 'concurrency', 'group'), contexts(inputs));
  }

  async function artifactOf(workflow: string, inputs: Contexts): Promise<string | undefined> {
    const { jobs } = await readWorkflow(`.github/workflows/${workflow}.yml`);
    const steps = jobs.flatMap((job) => job.steps);
    const step = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    return evaluateTexts(step?.given, contexts(inputs)).name;
  }

  it('put no two apps into one concurrency group, since one would cancel the other', async () => {
    expect(await groupOf({ app: 'shop' })).toBe('streamgate-default/shop');
    const [one, other] = [
      await groupOf({ namespace: 'shop', app: 'eu-api' }),
      await groupOf({ namespace: 'shop-eu', app: 'api' }),
    ];
    expect(one).not.toBe(other);
  });

  it('give each call of one run an artifact of its own', async () => {
    const place = { namespace: 'shop', app: 'eu-api' };
    const names = [
      await artifactOf('bluegreen', place),
      await artifactOf('bluegreen', { namespace: 'shop-eu', app: 'api' }),
      await artifactOf('bluegreen', { ...place, until: 'preview' }),
      await artifactOf('bluegreen', { ...place, mode: 'plan' }),
      await artifactOf('rollback', place),
      await artifactOf('rollback', { ...place, drill: true }),
      await artifactOf('rollback', { ...place, mode: 'plan' }),
    ];
    expect(new Set(names).size).toBe(names.length);
    // What upload-artifact takes for a name.
    for (const name of names) expect(name).toMatch(/^[^"<>|:*?\r\n\\/]+$/);
    expect(await artifactOf('bluegreen', { ...place, until: 'promoted' })).toBe(names[0]);
  });
});

describe('the search for flaws', () => {
  const flawed = `
on: { workflow_call: { outputs: { a: { value: '\${{ jobs.one.outputs.gone }}' } } } }
jobs:
  one:
    outputs: { a: '\${{ steps.release.outputs.outcome }} \${{ steps.release.outputs.outcom }} \${{ steps.say.outputs.b }}' }
    steps:
      - { id: release, uses: streamgate/streamgate/actions/rollback@v1, with: { namespce: x } }
      - { id: say, run: 'echo "b=1" >> "$GITHUB_OUTPUT"', if: steps.says.outputs.b }
      - { uses: actions/checkout@v5 }
  two:
    steps: [{ run: 'echo \${{ needs.one.outputs.a }}' }]
  three:
    needs: one
    steps: [{ run: 'echo \${{ needs.one.outputs.a }} \${{ needs.one.outputs.b }}' }]`;

  it('finds names that lead nowhere', () => {
    expect(findFlaws(flawed)).toEqual([
      'one: streamgate/streamgate/actions/rollback@v1 has no input namespce',
      'one: streamgate/streamgate/actions/rollback@v1 is not given app',
      'one: actions/checkout@v5 is not pinned by a commit',
      'one: nothing sets steps.release.outputs.outcom',
      'one: nothing sets steps.says.outputs.b',
      'two: nothing sets needs.one.outputs.a',
      'three: nothing sets needs.one.outputs.b',
      'nothing sets jobs.one.outputs.gone',
    ]);
  });

  it('leaves to the parser what a called workflow does not take', async () => {
    const caller = `
on: push
jobs:
  one:
    uses: streamgate/streamgate/.github/workflows/rollback.yml@v1
    with: { namespce: x }`;
    await expect(checkWorkflow('x.yml', caller)).rejects.toThrow(
      /app is required[\s\S]*namespce is not defined/,
    );
  });
});
