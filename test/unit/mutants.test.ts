import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mutants } from '../../tools/mutants/defects/index.ts';
import { type Mutant, whyNotPlanted } from '../../tools/mutants/mutant.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** Why a mutant cannot be tried; undefined when it can. */
function whyStale(mutant: Mutant): string | undefined {
  const { id, file, killedBy } = mutant;
  const path = join(root, file);
  if (!existsSync(path)) return `${id}: ${file} is not there`;
  const obstacle = whyNotPlanted(mutant, readFileSync(path, 'utf8'));
  if (obstacle !== undefined) return `${id}: ${file}: ${obstacle}`;
  if (killedBy.length === 0) return `${id}: it names no test`;
  const missing = killedBy.find((test) => !test.startsWith('test/unit/') || !existsSync(join(root, test)));
  return missing === undefined ? undefined : `${id}: ${missing} is no unit test`;
}

const sample: Mutant = {
  id: 'sample',
  harm: 'None.',
  file: 'test/unit/mutants.test.ts',
  find: 'A text that stands here once.',
  replace: '',
  killedBy: ['test/unit/mutants.test.ts'],
};

// Trying them takes minutes; that they still fit the code is seen at once.
describe('the planted defects', () => {
  it('can all be planted: the text of each stands exactly once, and its tests are there', () => {
    expect(mutants.length).toBeGreaterThan(100);
    expect(mutants.map(whyStale).filter((reason) => reason !== undefined)).toEqual([]);
  });

  it('have names of their own', () => {
    const ids = mutants.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each([
    [{}, undefined],
    [{ find: ['gone', 'for', 'ever'].join('-') }, 'the text that it replaces is gone'],
    [{ find: 'describe(' }, 'the text that it replaces stands there 2 times'],
    [{ replace: sample.find }, 'it changes nothing'],
    [{ file: 'src/none.ts' }, 'src/none.ts is not there'],
    [{ killedBy: [] }, 'it names no test'],
    [{ killedBy: ['test/unit/none.test.ts'] }, 'test/unit/none.test.ts is no unit test'],
    [{ killedBy: ['README.md'] }, 'README.md is no unit test'],
  ])('are refused when they are stale: %j', (change, reason) => {
    const found = whyStale({ ...sample, ...change });
    if (reason === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(reason);
  });
});
