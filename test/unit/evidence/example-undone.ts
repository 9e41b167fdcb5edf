import { sealEvidence } from '../../../src/evidence/index.ts';
import { answers, handOver, instant, side, steps, traffic } from './example-parts.ts';
import { baselinePassed, common, release, smokePassed } from './examples.ts';

/** Healthy in its smoke test, errors under real traffic, undone by itself. */
export const undoneUnderTraffic = sealEvidence({
  ...common,
  verdict: 'fail',
  outcome: 'Aborted',
  reason: 'v4 answered 36 requests with 500 after the switch; everything was undone, v2 answers again.',
  durationMs: 24_200,
  release: { ...release, candidate: side('blue', 9, 'v4'), stable: side('green', 8, 'v2') },
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 130, 'token 10'],
    ['prepare', 'Prepare shop-blue with 3 pods', 'undone', 300, 'scaled back to 0'],
    ['candidate-ready', 'Wait until shop-blue is ready', 'done', 4_600, '3 of 3 pods ready'],
    ['smoke', 'Smoke-test shop-blue', 'done', 700, '6 of 6 checks passed'],
    ['baseline', 'Measure the baseline on shop-green', 'done', 5_000, '0 of 1,000 failed'],
    ['weights', 'Move the weights of route shop', 'undone', 90, 'back to 100 % shop-green'],
    ['weights-converged', 'Wait until v4 answers alone', 'failed', 2_700, '36 answers with 500'],
    ['entry', 'Point Service shop at blue', 'skipped', 0],
    ['back', 'Wait until v2 answers alone', 'done', 1_900, '40 answers of v2 in a row'],
  ),
  gates: [
    { ...smokePassed, reason: 'All 6 checks on 3 pods of shop-blue answered as wanted.' },
    baselinePassed,
    {
      gate: 'traffic',
      verdict: 'fail',
      reason: '37 requests failed for v4 or the switch; the first answer: 500 {"error":"nil cart"}',
      observations: [
        {
          name: 'failed requests of the candidate and the switch',
          ok: false,
          seen: '37 of 3,200',
          wanted: '0',
          detail: '500 {"error":"nil cart"}',
        },
      ],
      startedAt: instant(10_900),
      durationMs: 2_700,
    },
  ],
  traffic: traffic({
    planned: 3_200,
    failed: 41,
    byClass: { ok: 3_159, status: 36, reset: 1, 'own-side': 4 },
    byAttribution: { candidate: 36, switch: 1, 'own-side': 4 },
    byVersion: [
      answers('v2', 'stable', 'kept', 1_151, [6_003, 21_990]),
      answers('v2', 'stable', 'fresh', 1_162, [6_011, 21_996]),
      answers('v4', 'candidate', 'kept', 440, [10_990, 15_402], 20),
      answers('v4', 'candidate', 'fresh', 442, [10_940, 15_391], 16),
    ],
    cutoverMs: null,
    bins: handOver({
      slices: 64,
      perSlice: 50,
      from: 19,
      to: 26,
      back: 37,
      failing: (slice) => (slice > 19 && slice < 37 ? (slice * 7) % 5 : 0),
    }),
    failures: Array.from({ length: 12 }, (_, index) => ({
      id: `9182736450-${1_004 + index * 13}`,
      at: instant(11_020 + index * 65),
      population: index % 2 === 0 ? ('kept' as const) : ('fresh' as const),
      class: index === 4 ? ('reset' as const) : ('status' as const),
      status: index === 4 ? null : 500,
      version: index === 4 ? null : 'v4',
      attribution: index === 4 ? ('switch' as const) : ('candidate' as const),
      detail: index === 4 ? 'read ECONNRESET' : '500 {"error":"nil cart"}',
    })),
  }),
  marks: [
    { at: instant(10_860), label: 'weights moved' },
    { at: instant(11_020), label: 'first failed request' },
    { at: instant(13_520), label: 'undo began' },
    { at: instant(15_402), label: 'last answer of v4' },
  ],
  failure: {
    code: 'Failed',
    message: 'v4 failed 36 requests with status 500 and 1 with a reset connection; the tolerance is 0.',
    remedy: 'Look for "nil cart" in the log of v4 below; the smoke test does not cover an empty cart.',
    evidence: [
      'shop-blue-5f7b-k8d2m | 14:03:16 ERROR checkout: nil cart (request 9182736450-1004)',
      'shop-blue-5f7b-k8d2m | goroutine 88 [running]:',
      'shop-blue-5f7b-k8d2m |   main.total(0x0)',
      'event Deployment/shop-blue: Scaled down replica set shop-blue-5f7b from 3 to 0',
    ],
  },
  next: 'streamgate status shop --namespace production',
});
