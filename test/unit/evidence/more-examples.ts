import { type Evidence, sealEvidence } from '../../../src/evidence/index.ts';
import { answers, handOver, instant, side, steps, traffic } from './example-parts.ts';
import { undoneUnderTraffic } from './example-undone.ts';
import { common, promoted, refusedBySmoke, release } from './examples.ts';

export const rolledBack = sealEvidence({
  ...common,
  command: 'rollback',
  verdict: 'pass',
  outcome: 'FastRolledBack',
  reason: 'v1 answers every request again; the last answer of v2 came 1.9 s after the start.',
  durationMs: 8_300,
  release: {
    ...release,
    strategy: 'rollback',
    candidate: side('blue', 7, 'v1'),
    stable: side('green', 8, 'v2'),
  },
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 90, 'token 11'],
    ['weights', 'Move the weights of route shop', 'done', 70, '100 % to shop-blue'],
    ['weights-converged', 'Wait until v1 answers alone', 'done', 1_740, '40 answers of v1 in a row'],
    ['entry', 'Point Service shop at blue', 'done', 60, 'selector slot=blue'],
    ['observe', 'Watch v1 under traffic', 'done', 6_000, '0 of 1,200 failed'],
  ),
  traffic: traffic({
    planned: 1_600,
    failed: 0,
    byClass: { ok: 1_600 },
    byAttribution: {},
    startedAt: instant(100),
    byVersion: [
      answers('v2', 'stable', 'kept', 170, [104, 1_905]),
      answers('v2', 'stable', 'fresh', 22, [107, 390]),
      answers('v1', 'candidate', 'kept', 630, [420, 8_090]),
      answers('v1', 'candidate', 'fresh', 778, [371, 8_095]),
    ],
    cutoverMs: 1_534,
    bins: handOver({ slices: 32, perSlice: 50, from: 1, to: 7 }),
  }),
  marks: [{ at: instant(160), label: 'weights moved' }],
});

/** Without a route: some callers keep a connection to a pod of the old version. */
export const bySelector = sealEvidence({
  ...promoted,
  reason: 'Revision 8 of shop (green) is live; 3 of 8 kept connections still talk to the old version',
  release: { ...release, mode: 'service' },
  traffic: traffic({
    planned: 1_600,
    failed: 0,
    byClass: { ok: 1_600 },
    byAttribution: {},
    byVersion: [
      answers('v1', 'stable', 'kept', 470, [104, 8_050]),
      answers('v1', 'stable', 'fresh', 372, [107, 3_410]),
      answers('v2', 'candidate', 'kept', 330, [3_420, 8_090]),
      answers('v2', 'candidate', 'fresh', 428, [3_371, 8_095]),
    ],
    cutoverMs: 39,
    keptConnections: { connections: 8, onAbandoned: 3, cut: 1 },
    bins: handOver({ slices: 32, perSlice: 50, from: 12, to: 14 }),
  }),
});

export const invalidBaseline = sealEvidence({
  ...common,
  verdict: 'invalid',
  outcome: 'Refused',
  reason:
    'The baseline on v1 failed 12 of 1,000 requests before anything moved, so no loss could be blamed on v2.',
  durationMs: 11_400,
  release,
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 120],
    ['prepare', 'Prepare shop-green with 3 pods', 'undone', 310, 'scaled back to 0'],
    ['candidate-ready', 'Wait until shop-green is ready', 'done', 4_700, '3 of 3 pods ready'],
    ['baseline', 'Measure the baseline on shop-blue', 'failed', 5_000, '12 of 1,000 failed'],
    ['weights', 'Move the weights of route shop', 'skipped', 0],
  ),
  gates: [
    {
      gate: 'baseline',
      verdict: 'invalid',
      reason: '12 of 1,000 requests to v1 failed: 502 "upstream connect error"',
      observations: [
        {
          name: 'failed requests',
          ok: false,
          seen: '12 of 1,000',
          wanted: '0',
          detail: '502 upstream connect error or disconnect/reset before headers',
        },
      ],
      startedAt: instant(6_000),
      durationMs: 5_000,
    },
  ],
  traffic: traffic({
    planned: 1_000,
    failed: 12,
    byClass: { ok: 988, status: 12 },
    byAttribution: { stable: 12 },
    byVersion: [
      answers('v1', 'stable', 'kept', 500, [6_004, 10_990], 6),
      answers('v1', 'stable', 'fresh', 500, [6_010, 10_994], 6),
    ],
    cutoverMs: null,
    bins: handOver({
      slices: 20,
      perSlice: 50,
      from: 99,
      to: 100,
      failing: (slice) => (slice % 5 === 0 ? 3 : 0),
    }),
  }),
  failure: {
    code: 'Refused',
    message: 'The stable version itself failed 12 of 1,000 requests in the baseline.',
    remedy: 'Find out why v1 answers 502, or allow it with a tolerance, and release again.',
    evidence: [],
  },
  next: 'kubectl -n production get pods,events -l app=shop',
});

export const planned = sealEvidence({
  ...common,
  verdict: 'pass',
  outcome: 'Planned',
  reason: 'A release of v2 would take about 35 s and change 6 objects; all permissions are there.',
  durationMs: 740,
  release: { ...release, candidate: { ...release.candidate, revision: 0 } },
  steps: steps(
    ['prepare', 'Prepare shop-green with 3 pods', 'planned', 300, 'changes 1 image'],
    ['candidate-ready', 'Wait until shop-green is ready', 'planned', 5_000],
    ['smoke', 'Smoke-test shop-green', 'planned', 1_000],
    ['weights', 'Move the weights of route shop', 'planned', 100],
    ['entry', 'Point Service shop at green', 'planned', 100],
  ),
  plan: {
    objects: [
      {
        object: 'Deployment production/shop-green',
        action: 'change',
        against: 'Deployment production/shop-blue, which is live',
        fields: [
          {
            path: 'spec.template.spec.containers[app].image',
            before: 'registry.example/shop:v1',
            after: 'registry.example/shop:v2',
          },
          {
            path: 'spec.template.spec.containers[app].env[DATABASE_URL].value',
            before: 'hash 5b1e99d2',
            after: 'hash 0c77af10',
          },
          {
            path: 'spec.template.spec.containers[app].env[CACHE].value',
            before: null,
            after: 'hash 9e0d12aa',
          },
        ],
      },
      {
        object: 'Service production/shop',
        action: 'change',
        against: null,
        fields: [{ path: 'spec.selector["streamgate.io/slot"]', before: 'blue', after: 'green' }],
      },
      { object: 'HTTPRoute production/shop', action: 'unchanged', against: null, fields: [] },
      { object: 'ConfigMap production/shop-settings', action: 'create', against: null, fields: [] },
    ],
    durationMs: 6_500,
    basis: 'estimate',
    capacity: [
      { role: 'stable', slot: 'blue', replicas: 3, cpuMillis: 750, memoryBytes: 402_653_184 },
      { role: 'candidate', slot: 'green', replicas: 3, cpuMillis: 750, memoryBytes: null },
    ],
    selectors: [
      {
        object: 'PodDisruptionBudget production/shop',
        effect: 'limits evictions',
        stable: true,
        candidate: true,
      },
      {
        object: 'NetworkPolicy production/allow-web',
        effect: 'limits connections',
        stable: true,
        candidate: false,
      },
    ],
    role: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: streamgate, namespace: production }\nrules:\n  - { apiGroups: ["apps"], resources: [deployments], verbs: [get] }\n',
    notes: ['ServiceMonitors may not be listed: whether one names the app was not seen.'],
  },
  next: 'streamgate bluegreen-deploy --app shop --namespace production --manifests deploy/ --mode deploy',
});

export const firstRelease = sealEvidence({
  ...common,
  verdict: 'pass',
  outcome: 'Promoted',
  reason: 'v1 is the first version of shop; nothing was there to take traffic from.',
  durationMs: 6_900,
  release: { ...release, candidate: side('blue', 1, 'v1'), stable: null },
  steps: steps(
    ['lock', 'Take the lock of shop', 'done', 140],
    ['prepare', 'Prepare shop-blue with 3 pods', 'done', 420],
    ['candidate-ready', 'Wait until shop-blue is ready', 'done', 5_200, '3 of 3 pods ready'],
    ['entry', 'Point Service shop at blue', 'done', 70],
  ),
  run: { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' },
});

/** Every example by name: what a test of any view goes through. */
export const allExamples: Readonly<Record<string, Evidence>> = {
  promoted,
  refusedBySmoke,
  undoneUnderTraffic,
  rolledBack,
  invalidBaseline,
  planned,
  bySelector,
  firstRelease,
};
