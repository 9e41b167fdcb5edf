import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Answer,
  judgeBaseline,
  judgeTraffic,
  type ProberTally,
  summariseTraffic,
} from '../../../src/load/index.ts';
import { answer, anyAnswer, facts, tallyOf } from './samples.ts';

const limits = { tolerance: 0, minRequests: 50 };
const good = (n: number): Answer[] => Array.from({ length: n }, (_, i) => answer({ id: `ok-${i}` }));
const judge = (
  answers: readonly Answer[],
  over: Partial<typeof limits> = {},
  tally: Partial<ProberTally> = {},
) => judgeTraffic(summariseTraffic(tallyOf(answers, tally), facts), { ...limits, ...over });

describe('the verdict on the traffic of a release', () => {
  it('passes when none failed, and says how much that proves', () => {
    expect(judge(good(1_240))).toEqual({
      verdict: 'pass',
      reason: '0 of 1,240 requests failed (95 % bound 0.25 %)',
    });
  });

  it('fails on one failed answer of the new version, and quotes it', () => {
    const bad = answer({
      id: 'run-7',
      class: 'status',
      status: 500,
      version: 'v2',
      detail: 'answered 500 "boom"',
    });
    const { verdict, reason } = judge([...good(99), bad]);
    expect(verdict).toBe('fail');
    expect(reason).toBe(
      '1 of 100 requests failed by the new version; the first one: status on a fresh connection, version v2: answered 500 "boom" (run-7)',
    );
  });

  it('fails on a request that the switch lost', () => {
    const { verdict, reason } = judge([...good(99), answer({ class: 'eof', version: null, doneAt: 5_100 })]);
    expect(verdict).toBe('fail');
    expect(reason).toContain('by the switch');
  });

  it('bears as many as the tolerance says', () => {
    const lost = [1, 2].map(() => answer({ class: 'eof', version: null, doneAt: 5_100 }));
    expect(judge([...good(98), ...lost], { tolerance: 2 })).toEqual({
      verdict: 'pass',
      reason: '2 of 100 requests failed (within the tolerance of 2)',
    });
    expect(judge([...good(98), ...lost], { tolerance: 1 }).verdict).toBe('fail');
  });

  it('does not hold failures of the stable version against the new one, but names them', () => {
    const { verdict, reason } = judge([...good(99), answer({ class: 'eof', version: null, doneAt: 4_000 })]);
    expect(verdict).toBe('pass');
    expect(reason).toContain('1 more failed by the stable version');
  });

  it('is inconclusive with too few requests', () => {
    expect(judge(good(49)).verdict).toBe('inconclusive');
  });
});

describe('a measurement that cannot be trusted is invalid', () => {
  it.each([
    ['a request is missing from the account', good(100), { planned: 101 }, 'cannot be trusted'],
    ['one too many is', good(100), { planned: 99 }, 'cannot be trusted'],
    ['nothing was sent', [], {}, 'nothing was measured'],
    [
      'more than 1 % failed on our side',
      [...good(98), answer({ class: 'own-side' }), answer({ class: 'own-side' })],
      {},
      'side of the prober',
    ],
    ['the prober was late', good(100).map((one) => ({ ...one, sentAt: 2_500 })), {}, 'too slow'],
  ])('when %s', (_what, answers, tally, reason) => {
    const judgement = judge(answers, {}, tally);
    expect(judgement.verdict).toBe('invalid');
    expect(judgement.reason).toContain(reason);
  });

  it('but not for a single failure of our own among many', () => {
    const { verdict, reason } = judge([...good(200), answer({ class: 'own-side', version: null })]);
    expect(verdict).toBe('pass');
    expect(reason).toBe(
      '0 of 200 requests failed (95 % bound 1.5 %; 1 more failed on the side of the prober)',
    );
  });

  it('never passes with a failure that counts, and never without enough requests', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 120 }), (answers) => {
        const traffic = summariseTraffic(tallyOf(answers), facts);
        const { verdict } = judgeTraffic(traffic, limits);
        const { candidate = 0, switch: atSwitch = 0 } = traffic.byAttribution;
        if (verdict === 'pass') {
          expect(candidate + atSwitch).toBe(0);
          expect(answers.length).toBeGreaterThanOrEqual(limits.minRequests);
        }
        if (verdict === 'fail') expect(candidate + atSwitch).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the baseline', () => {
  it('passes when every request was answered', () => {
    expect(judgeBaseline(good(20))).toEqual({
      verdict: 'pass',
      reason: '20 of 20 requests answered before the switch',
    });
  });

  it('is invalid when it is empty', () => {
    expect(judgeBaseline([]).verdict).toBe('invalid');
  });

  it('is invalid when it is not clean, with the failing answer', () => {
    const { verdict, reason } = judgeBaseline([
      ...good(3),
      answer({ id: 'run-3', class: 'status', status: 503, detail: 'answered 503 "no"' }),
    ]);
    expect(verdict).toBe('invalid');
    expect(reason).toContain('1 of 4 requests failed before anything was changed');
    expect(reason).toContain('answered 503 "no"');
  });

  it('says when the prober itself was the trouble', () => {
    const { reason } = judgeBaseline([
      answer({ class: 'own-side', version: null, detail: 'getaddrinfo ENOTFOUND' }),
    ]);
    expect(reason).toContain('on the side of the prober');
  });

  describe('of redirects', () => {
    const redirect = (change: Partial<Answer> = {}) =>
      answer({ status: 308, version: null, detail: '308 to https://shop.example.com/', ...change });

    it('is invalid when none names a version: an edge may give them without the app', () => {
      const { verdict, reason } = judgeBaseline([redirect(), redirect({ status: 302 })]);
      expect(verdict).toBe('invalid');
      expect(reason).toContain(
        'each of 2 requests was answered by a redirect that names no version (308 to https://shop.example.com/)',
      );
      expect(reason).toContain('`probe-url`');
    });

    it('passes when an answer is known to be of the app: it names its version, or is no redirect', () => {
      expect(judgeBaseline([redirect(), redirect({ version: 'v1' })]).verdict).toBe('pass');
      expect(judgeBaseline([redirect(), answer({ version: null })]).verdict).toBe('pass');
    });

    it('with failures among them is told by those', () => {
      const reset = answer({ class: 'reset', status: null, version: null, detail: 'read ECONNRESET' });
      expect(judgeBaseline([redirect(), reset]).reason).toContain('1 of 2 requests failed');
    });
  });
});
