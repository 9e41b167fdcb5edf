import { smokeChecks } from './smoke-checks.ts';

/** Inputs that several commands share, so that they mean the same everywhere. */
export const app = {
  kind: 'string',
  required: true,
  description: 'Name of the app: of its Deployment and of the Service that callers use.',
  shape: 'a DNS label: lower-case letters, digits and `-`, at most 50 characters',
  pattern: /[a-z]([a-z0-9-]{0,48}[a-z0-9])?/,
  maxLength: 50,
  example: 'shop',
} as const;

export const namespace = {
  kind: 'string',
  default: 'default',
  description: 'Namespace of the app.',
  shape: 'a DNS label: lower-case letters, digits and `-`, at most 63 characters',
  pattern: /[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/,
  maxLength: 63,
  example: 'production',
} as const;

export const kubeconfig = {
  kind: 'secret',
  orFile: true,
  description:
    'How to reach the cluster: the path of a kubeconfig file, or its whole content from a secret. ' +
    'When not given: `$KUBECONFIG`, then `~/.kube/config`, then the service account of the pod that this runs in.',
  example: '.kube/config',
} as const;

export const context = {
  kind: 'string',
  description: 'Context of the kubeconfig to use instead of its current one.',
  example: 'production',
} as const;

export const reportDir = {
  kind: 'string',
  description:
    'Directory for the evidence (JSON) and the report (HTML). ' +
    'When not given: a folder of its own for each run, below the temporary directory of the runner, or below `./streamgate-report` on a terminal.',
  example: 'reports/release',
} as const;

export const publishLogs = {
  kind: 'boolean',
  default: 'false',
  description:
    'Show the last log lines of a failed version in the job summary and the terminal as well. They may hold secrets; otherwise they stand in the evidence and the report only.',
} as const;

export const lockTimeout = {
  kind: 'duration',
  default: '5m',
  min: '0s',
  max: '1h',
  description: 'How long to wait for another release of the same app to end.',
  example: '10m',
} as const;

export const leaseDuration = {
  kind: 'duration',
  default: '30s',
  min: '5s',
  max: '10m',
  description:
    'How long this run may give no sign of life before another one takes it for dead, takes its lock over and goes on or reverses. ' +
    'Longer suits a network that is often away, shorter gets a killed release out of the way sooner.',
  example: '1m',
} as const;

export const rollbackBudget = {
  kind: 'duration',
  default: '2m',
  min: '1s',
  max: '6h',
  description:
    'How long it may take until the older version has all the traffic again. The evidence says whether that was met; nothing is cut off.',
  example: '30s',
} as const;

export const route = {
  kind: 'string',
  description:
    'Name of the HTTPRoute that sends traffic to the app. When not given: every HTTPRoute of the namespace whose backend is the Service of the app.',
  shape: 'the name of an HTTPRoute',
  pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
  example: 'shop',
} as const;

export const smoke = {
  kind: 'yaml',
  schema: smokeChecks,
  shape: 'a list of checks like `{ path: /healthz, status: 200 }`',
  description:
    'HTTP checks that every pod of the new version must pass, besides those derived from its probes and ports. ' +
    'A check may have `name`, `path`, `port`, `scheme`, `method`, `headers`, `body`, and of the answer `status`, `contains`, ' +
    '`matches` (regular expression), `jsonpath` (path: wanted value), `header` and `within` (a duration). ' +
    'What is good is asked again, and then has to stay good: `answers` says how often in all (10 for GET and HEAD, else 1), ' +
    'within 3 s.',
  example: '- path: /api/cart\n  status: 200\n  contains: items\n  within: 500ms',
} as const;

export const smokeTimeout = {
  kind: 'duration',
  default: '1m',
  min: '1s',
  max: '30m',
  description: 'By when all checks must have passed. Until then a failing one is tried again.',
  example: '2m',
} as const;
