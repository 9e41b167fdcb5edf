import { existsSync, readFileSync } from 'node:fs';
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

describe('the checklist', () => {
  const entries = readDocuments('docs/checklist.md')
    .flatMap(tablesOf)
    .flatMap(({ rows }) => rows.map(toEntry));

  it('has every item once, in order', () => {
    expect(entries.map(({ item }) => item)).toEqual(wanted);
  });

  it('names tests that are there, and defects that these have to notice', () => {
    expect(entries.flatMap(flawsOf)).toEqual([]);
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
