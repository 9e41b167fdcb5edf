import fc from 'fast-check';
import type { Answer, ProberTally, TrafficFacts } from '../../../src/load/index.ts';

/** An answer that went well, with what the test is about replaced. */
export function answer(change: Partial<Answer> = {}): Answer {
  return {
    id: 'run-0',
    population: 'fresh',
    connection: null,
    plannedAt: 1_000,
    sentAt: 1_001,
    doneAt: 1_010,
    class: 'ok',
    status: 200,
    version: 'v1',
    detail: '',
    ...change,
  };
}

export function tallyOf(answers: readonly Answer[], change: Partial<ProberTally> = {}): ProberTally {
  return {
    startedAt: 1_000,
    startedAtEpoch: Date.UTC(2026, 0, 1),
    endedAt: Math.max(1_000, ...answers.map(({ doneAt }) => doneAt)),
    planned: answers.length,
    answers,
    inFlight: 0,
    ...change,
  };
}

/** A release from v1 to v2 whose switch began at 5,000. */
export const facts: TrafficFacts = {
  roleOf: (version) => (version === 'v1' ? 'stable' : version === 'v2' ? 'candidate' : 'unknown'),
  isOwn: (version) => version === 'v1' || version === 'v2',
  sidesKnown: true,
  switchedAt: 5_000,
  url: 'http://shop.example.com/',
  host: null,
  from: 'runner',
  versionSource: { kind: 'header', name: 'X-Version' },
  ratePerSecond: 10,
  keptConnections: null,
};

export const anyAnswer: fc.Arbitrary<Answer> = fc
  .record({
    id: fc.uuid(),
    population: fc.constantFrom('kept', 'fresh'),
    plannedAt: fc.integer({ min: 1_000, max: 90_000 }),
    lateMs: fc.integer({ min: 0, max: 50 }),
    tookMs: fc.integer({ min: 0, max: 3_000 }),
    class: fc.constantFrom(
      'ok',
      'ok',
      'ok',
      'status',
      'refused',
      'reset',
      'eof',
      'truncated',
      'timeout',
      'own-side',
    ),
    version: fc.constantFrom('v1', 'v2', 'v9', null),
  } as const)
  .map(({ lateMs, tookMs, ...rest }) => {
    const sentAt = rest.plannedAt + lateMs;
    const silent = rest.class === 'refused' || rest.class === 'own-side';
    return answer({
      ...rest,
      sentAt,
      doneAt: sentAt + tookMs,
      ...(silent ? { version: null, status: null } : {}),
    });
  });
