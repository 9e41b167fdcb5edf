import { describe, expect, it } from '@jest/globals';
import { isInFlight, newJournal, parseJournal, withStep } from '../../../src/release/journal/journal.ts';
import { firstRelease, shopNames } from '../../support/journals.ts';

const names = shopNames();
const journal = newJournal(names, 'acme/shop');
const release = firstRelease;

const refusalOf = (text: string): unknown => {
  try {
    return parseJournal(text, 'ConfigMap default/streamgate-shop');
  } catch (thrown) {
    return thrown;
  }
};

describe('a journal', () => {
  it('is read as it was written', () => {
    const written = { ...journal, token: 7, release };
    expect(parseJournal(JSON.stringify(written), 'x')).toEqual(written);
  });

  it('keeps what a later version of us added to it', () => {
    expect(parseJournal(JSON.stringify({ ...journal, later: 1 }), 'x')).toMatchObject({ later: 1 });
  });

  it('of a newer schema is refused, and told apart from a damaged one', () => {
    expect(refusalOf(JSON.stringify({ ...journal, schema: 'streamgate.journal/v2' }))).toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(
        'has schema streamgate.journal/v2; this version reads streamgate.journal/v1',
      ),
      remedy: expect.stringContaining('newer'),
    });
  });

  it.each([
    ['an empty text', ''],
    ['half of itself', JSON.stringify(journal).slice(0, 80)],
    ['no names', JSON.stringify({ ...journal, names: null })],
    ['no app', JSON.stringify({ ...journal, names: { ...names, app: 7 } })],
    ['one slot', JSON.stringify({ ...journal, names: { ...names, services: { blue: 'b' } } })],
    ['routes that are no list', JSON.stringify({ ...journal, names: { ...names, routes: 'shop' } })],
    ['a token that is no number', JSON.stringify({ ...journal, token: '7' })],
    ['half a revision', JSON.stringify({ ...journal, lastRevision: 1.5 })],
    ['a release without steps', JSON.stringify({ ...journal, release: { ...release, steps: undefined } })],
    ['no release at all, not even null', JSON.stringify({ ...journal, release: undefined })],
  ])('with %s is refused as damaged, with the way out', (_what, text) => {
    expect(refusalOf(text)).toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('The journal in ConfigMap default/streamgate-shop is damaged'),
      remedy: expect.stringContaining('howto'),
    });
  });

  it.each(['null', '[]', '3', '"text"'])('that is %s is refused', (text) => {
    expect(refusalOf(text)).toMatchObject({ code: 'Refused' });
  });
});

describe('the steps of a release', () => {
  const step = (id: string, state: 'doing' | 'done') => ({ id, state, before: null });

  it('keep their order when one changes its state', () => {
    const begun = withStep(withStep(release, step('a', 'doing')), step('b', 'doing'));
    expect(withStep(begun, step('a', 'done')).steps).toEqual([step('a', 'done'), step('b', 'doing')]);
  });
});

describe('a release in flight', () => {
  it.each([
    ['running', true],
    ['undoing', true],
    ['parked', true],
    ['promoted', false],
    ['retired', false],
    ['aborted', false],
    ['rolled-back', false],
  ] as const)('is one that is %s: %p', (phase, expected) => {
    expect(isInFlight({ ...release, phase })).toBe(expected);
  });

  it('is none where there is none', () => {
    expect(isInFlight(null)).toBe(false);
  });
});
