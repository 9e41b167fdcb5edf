import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/base/index.ts';
import { type ManifestFile, parseManifests } from '../../src/cluster/index.ts';
import { type Lab, openLab } from '../support/release-lab.ts';
import { standInReleases } from '../support/stand-in-release.ts';
import { countWrites } from '../unit/real-life/writes.ts';
import { answerOf, differences } from './answer.ts';
import type { PublicSet } from './public-set.ts';
import { type Clone, fetchClone, findClone, readFiles } from './read-git.ts';
import { publicSets } from './sets/index.ts';
import { type Source, sources } from './sources.ts';

const usage = `npm run test:public -- [--from DIR] [--show] [NAME…]

Plans the manifests of public projects in the sandbox, releases some of them with images that stand in for theirs, and
compares each answer with the expected one. Reads the pinned commits from GitHub, by git, into .cache/public; with
--from DIR from clones DIR/OWNER/NAME. --show prints whole answers.`;

type Verdict = 'as expected' | 'DIFFERENT' | 'skipped';

interface Row {
  readonly name: string;
  readonly verdict: Verdict;
  readonly words: string;
  readonly details: readonly string[];
}

const root = resolve(import.meta.dirname, '..', '..');
const clones = new Map<Source, Clone>();

function cloneOf(source: Source, from: string | undefined): Clone {
  const known = clones.get(source);
  if (known !== undefined) return known;
  const found =
    from === undefined ? fetchClone(source, join(root, '.cache', 'public')) : findClone(source, from);
  clones.set(source, found);
  return found;
}

async function play(set: PublicSet, from: string | undefined, show: boolean): Promise<Row> {
  const source = sources[set.source];
  const clone = cloneOf(source, from);
  if ('reason' in clone) return { name: set.name, verdict: 'skipped', words: clone.reason, details: [] };
  try {
    const files = readFiles(clone.folder, source, set.files);
    const { found, words, told } = await planAndRelease(set, files);
    const verdict = found.length === 0 ? 'as expected' : 'DIFFERENT';
    return { name: set.name, verdict, words, details: show ? [...found, ...told] : found };
  } catch (thrown) {
    return { name: set.name, verdict: 'DIFFERENT', words: 'it broke', details: [messageOf(thrown)] };
  }
}

async function planAndRelease(set: PublicSet, files: readonly ManifestFile[]) {
  const writes = countWrites();
  const lab = await openLab({ transport: writes.watch });
  try {
    await furnish(lab, set);
    writes.reset();
    const answer = await answerOf(lab, set, files);
    const found = [...differences(set, answer)];
    if (writes.count() > 0) found.push(`planning wrote ${writes.count()} times`);
    if (set.released) found.push(...(await release(lab, set, files)));
    const told = [...answer.told, JSON.stringify(answer.parts)];
    const what = answer.outcome === 'planned' ? 'warning' : 'refusal';
    const count = `${answer.told.length} ${what}${answer.told.length === 1 ? '' : 's'}`;
    return { found, told, words: `${answer.outcome}, ${count}${set.released ? ', released' : ''}` };
  } finally {
    await lab.close();
  }
}

/** Whoever runs the place has made the namespace. */
async function furnish(
  { cluster }: Lab,
  { namespace = 'default', withoutNamespace }: PublicSet,
): Promise<void> {
  if (withoutNamespace || ['default', 'kube-system'].includes(namespace)) return;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
}

/** Two versions and the way back; whatever does not end as it should is told. */
async function release(lab: Lab, set: PublicSet, files: readonly ManifestFile[]): Promise<readonly string[]> {
  const { app, namespace = 'default', workload } = set;
  const asking = new AbortController();
  const { service = app, routes = [] } = set.expected.parts;
  const { objects } = parseManifests(files);
  const given = { app, namespace, workload, service, hasRoutes: routes.length > 0, objects };
  const play = standInReleases(lab, given, asking.signal);
  const steps = [
    ['v1', () => play.release('v1'), 'Promoted'],
    ['v2', () => play.release('v2'), 'Promoted'],
    ['v1', () => play.rollback(), 'FastRolledBack'],
  ] as const;
  const found: string[] = [];
  try {
    for (const [version, act, wanted] of steps) {
      const { outcome, reason } = await act();
      if (outcome !== wanted) found.push(`release: ${outcome}, not ${wanted}: ${reason}`);
      if (play.serving() !== version) found.push(`release: ${play.serving()} answers, not ${version}`);
    }
  } finally {
    asking.abort();
  }
  return found;
}

function print({ name, verdict, words, details }: Row): void {
  const lines = details.map((line) => `    ${line}\n`).join('');
  process.stdout.write(`${verdict.padEnd(12)}  ${name.padEnd(44)}  ${words}\n${lines}`);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { from: { type: 'string' }, show: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const wanted = publicSets.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const rows: Row[] = [];
  for (const set of wanted) {
    const row = await play(set, values.from, values.show === true);
    print(row);
    rows.push(row);
  }
  const count = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  const played = wanted.filter((_set, index) => rows[index]?.verdict !== 'skipped');
  const planned = played.filter(({ expected }) => expected.outcome === 'planned').length;
  const released = played.filter((set) => set.released).length;
  process.stdout.write(
    `\n${played.length} sets of ${clones.size} repositories: ${planned} to be planned, ${played.length - planned} to be refused, ${released} released and rolled back; ` +
      `${count('as expected')} as expected, ${count('DIFFERENT')} different, ${count('skipped')} skipped\n`,
  );
  if (played.length === 0) process.stdout.write('None could be read, so nothing was shown.\n');
  return count('DIFFERENT') === 0 && played.length > 0 ? 0 : 1;
}

process.exitCode = await main();
