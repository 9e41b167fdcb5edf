import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { at, isJsonObject } from '../../../src/base/index.ts';
import { type CommandEntry, commands } from '../../../src/commands/index.ts';
import { type Contract, literalDefault, readInputs } from '../../../src/contract/index.ts';
import { flagSpelling, parseFlags } from '../../../src/hosts/flags.ts';
import { fencesOf, readDocuments, rootPath, shellWords } from '../../support/documents.ts';

const pages = readDocuments('*.md', 'docs/*.md', 'actions/*/README.md', '.github/*.md');
const fences = pages.flatMap(fencesOf);
const workflows = [
  ...readDocuments('examples/*.yml').map(({ path, text }) => ({
    where: path,
    text,
  })),
  ...fences
    .filter(({ language, text }) => language === 'yaml' && text.includes('uses:'))
    .map(({ path, line, text }) => ({ where: `${path}:${line}`, text })),
];

const find = (name: string | undefined): CommandEntry | undefined =>
  commands.find(({ contract }) => contract.name === name);

interface OurStep {
  readonly where: string;
  readonly id: string;
  readonly name: string;
  readonly given: Readonly<Record<string, string>>;
}

const ours = /^streamgate\/streamgate\/actions\/([a-z-]+)@v\d+$/;

/** Every mapping with a `uses` of ours, wherever it stands. */
function ourSteps(where: string, value: unknown): readonly OurStep[] {
  if (Array.isArray(value)) return value.flatMap((item) => ourSteps(where, item));
  if (!isJsonObject(value)) return [];
  const inside = Object.values(value).flatMap((child) => ourSteps(where, child));
  const uses = String(value.uses ?? '');
  if (!uses.startsWith('streamgate/streamgate/actions/')) return inside;
  const inputs = isJsonObject(value.with) ? value.with : {};
  const given = Object.fromEntries(Object.entries(inputs).map(([name, text]) => [name, String(text)]));
  return [...inside, { where, id: String(value.id ?? ''), name: ours.exec(uses)?.[1] ?? uses, given }];
}

const steps = workflows.flatMap(({ where, text }) => ourSteps(where, parse(text)));

/** An expression as it could turn out: the example of its input, or a word within other text. */
function evaluated({ inputs }: Contract, given: OurStep['given']): OurStep['given'] {
  const known = (name: string) =>
    inputs[name]?.example ?? (inputs[name] && literalDefault(inputs[name])) ?? 'word';
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => [
      name,
      /^\$\{\{[^}]*\}\}$/.test(text) ? known(name) : text.replace(/\$\{\{[^}]*\}\}/g, 'word'),
    ]),
  );
}

describe('the workflows of the documentation', () => {
  it('use our actions', () => {
    expect(new Set(steps.map(({ name }) => name))).toEqual(
      new Set(['bluegreen-deploy', 'retire', 'rollback', 'smoke-test']),
    );
  });

  it.each(steps.map((step) => [`${step.where} ${step.name} ${step.id}`, step] as const))(
    '%s gives inputs that exist, with values that can be read',
    async (_title, { name, given }) => {
      const entry = find(name);
      expect(entry).toBeDefined();
      if (entry === undefined) return;
      const { problems, unknown } = await readInputs(entry.contract, evaluated(entry.contract, given));
      expect({ problems, unknown }).toEqual({ problems: [], unknown: [] });
    },
  );

  it.each(workflows.map(({ where, text }) => [where, text] as const))(
    '%s reads outputs that exist',
    (where, text) => {
      const asked = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].map(([, id, output = '']) => {
        const step = steps.find((one) => one.where === where && one.id === id);
        return { output, exists: Object.hasOwn(find(step?.name)?.contract.outputs ?? {}, output) };
      });
      expect(asked.filter(({ exists }) => !exists)).toEqual([]);
    },
  );

  it.each(workflows.map(({ where, text }) => [where, text] as const))(
    '%s pins every action of others to a commit, and says which version that is',
    (_where, text) => {
      const used = [...text.matchAll(/uses: +(.*)$/gm)].map(([, value = '']) => value);
      const others = used.filter((value) => !value.startsWith('streamgate/'));
      expect(
        others.filter((value) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(value)),
      ).toEqual([]);
    },
  );
});

const lines = fences
  .filter(({ language }) => language === 'sh')
  .flatMap(({ path, line, text }) =>
    text.split('\n').map((words, n) => [`${path}:${line + n}`, words.trim()] as const),
  )
  // The generated pages show usages, in which words stand for others.
  .filter(([where]) => !where.startsWith('docs/cli.md'));

describe('the commands of the documentation', () => {
  const invocations = lines.filter(([, line]) => line.startsWith('streamgate '));

  it('are there', () => {
    expect(invocations.length).toBeGreaterThan(10);
  });

  it.each(invocations)('%s %s', async (_where, line) => {
    const [, name, ...words] = shellWords(line);
    const entry = find(name);
    expect(entry).toBeDefined();
    if (entry === undefined) return;
    const { given, problems } = parseFlags(entry.contract, words);
    const parsed = await readInputs(entry.contract, given, { spelling: flagSpelling });
    expect([...problems, ...parsed.problems]).toEqual([]);
  });

  it('name npm scripts that exist', () => {
    const scripts = at(JSON.parse(readFileSync(rootPath('package.json'), 'utf8')), 'scripts');
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm run (?:-s )?([a-z:-]+)/g)].map(([, name = '']) => ({ path, name })),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ name }) => at(scripts, name) === undefined)).toEqual([]);
  });
});
