import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Answer, countCut, countKept } from '../../../src/load/index.ts';
import { answer, anyAnswer, facts } from './samples.ts';

/** An answer on a kept connection, in a release from v1 to v2 whose switch began at 5,000. */
function kept(connection: number, change: Partial<Answer> = {}): Answer {
  return answer({ population: 'kept', connection, ...change });
}
const silent = { class: 'eof', status: null, version: null } as const;
const after = { sentAt: 6_000, doneAt: 6_001 } as const;

describe('the kept connections', () => {
  it('talk to whom answered on them last', () => {
    const answers = [
      kept(0),
      kept(1),
      kept(2),
      kept(0, after),
      kept(1, { ...after, version: 'v2' }),
      kept(2, { ...after, version: 'v2' }),
    ];
    expect(countKept(answers, facts)).toEqual({ connections: 3, onAbandoned: 1, cut: 0 });
  });

  it('are none where each request opens one', () => {
    expect(countKept([answer(), answer()], facts)).toEqual({ connections: 0, onAbandoned: 0, cut: 0 });
    expect(countKept([], facts)).toEqual({ connections: 0, onAbandoned: 0, cut: 0 });
  });

  it('are gone where no answer came', () => {
    const answers = [kept(0), kept(1), kept(0, { ...after, ...silent }), kept(1, after)];
    expect(countKept(answers, facts)).toEqual({ connections: 1, onAbandoned: 1, cut: 1 });
  });

  it('are open after an answer that only looks bad', () => {
    const bad = { class: 'status', status: 503, version: 'v2' } as const;
    expect(countKept([kept(0, { ...after, ...bad })], facts)).toEqual({
      connections: 1,
      onAbandoned: 0,
      cut: 0,
    });
  });

  it('are not those that were closed while idle: they are used in turn, so one of a round before is gone', () => {
    const answers = [kept(0), kept(1), kept(1, after), kept(2, { ...after, version: 'v2' })];
    // Three were ever opened, and among the last three answers there is none of the first.
    expect(countKept(answers, facts)).toEqual({ connections: 2, onAbandoned: 1, cut: 0 });
  });

  it('are not known to be on either side when versions cannot be told apart', () => {
    expect(countKept([kept(0)], { ...facts, sidesKnown: false })).toBeNull();
  });

  it('that speak of a third version are on neither side', () => {
    expect(countKept([kept(0, { version: 'v9' }), kept(1, { version: null })], facts)).toEqual({
      connections: 2,
      onAbandoned: 0,
      cut: 0,
    });
  });
});

describe('a request that was cut', () => {
  it.each<readonly [string, number, Partial<Answer>]>([
    ['nobody answered it after the switch had begun', 1, { ...after, ...silent }],
    ['it had been sent before', 1, { sentAt: 4_999, doneAt: 5_001, ...silent }],
    ['it ended before the switch', 0, { doneAt: 4_999, ...silent }],
    ['it had a connection of its own', 0, { ...after, ...silent, population: 'fresh', connection: null }],
    ['a bad answer came', 0, { ...after, class: 'status', status: 500 }],
    ['our own machine failed', 0, { ...after, ...silent, class: 'own-side' }],
  ])('is one when %s: %i', (_when, count, change) => {
    expect(countCut([kept(0, change)], facts)).toBe(count);
  });

  it('is none as long as nothing was switched', () => {
    expect(countCut([kept(0, { ...after, ...silent })], { ...facts, switchedAt: null })).toBe(0);
  });
});

const anyKept = fc.tuple(anyAnswer, fc.integer({ min: 0, max: 6 })).map(
  ([given, connection]): Answer => ({
    ...given,
    connection: given.population === 'kept' ? connection : null,
  }),
);

describe('whatever happened', () => {
  it('no more are on the abandoned side than are open, nor more open than were ever used', () => {
    fc.assert(
      fc.property(fc.array(anyKept, { maxLength: 60 }), (answers) => {
        const counted = countKept(answers, facts);
        const ever = new Set(answers.flatMap(({ connection }) => (connection === null ? [] : [connection])));
        expect(counted).not.toBeNull();
        const { connections, onAbandoned, cut } = counted ?? { connections: -1, onAbandoned: 0, cut: 0 };
        expect(onAbandoned).toBeLessThanOrEqual(connections);
        expect(connections).toBeLessThanOrEqual(ever.size);
        const silentOnes = answers.filter(
          ({ population, status }) => population === 'kept' && status === null,
        );
        expect(cut).toBeLessThanOrEqual(silentOnes.length);
      }),
    );
  });
});
