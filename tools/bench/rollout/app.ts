import type { JsonObject } from '../../../src/base/index.ts';

/** A version of the app that every tool releases: one image, told apart by its environment. */
export interface AppVersion {
  /** What it calls itself in `x-version`. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

export const good = (name: string): AppVersion => ({ name, env: {} });
/** Passes its readiness probe and answers half of all requests with 500. */
export const erring = (name: string): AppVersion => ({ name, env: { ERROR_RATE: '0.5' } });
/** Its readiness probe answers 503 for as long as anybody waits. */
export const stuck = (name: string): AppVersion => ({ name, env: { START_DELAY: '1h' } });

/** Where the app of one turn lives. */
export interface Place {
  readonly namespace: string;
  /** Name that the route of the app listens to. */
  readonly hostname: string;
  /** Image of the cluster's sample server. */
  readonly image: string;
  readonly replicas: number;
  /** How long a tool waits for pods that do not become ready. */
  readonly deadlineSeconds: number;
}

/** The same for every tool; said beside the table. */
export const readinessPeriodSeconds = 1;
export const preStopSeconds = 2;
/**
 * How long a tool waits for pods that do not become ready. Usually longer than Argo Rollouts keeps old pods (30 s): it calls
 * a rollout degraded whose old pods outlive its deadline (argoproj/argo-rollouts#3414).
 */
export const deadlineSeconds = { usual: 60, whenNeverReady: 20 } as const;

export const labels = { app: 'shop' };

export function podTemplate(
  place: Place,
  version: AppVersion,
  extra: Record<string, string> = {},
): JsonObject {
  return {
    metadata: {
      labels: { ...labels, version: version.name, ...extra },
      annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
    },
    spec: {
      terminationGracePeriodSeconds: 20,
      containers: [
        {
          name: 'app',
          image: place.image,
          env: Object.entries({ VERSION: version.name, ...version.env }).map(([name, value]) => ({
            name,
            value,
          })),
          ports: [{ name: 'http', containerPort: 8080 }],
          readinessProbe: {
            httpGet: { path: '/readyz', port: 'http' },
            periodSeconds: readinessPeriodSeconds,
          },
          lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } },
        },
      ],
    },
  };
}

export function deploymentOf(place: Place, version: AppVersion): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: place.namespace },
    spec: {
      replicas: place.replicas,
      progressDeadlineSeconds: place.deadlineSeconds,
      selector: { matchLabels: labels },
      template: podTemplate(place, version),
    },
  };
}

export function serviceOf(place: Place, name: string, selector: Record<string, string> = labels): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: place.namespace },
    spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

export function routeOf(place: Place, backend: string): JsonObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'shop', namespace: place.namespace },
    spec: {
      parentRefs: [{ name: 'web', namespace: 'default' }],
      hostnames: [place.hostname],
      rules: [{ backendRefs: [{ name: backend, port: 80 }] }],
    },
  };
}
