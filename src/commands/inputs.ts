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

export const force = {
  kind: 'boolean',
  default: 'false',
  description: 'Release even when the new version has the same template as the running one.',
} as const;

export const allowOlder = {
  kind: 'boolean',
  default: 'false',
  description:
    'Release even when something newer is live: a later run released it, or this commit is an ancestor of the released one, or the two have no order. Else an older commit ends `Superseded`.',
} as const;

export const githubToken = {
  kind: 'secret',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression that the runner evaluates
  default: '${{ github.token }}',
  description:
    'Token with which GitHub is asked how this commit stands to the released one; it takes `contents: read`. Without it, only the order of the workflow runs counts.',
} as const;

export const image = {
  kind: 'list',
  item: {
    kind: 'string',
    shape: 'an image, or `container=image` when the pod has several containers',
    pattern: /([a-z0-9]([a-z0-9-]*[a-z0-9])?=)?[\w][\w./:@-]*/,
  },
  maxItems: 20,
  quote: true,
  description:
    'Image to run instead of the one that the manifests name; `container=image` picks the container. ' +
    'A digest (`name@sha256:…`) is the only name that cannot come to mean something else.',
  example: 'ghcr.io/acme/shop:1.10.0',
} as const;

export const route = {
  kind: 'string',
  description:
    'Name of the HTTPRoute that sends traffic to the app. When not given: every HTTPRoute of the namespace whose backend is the Service of the app.',
  shape: 'the name of an HTTPRoute',
  pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
  example: 'shop',
} as const;

export const workload = {
  kind: 'string',
  description:
    'Name of the Deployment to release. When not given: the one with the name of the app, or the only one there is. ' +
    'Other workloads of the manifests are applied like everything else.',
  shape: 'the name of a Deployment',
  pattern: /[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/,
  example: 'web',
} as const;

export const service = {
  kind: 'string',
  description:
    "Name of the app's own Service, which the routes name. When not given: the one with the name of the app, or the only one that selects the Deployment. " +
    'Other Services that select it move together with this one.',
  shape: 'the name of a Service',
  pattern: /[a-z]([a-z0-9-]{0,61}[a-z0-9])?/,
  example: 'web',
} as const;

export const traffic = {
  kind: 'enum',
  values: ['auto', 'gateway', 'service'],
  default: 'auto',
  description:
    'What moves the traffic. `gateway`: the weights of HTTPRoutes. `service`: the selector of the Service of the app, for apps that callers ' +
    'reach without a route, or through an Ingress. `auto`: routes when any leads to the app, its Service otherwise.',
} as const;

export const drain = {
  kind: 'enum',
  values: ['keep', 'close'],
  default: 'keep',
  description:
    'What becomes of callers that keep a connection to a pod of the old version. `keep`: they stay there while it is warm, and are counted. ' +
    '`close`: once the new version is promoted the old pods are let go, which ends their connections; a rollback has to start them again.',
} as const;

export const drainDeadline = {
  kind: 'duration',
  default: '2m',
  min: '1s',
  max: '6h',
  description:
    'How long the old pods may take to go with `drain: close`; they get their SIGTERM and their grace period as ever.',
  example: '10m',
} as const;

export const probeUrl = {
  kind: 'string',
  description:
    'Address of the real entry point, as callers use it; it is asked all through the release to count lost requests.',
  shape: 'an `http://` or `https://` address',
  pattern: /https?:\/\/[^\s/?#]+[^\s#]*/,
  example: 'https://shop.example.com/health',
} as const;

export const probeHost = {
  kind: 'string',
  description: 'Host name to ask for when `probe-url` names an address instead of the public name.',
  shape: 'a host name, with a port when it is not the usual one',
  pattern: /[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?/,
  example: 'shop.example.com',
} as const;

export const probeRate = {
  kind: 'number',
  default: '10',
  min: 0.1,
  max: 1000,
  unit: 'requests/s',
  description:
    'How many requests per second are sent to the entry point. The more, the finer a loss is seen: none lost of N bounds the share by 3/N.',
  example: '50',
} as const;

export const probeFrom = {
  kind: 'enum',
  values: ['runner', 'cluster', 'none'],
  default: 'runner',
  description:
    '`runner`: from where this runs. `cluster`: from a short-lived pod, for a runner that cannot reach the service; it takes `probe-image`. ' +
    '`none`: nothing is asked, and the outcome says that loss was not measured.',
} as const;

export const probeImage = {
  kind: 'string',
  description:
    'Image of the pod that probes with `probe-from: cluster`: any with Node 20 or later. Nothing else in it is used.',
  shape: 'an image',
  pattern: /[\w][\w./:@-]*/,
  quote: true,
  example: 'docker.io/library/node:24-slim',
} as const;

export const versionHeader = {
  kind: 'string',
  default: 'x-version',
  description: 'Response header in which the app says its version. It proves which version answered.',
  shape: 'the name of a header',
  pattern: /[\w!#$%&'*+.^`|~-]+/,
  maxLength: 100,
  example: 'x-app-version',
} as const;

export const versionJsonpath = {
  kind: 'string',
  description: 'JSONPath into the answer in which the app says its version, instead of a header.',
  shape: 'a JSONPath to one value',
  pattern: /\$.+/,
  example: '$.build.version',
} as const;

export const tolerance = {
  kind: 'integer',
  default: '0',
  min: 0,
  unit: 'requests',
  description:
    'How many failed requests, attributable to the new version or to the switch, are put up with before the release is undone.',
  example: '2',
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
