import type { KubeObject } from '../../../src/cluster/index.ts';

/** What is true of a set of manifests: it can be planned, with these parts, or it must be refused for this reason. */
export interface Expected {
  readonly app: string;
  readonly namespace: string;
  /** What the pods need and the manifests do not bring: whoever runs the place has made it. */
  readonly place: readonly KubeObject[];
  readonly answer:
    | {
        readonly kind: 'planned';
        readonly workload: string;
        readonly service: string;
        readonly followers: readonly string[];
        readonly routes: readonly string[];
        readonly others: number;
      }
    | { readonly kind: 'refused'; readonly because: string };
}

interface Parts {
  readonly workload?: string;
  readonly service?: string;
  readonly followers?: readonly string[];
  readonly routes?: readonly string[];
  readonly others?: number;
  readonly namespace?: string;
  readonly place?: readonly KubeObject[];
}

/** Names are those of the app, and nothing else is there, unless said otherwise. */
function planned(app: string, parts: Parts = {}): Expected {
  const {
    workload = app,
    service = app,
    followers = [],
    routes = [app],
    others = 0,
    namespace = 'default',
    place = [],
  } = parts;
  return { app, namespace, place, answer: { kind: 'planned', workload, service, followers, routes, others } };
}

function refused(app: string, because: string, namespace = 'default'): Expected {
  return { app, namespace, place: [], answer: { kind: 'refused', because } };
}

function account(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } };
}

function secret(name: string, key: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: { [key]: 'eA==' } };
}

/** The selector of the Service is what moves its traffic. */
const noRoute = { routes: [] } as const;
const noProbe = (name: string) => `Deployment ${name} has no readinessProbe`;
const unknown = (kind: string, version: string) => `The cluster does not know ${kind} in ${version}`;

/** One line for each folder below `test/data/manifests`; found by reading the manifests, not by running anything. */
export const expectedAnswers: Readonly<Record<string, Expected>> = {
  'addon-with-https-probe': planned('meter', { others: 3, namespace: 'kube-system', ...noRoute }),
  'anchors-and-merge-keys': planned('shop'),
  'another-namespace': refused('shop', 'Deployment shop names namespace production'),
  'autoscaled-exec-probes': planned('shop', noRoute),
  'autoscaler-of-an-old-version': planned('shop'),
  'balancer-beside-the-service': planned('frontend', { followers: ['frontend-external'] }),
  'bare-minimum': refused('vote', noProbe('vote')),
  'controller-that-must-be-alone': refused('names-sync', 'Deployment names-sync has strategy Recreate'),
  'custom-resource-with-its-definition': planned('shop', { others: 2 }),
  'custom-resource-without-its-definition': refused(
    'shop',
    unknown('ServiceMonitor', 'monitoring.coreos.com/v1'),
  ),
  'dashboard-with-scraper': refused('board', noProbe('board'), 'board'),
  'demo-shop-front-end': planned('front-end', { namespace: 'socks', ...noRoute }),
  'deployment-of-an-old-version': planned('shop'),
  'external-database': planned('shop', { others: 1 }),
  'four-ports-and-a-budget': planned('relay', {
    service: 'relay-service',
    place: [account('controller')],
  }),
  'gateway-quickstart': refused('echo', noProbe('echo')),
  'gateway-quickstart-with-probe': planned('echo', { others: 3 }),
  'grpc-service-and-its-store': planned('cart', { others: 3 }),
  guestbook: planned('front', { others: 4 }),
  'headless-exporter': planned('state-exporter'),
  'hub-with-fractional-cpu': planned('grid-hub'),
  'identity-provider': planned('idp', {
    others: 4,
    namespace: 'idp',
    place: [secret('idp-client', 'client-secret')],
  }),
  ingress: planned('shop', { others: 1, ...noRoute }),
  'job-with-a-generated-name': refused('shop', 'Job shop-migrate-… has no name of its own'),
  'json-list': planned('shop'),
  'kustomize-base': refused('hello', 'kustomization.yaml:1: this is for kustomize'),
  'kustomize-resources-only': planned('hello', {
    workload: 'the-deployment',
    service: 'the-service',
    routes: ['the-route'],
    others: 1,
  }),
  'list-of-everything': planned('shop', { others: 1 }),
  'many-optional-settings': planned('console', { place: [account('console')] }),
  'migration-and-nightly-job': planned('shop', { others: 2 }),
  'model-server': refused('model', noProbe('model-deployment')),
  'name-server': planned('names', { others: 2, ...noRoute }),
  'network-policy': planned('adapter', { others: 1 }),
  'node-agent': refused('agent', 'DaemonSet agent cannot be released blue-green'),
  'quota-and-limits': planned('shop', { others: 3 }),
  'rendered-chart-of-many': planned('front', { others: 6 }),
  'rendered-chart-behind-a-balancer': planned('edge-controller', {
    followers: ['edge-controller-admission'],
    others: 3,
  }),
  'rendered-chart-with-hooks': refused('edge-controller', 'takes port 443 of its node (hostPort)'),
  'replication-controller': refused('hello', 'ReplicationController hello cannot be released blue-green'),
  'route-of-an-old-version': refused('echo', unknown('HTTPRoute', 'gateway.networking.k8s.io/v1alpha2')),
  'sample-without-probes': refused('echo', noProbe('echo')),
  'scaled-to-zero': refused('shop', 'Deployment shop asks for 0 replicas'),
  'secrets-in-the-manifests': planned('shop', { others: 2 }),
  'selector-by-expressions': planned('shop'),
  'selector-with-a-typo': refused('clinic', 'Service clinic selects app=clini'),
  'service-of-another-group': refused('shop', unknown('Service', 'serving.knative.dev/v1')),
  'service-of-another-name': planned('web', { service: 'web-svc', others: 1, namespace: 'votes' }),
  'settings-from-elsewhere': refused('frontend', 'ConfigMap default/environment-config is not there'),
  'share-of-another-service': planned('shop', { others: 1 }),
  'sidecars-with-one-probe': planned('shop'),
  'site-with-a-disk': refused('blog', 'Deployment blog has strategy Recreate'),
  'stateful-app-and-its-database': refused('keys', 'StatefulSet keys cannot be released blue-green'),
  'store-with-a-queue': planned('store', { others: 7, ...noRoute }),
  'three-containers-no-probe': refused('prober', noProbe('prober')),
  'three-versions-one-service': refused(
    'reviews',
    'should hold one Deployment named reviews; found: reviews-v1, reviews-v2, reviews-v3',
  ),
  'tunnel-without-a-service': refused('tunnel', 'should hold one Service named tunnel; found: none'),
  'two-routes': planned('shop', { routes: ['shop-internal', 'shop-public'] }),
  'two-versions-one-service': refused(
    'hello',
    'should hold one Deployment named hello; found: hello-v1, hello-v2',
  ),
  'typed-list-in-other-namespaces': planned('watcher', { others: 2, place: [account('watcher')] }),
  'unrendered-template': refused('shop', 'unrendered-template/deployment.yaml'),
  'written-on-windows': planned('shop'),
};
