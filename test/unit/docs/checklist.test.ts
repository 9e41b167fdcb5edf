import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mutants } from '../../../tools/mutants/defects/index.ts';
import { readDocuments, rootPath, tablesOf } from '../../support/documents.ts';

const numbered = (letter: string, ...numbers: readonly number[]) =>
  numbers.map((n) => `${letter}${String(n).padStart(2, '0')}`);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const wanted = [
  ...numbered('B', ...upTo(18)),
  ...numbered('L', ...upTo(8), 11, 13, 14),
  ...numbered('T', 12, 13),
  ...numbered('Z', ...upTo(8)),
];

interface Entry {
  readonly item: string;
  readonly file: string;
  readonly title: string;
  readonly defects: readonly string[];
}

function toEntry([item = '', , test = '', defects = '']: readonly string[]): Entry {
  const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(test) ?? [];
  return { item, file, title, defects: [...defects.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id) };
}

/** Whether a test of this title is written in the source: the template itself, for one of many cases. */
function hasTitle(source: string, title: string): boolean {
  const escaped = title.replaceAll("'", "\\'");
  return [`'${escaped}'`, `"${title}"`, `\`${title}\``].some((literal) => source.includes(literal));
}

/** What is not as the entry says. */
function flawsOf({ item, file, title, defects }: Entry): string[] {
  if (!existsSync(rootPath(file)) || file === '') return [`${item}: there is no file ${file}`];
  const flaws = hasTitle(readFileSync(rootPath(file), 'utf8'), title)
    ? []
    : [`${item}: ${file} has no test "${title}"`];
  if (defects.length === 0) flaws.push(`${item}: it names no defect`);
  for (const id of defects) {
    const mutant = mutants.find((one) => one.id === id);
    if (mutant === undefined) flaws.push(`${item}: nobody plants ${id}`);
    else if (!mutant.killedBy.includes(file)) flaws.push(`${item}: ${id} is not for ${file} to notice`);
  }
  return flaws;
}

const clusterTests = 'test/cluster/checklist';

/** What a suite shows of which item: `item('B01 …')`, and `item.notIn('selector', 'T13 …', 'reason')` with its reason. */
function itemsOf(file: string, source: string): readonly string[] {
  const text = String.raw`'((?:[^'\\]|\\.)*)'|"([^"]*)"`;
  const call = new RegExp(String.raw`\bitem(\.notIn\(\s*'\w+',)?\(?\s*(?:${text}),(?:\s*(?:${text}))?`, 'g');
  return [...source.matchAll(call)].map(([, notIn, single, double, reason, reason2]) => {
    const [item = '', ...title] = (single?.replaceAll("\\'", "'") ?? double ?? '').split(' ');
    const without = notIn === undefined ? '' : `: ${reason ?? reason2}`;
    return `${item} | ${file} | ${title.join(' ')}${without}`;
  });
}

/** Items by their letters that are shown on a real cluster, too. */
const lettersOnCluster = ['B', 'L', 'T', 'Z'];

describe('the checklist', () => {
  const [ours, onCluster] = readDocuments('docs/checklist.md').flatMap(tablesOf);
  const entries = ours?.rows.map(toEntry) ?? [];

  it('has every item once, in order', () => {
    expect(entries.map(({ item }) => item)).toEqual(wanted);
  });

  it('names tests that are there, and defects that these have to notice', () => {
    expect(entries.flatMap(flawsOf)).toEqual([]);
  });

  it('names every test of an item on a real cluster, and no other one', () => {
    const files = readdirSync(rootPath(clusterTests)).filter((name) => name.endsWith('.test.ts'));
    const written = files.flatMap((name) => {
      const file = `${clusterTests}/${name}`;
      return itemsOf(file, readFileSync(rootPath(file), 'utf8'));
    });
    const rows = onCluster?.rows.map((cells) => cells.map((cell) => cell.replaceAll('`', ''))) ?? [];
    const isElsewhere = ([, file = '']: readonly string[]) => !file.startsWith(`${clusterTests}/`);
    const told = rows.filter((row) => !isElsewhere(row)).map((cells) => cells.join(' | '));
    for (const [, file = '', title = ''] of rows.filter(isElsewhere))
      expect([title, hasTitle(readFileSync(rootPath(file), 'utf8'), title)]).toEqual([title, true]);
    expect(told.toSorted()).toEqual(written.toSorted());
    expect(rows.map(([item]) => item)).toEqual(rows.map(([item]) => item).toSorted());
  });

  it('has each item on a real cluster', () => {
    const shown = new Set(onCluster?.rows.map(([item]) => item));
    const missing = wanted.filter((item) => lettersOnCluster.includes(item.charAt(0)) && !shown.has(item));
    expect(missing).toEqual([]);
  });

  it('reads the items of a suite, and why one is not in a mode', () => {
    const source = `item('B01 moves', () => {}); item(\n  "B02 one's own",\n  async () => {}); item('L03 isn\\'t', f);
      item.notIn('selector', 'T13 keeps shares', 'a Service has no weights'); items('B09 is none', f)`;
    expect(itemsOf('x.ts', source)).toEqual([
      'B01 | x.ts | moves',
      "B02 | x.ts | one's own",
      "L03 | x.ts | isn't",
      'T13 | x.ts | keeps shares: a Service has no weights',
    ]);
  });

  it('notices what is not there', () => {
    const [entry] = entries;
    if (entry === undefined) throw new Error('the checklist is empty');
    expect(flawsOf({ ...entry, file: 'test/unit/nothing.test.ts' })).toHaveLength(1);
    expect(flawsOf({ ...entry, title: 'does what nobody wrote' })).toHaveLength(1);
    expect(flawsOf({ ...entry, defects: [] })).toHaveLength(1);
    expect(flawsOf({ ...entry, defects: ['no-such-defect', 'lock-not-released'] })).toHaveLength(2);
  });
});
