/** What is done to the Deployment, and what is waited for before its state is written down. */
export interface RolloutStep {
  readonly about: string;
  /** Merge patch of the Deployment. */
  readonly patch?: object;
  /** Through the scale subresource. */
  readonly scaleTo?: number;
  readonly until: Wait;
}

/**
 * complete: all pods are of the present template and available, and no others are left. stuck: the deadline has passed.
 * Otherwise: its sets want these numbers of pods, and so many are available.
 */
export type Wait = 'complete' | 'stuck' | { readonly sets: readonly number[]; readonly available: number };

/** One Deployment and what becomes of it. The first step creates it. */
export interface RolloutCase {
  readonly about: string;
  readonly spec: Readonly<Record<string, unknown>> & { readonly replicas: number };
  readonly steps: readonly RolloutStep[];
}

const image = (name: string) => ({
  spec: {
    template: {
      spec: { containers: [{ name: 'app', image: `localhost/${name}` }], terminationGracePeriodSeconds: 1 },
    },
  },
});
const [first, second, missing] = [image('sample:v1'), image('sample:v2'), image('none:v1')];
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
});
const created: RolloutStep = { about: 'created', until: 'complete' };
const updated: RolloutStep = { about: 'updated', patch: second, until: 'complete' };

export const rolloutCases: readonly RolloutCase[] = [
  { about: 'surge of one', spec: { replicas: 3, ...rolling(1, 0) }, steps: [created, updated] },
  { about: 'one unavailable', spec: { replicas: 3, ...rolling(0, 1) }, steps: [created, updated] },
  {
    about: 'a quarter each of five',
    spec: { replicas: 5, ...rolling('25%', '25%') },
    steps: [created, updated],
  },
  { about: 'two each of four', spec: { replicas: 4, ...rolling(2, 2) }, steps: [created, updated] },
  { about: 'all at once beside', spec: { replicas: 3, ...rolling('100%', 0) }, steps: [created, updated] },
  { about: 'recreate', spec: { replicas: 3, strategy: { type: 'Recreate' } }, steps: [created, updated] },
  {
    about: 'paused and resumed',
    spec: { replicas: 2, ...rolling(1, 0) },
    steps: [
      created,
      {
        about: 'paused with another template',
        patch: { spec: { paused: true, ...second.spec } },
        until: { sets: [2], available: 2 },
      },
      { about: 'scaled while paused', scaleTo: 3, until: { sets: [3], available: 3 } },
      { about: 'resumed', patch: { spec: { paused: false } }, until: 'complete' },
    ],
  },
  {
    about: 'stuck and taken back',
    spec: { replicas: 3, progressDeadlineSeconds: 4, ...rolling(1, 0) },
    steps: [
      created,
      { about: 'past its deadline', patch: missing, until: 'stuck' },
      { about: 'the template before', patch: first, until: 'complete' },
      { about: 'a third template', patch: second, until: 'complete' },
    ],
  },
  {
    about: 'stuck with some unavailable',
    spec: { replicas: 4, progressDeadlineSeconds: 4, ...rolling(1, 1) },
    steps: [created, { about: 'past its deadline', patch: missing, until: 'stuck' }],
  },
  {
    about: 'scaled in the middle',
    spec: { replicas: 4, progressDeadlineSeconds: 600, ...rolling(2, 0) },
    steps: [
      created,
      { about: 'half way', patch: missing, until: { sets: [4, 2], available: 4 } },
      { about: 'scaled up', scaleTo: 10, until: { sets: [8, 4], available: 8 } },
      { about: 'scaled down', scaleTo: 2, until: { sets: [2, 2], available: 2 } },
    ],
  },
  {
    about: 'scaled to nothing and back',
    spec: { replicas: 2 },
    steps: [
      created,
      { about: 'nothing', scaleTo: 0, until: 'complete' },
      { about: 'another template meanwhile', patch: second, until: 'complete' },
      { about: 'back', scaleTo: 2, until: 'complete' },
    ],
  },
  {
    about: 'labels and annotations',
    spec: { replicas: 1 },
    steps: [
      created,
      { about: 'a label of its own', patch: { metadata: { labels: { tier: 'web' } } }, until: 'complete' },
      {
        about: 'an annotation of the template',
        patch: { spec: { template: { metadata: { annotations: { restarted: 'now' } } } } },
        until: 'complete',
      },
    ],
  },
  {
    about: 'a short history',
    spec: { replicas: 1, revisionHistoryLimit: 0 },
    steps: [created, updated],
  },
  {
    about: 'available after a while',
    spec: { replicas: 2, minReadySeconds: 3, ...rolling(1, 0) },
    steps: [created, updated],
  },
];
