import type { Mutant } from '../mutant.ts';

const quotas = ['test/unit/sandbox/quotas.test.ts'];
const budgets = ['test/unit/sandbox/budgets.test.ts'];
const autoscaler = ['test/unit/sandbox/autoscaler.test.ts'];
const adoption = ['test/unit/sandbox/adoption.test.ts'];

/** Where the sandbox would be kinder than a cluster, and releases that cannot work would pass there. */
export const sandbox: readonly Mutant[] = [
  {
    id: 'sandbox-quota-for-nobody',
    harm: 'A release that a quota stops halfway looks good in the sandbox.',
    file: 'src/sandbox/quota.ts',
    find: 'if (exceeded.length === 0) return;',
    replace: 'if (exceeded.length >= 0) return;',
    killedBy: quotas,
  },
  {
    id: 'sandbox-quota-forgets-leaving-pods',
    harm: 'Room that the old pods still take is promised to the new ones.',
    file: 'src/sandbox/quota-usage.ts',
    find: 'Date.parse(metadata.deletionTimestamp) < nowMs',
    replace: 'Date.parse(metadata.deletionTimestamp) > 0',
    killedBy: quotas,
  },
  {
    id: 'sandbox-evicts-without-a-budget',
    harm: 'Pods that a budget protects are evicted.',
    file: 'src/sandbox/api/evict.ts',
    find: 'if (!isFree(pod)) spendBudget',
    replace: 'if (false) spendBudget',
    killedBy: budgets,
  },
  {
    id: 'sandbox-budget-counts-unready-pods',
    harm: 'A budget has room while half of its pods serve nobody.',
    file: 'src/sandbox/controllers/disruption-budget.ts',
    find: 'isReady(pod) &&',
    replace: 'pod !== undefined &&',
    killedBy: budgets,
  },
  {
    id: 'sandbox-autoscalers-share-pods',
    harm: 'Two autoscalers over the same pods go on, where a cluster stops both.',
    file: 'src/sandbox/controllers/autoscaler.ts',
    find: 'if (rivals.length < 2) return undefined;',
    replace: 'if (rivals.length >= 0) return undefined;',
    killedBy: autoscaler,
  },
  {
    id: 'sandbox-autoscaler-without-ceiling',
    harm: 'More pods are made than the autoscaler may.',
    file: 'src/sandbox/controllers/autoscaler-decision.ts',
    find: 'Math.min(limits.max, Math.max(limits.min, stabilized))',
    replace: 'Math.max(limits.min, stabilized)',
    killedBy: ['test/unit/sandbox/autoscaler-decision.test.ts'],
  },
  {
    id: 'sandbox-size-belongs-to-nobody',
    harm: 'An apply that fights with an autoscaler meets no conflict.',
    file: 'src/sandbox/controllers/scale-target.ts',
    find: 'metadata: { ...current.metadata, managedFields }',
    replace: 'metadata: { ...current.metadata }',
    killedBy: autoscaler,
  },
  {
    id: 'sandbox-template-labels-do-not-count',
    harm: 'An adoption that would restart every pod looks harmless.',
    file: 'src/sandbox/controllers/replica-sets.ts',
    find: 'labels: withoutKeys(labels, [hashLabel])',
    replace: 'labels: withoutKeys({}, [hashLabel])',
    killedBy: adoption,
  },
  {
    id: 'sandbox-ingress-at-once',
    harm: 'Nobody sees that a gateway follows an Ingress late.',
    file: 'src/sandbox/runtime/start-runtime.ts',
    find: 'const ingresses = watchLate(store, clock, delayMs,',
    replace: 'const ingresses = watchLate(store, clock, () => 0,',
    killedBy: ['test/unit/sandbox/ingress.test.ts'],
  },
  {
    id: 'sandbox-apply-creates-unasked',
    harm: 'A role that may patch but not create passes in the sandbox and fails on a cluster.',
    file: 'src/sandbox/api/patch.ts',
    find: "    requireAccess(api, { ...type, namespace: scope.namespace, name, subresource: '' }, 'create');\n",
    replace: '',
    killedBy: ['test/unit/sandbox/faults.test.ts'],
  },
  {
    id: 'sandbox-job-never-gives-up',
    harm: 'Work that fails is repeated for ever.',
    file: 'src/sandbox/controllers/job-progress.ts',
    find: 'counts.failed > backoffLimit || restarted',
    replace: 'restarted',
    killedBy: ['test/unit/sandbox/jobs.test.ts'],
  },
  {
    id: 'sandbox-unknown-app-counts-as-ready',
    harm: 'A release with a mistyped image is promoted in the sandbox.',
    file: 'src/sandbox/runtime/pod-worker.ts',
    find: 'const hasApp = images.some((image) => image !== undefined);',
    replace: 'const hasApp = images.length > 0;',
    killedBy: ['test/unit/sandbox/pods.test.ts'],
  },
];
