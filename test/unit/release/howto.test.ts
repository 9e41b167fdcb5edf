import { describe, expect, it } from '@jest/globals';
import { writeHowto } from '../../../src/release/journal/howto.ts';
import {
  type Journal,
  type JournaledRelease,
  newJournal,
  type WarmPlacement,
} from '../../../src/release/journal/journal.ts';
import { firstRelease, shopNames } from '../../support/journals.ts';

const previous: WarmPlacement = { slot: 'blue', revision: 3, warm: true, keepUntil: '' };
const between: Journal = {
  ...newJournal(shopNames(), ''),
  live: { slot: 'green', revision: 4 },
  previous,
};

/** Of revision 5, which takes the slot of revision 3, after revision 4. */
const next: JournaledRelease = {
  ...firstRelease,
  candidate: { slot: 'blue', revision: 5 },
  stable: { slot: 'green', revision: 4 },
};
const back: JournaledRelease = { ...next, strategy: 'rollback', candidate: { slot: 'blue', revision: 3 } };
const emptied = { ...previous, warm: false };

const leadsTo = (journal: Journal) => /all traffic to revision (\d+)/.exec(writeHowto(journal))?.[1];

describe('the way back by hand', () => {
  it.each<[string, Partial<Journal>, string]>([
    ['between releases leads to the version before', {}, '3'],
    ['in the middle of a release leads to the version that was live', { release: next }, '4'],
    ['while a release is taken back does so as well', { release: { ...next, phase: 'undoing' } }, '4'],
    ['in the middle of a rollback leads to where that one leads', { release: back }, '3'],
    [
      'of a rollback that is taken back leads to what was live',
      { release: { ...back, phase: 'undoing' } },
      '4',
    ],
    ['in the middle of a drill leads to what is live', { release: { ...back, drill: true } }, '4'],
    [
      'after the old pods were let go leads to their slot, whose template is still theirs',
      { previous: emptied, release: { ...next, phase: 'retired' } },
      '3',
    ],
  ])('%s', (_when, change, revision) => {
    expect(leadsTo({ ...between, ...change })).toBe(revision);
  });

  it.each<[string, JournaledRelease['phase']]>([
    ['while a preview is parked', 'parked'],
    ['after a release that was refused', 'aborted'],
  ])('%s leads nobody to the slot that it took', (_when, phase) => {
    const text = writeHowto({ ...between, previous: emptied, release: { ...next, phase } });
    expect(text).toContain('The slot of revision 3 has held another version since');
    expect(text).not.toContain('patch');
  });

  it('between releases says that the journal has to follow, before the next one', () => {
    expect(writeHowto(between)).toContain('`streamgate rollback shop`: it makes revision 3 the live one');
    expect(writeHowto({ ...between, release: next })).toContain(
      'the next release, or `streamgate rollback shop`',
    );
  });

  it('says so when there is no other version', () => {
    expect(writeHowto({ ...between, previous: null })).toContain('There is no other revision to go back to.');
  });
});
