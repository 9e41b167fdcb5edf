/** Inputs of this command alone that say what is released, how its traffic moves, and what is put up with. */
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

export const tolerance = {
  kind: 'integer',
  default: '0',
  min: 0,
  unit: 'requests',
  description:
    'How many failed requests, attributable to the new version or to the switch, are put up with before the release is undone.',
  example: '2',
} as const;
