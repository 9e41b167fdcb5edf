import { type Evidence, sealEvidence } from '../../../src/evidence/index.ts';
import { answers, environment, handOver, instant, run, side, steps, traffic } from './example-parts.ts';

type Draft = Omit<Evidence, 'schema' | 'digest'>;

/** What the examples share unless they say otherwise. */
export const common = {
  command: 'bluegreen-deploy',
  startedAt: instant(0),
  run,
  gates: [],
  traffic: null,
  marks: [],
  warnings: [],
  failure: null,
  next: null,
  environment,
} satisfies Partial<Draft>;

export const release = {
  id: 'shop-20260314-140305-6f1d0c2',
  app: 'shop',
  namespace: 'production',
  strategy: 'blue-green',
  mode: 'gateway',
  candidate: side('green', 8, 'v2'),
  stable: side('blue', 7, 'v1'),
} as const;

export const smokePassed = {
  gate: 'smoke',
  verdict: 'pass',
  reason: 'All 6 checks on 3 pods of shop-green answered as wanted.',
  observations: ['b7x2k', 'm4qpz', 'z9w8d'].flatMap((pod) => [
    {
      name: `GET /healthz on pod shop-green-7d4f-${pod}`,
      ok: true,
      seen: '200 in 4 ms, version v2',
      wanted: '200 within 2 s, version v2',
      durationMs: 4,
      attempts: 1,
    },
    {
      name: `GET /checkout on pod shop-green-7d4f-${pod}`,
      ok: true,
      seen: '200 in 9 ms, version v2',
      wanted: '200 within 2 s, version v2',
      durationMs: 9,
      attempts: 1,
    },
  ]),
  startedAt: instant(5_200),
  durationMs: 640,
} as const;

export const baselinePassed = {
  gate: 'baseline',
  verdict: 'pass',
  reason: '1,000 requests to the stable version before the switch, none failed.',
  observations: [
    { name: 'failed requests', ok: true, seen: '0 of 1,000', wanted: '0' },
    { name: "prober's own lag, p99", ok: true, seen: '1.4 ms', wanted: 'below 50 ms' },
  ],
  startedAt: instant(6_000),
  durationMs: 5_000,
} as const;

export const promoted = sealEvidence({
  ...common,
  verdict: 'pass',
  outcome: 'Promoted',
  reason: 'v2 answers every request since 14:03:20.482 UTC; none of 6,000 requests failed during the switch.',
  durationMs: 36_400,
  release,
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 120, 'token 8'],
    ['prepare', 'Prepare shop-green with 3 pods', 'done', 310, 'revision 8'],
    ['candidate-ready', 'Wait until shop-green is ready', 'done', 4_700, '3 of 3 pods ready'],
    ['smoke', 'Smoke-test shop-green', 'done', 640, '6 of 6 checks passed'],
    ['baseline', 'Measure the baseline on shop-blue', 'done', 5_000, '0 of 1,000 failed'],
    ['weights', 'Move the weights of route shop', 'done', 90, '100 % to shop-green'],
    ['weights-converged', 'Wait until v2 answers alone', 'done', 3_900, '40 answers of v2 in a row'],
    ['entry', 'Point Service shop at green', 'done', 60, 'selector slot=green'],
    ['entry-converged', 'Wait until the entry has converged', 'done', 1_480, '3 of 3 endpoints'],
    ['observe', 'Watch v2 under traffic', 'done', 20_000, '0 of 4,012 failed'],
    ['retire', 'Keep shop-blue warm for 10 min', 'done', 60, '3 pods stay'],
  ),
  gates: [
    smokePassed,
    baselinePassed,
    {
      gate: 'traffic',
      verdict: 'pass',
      reason: '0 of 6,000 requests failed.',
      observations: [{ name: 'failed requests', ok: true, seen: '0 of 6,000', wanted: '0' }],
      startedAt: instant(11_000),
      durationMs: 25_000,
    },
  ],
  traffic: traffic({
    planned: 6_000,
    failed: 0,
    byClass: { ok: 6_000 },
    byAttribution: {},
    byVersion: [
      answers('v1', 'stable', 'kept', 706, [6_004, 15_362]),
      answers('v1', 'stable', 'fresh', 694, [6_009, 14_880]),
      answers('v2', 'candidate', 'kept', 2_294, [11_171, 36_002]),
      answers('v2', 'candidate', 'fresh', 2_306, [11_044, 35_998]),
    ],
    cutoverMs: 4_318,
    bins: handOver({ slices: 120, perSlice: 50, from: 20, to: 37 }),
  }),
  marks: [
    { at: instant(10_770), label: 'weights moved' },
    { at: instant(14_760), label: 'entry moved' },
    { at: instant(16_300), label: 'converged' },
  ],
  warnings: ['PodDisruptionBudget shop allows 0 disruptions: a drain of a node would wait.'],
});

const refusedAnswer = '{"error":"cannot reach payments","detail":"dial tcp 10.3.0.9:443: i/o timeout"}';

export const refusedBySmoke = sealEvidence({
  ...common,
  verdict: 'fail',
  outcome: 'Aborted',
  reason:
    'The smoke test of v3 failed on all 3 pods: GET /checkout answered 503. The stable v2 was not touched.',
  durationMs: 9_800,
  release: { ...release, candidate: side('blue', 9, 'v3'), stable: side('green', 8, 'v2') },
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 110, 'token 9'],
    ['prepare', 'Prepare shop-blue with 3 pods', 'undone', 320, 'scaled back to 0'],
    ['candidate-ready', 'Wait until shop-blue is ready', 'done', 4_900, '3 of 3 pods ready'],
    ['smoke', 'Smoke-test shop-blue', 'failed', 2_400, 'GET /checkout answered 503'],
    ['weights', 'Move the weights of route shop', 'skipped', 0],
    ['entry', 'Point Service shop at blue', 'skipped', 0],
    ['observe', 'Watch v3 under traffic', 'skipped', 0],
  ),
  gates: [
    {
      gate: 'smoke',
      verdict: 'fail',
      reason: `GET /checkout on pod shop-blue-6c9d-x2x answered 503: ${refusedAnswer}`,
      observations: [
        {
          name: 'GET /checkout on pod shop-blue-6c9d-x2x',
          ok: false,
          seen: '503 in 2.0 s',
          wanted: '200 within 2 s, version v3',
          detail: refusedAnswer,
          durationMs: 2_012,
          attempts: 3,
        },
        {
          name: 'GET /healthz on pod shop-blue-6c9d-x2x',
          ok: true,
          seen: '200 in 3 ms, version v3',
          wanted: '200 within 2 s, version v3',
        },
      ],
      startedAt: instant(5_370),
      durationMs: 2_400,
    },
  ],
  failure: {
    code: 'Failed',
    message: 'shop-blue failed its smoke test: GET /checkout answered 503 (wanted 200) after 3 attempts.',
    remedy: 'Read the answer and the log below, fix v3 and release again. Nothing has to be cleaned up.',
    evidence: ['event Pod/shop-blue-6c9d-x2x: Started container app'],
    logs: [
      'shop-blue-6c9d-x2x | 14:03:11 INFO  listening on :8080, version v3',
      'shop-blue-6c9d-x2x | 14:03:12 ERROR payments: dial tcp 10.3.0.9:443: i/o timeout',
      `shop-blue-6c9d-x2x | 14:03:12 WARN  GET /checkout 503 ${refusedAnswer}`,
    ],
  },
  next: 'kubectl -n production logs -l streamgate.io/slot=blue,app=shop --previous=false --tail=100',
});
