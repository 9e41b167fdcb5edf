import { corners } from './requests-corners.ts';
import { decoding } from './requests-decoding.ts';
import { existingApps } from './requests-existing-apps.ts';
import { watching } from './requests-watching.ts';

/**
 * One request of the table, in whose path and body `{ns}` is a namespace of the table's own, and `{version of ABOUT}` the
 * resourceVersion that an earlier answer had. Requests run in order.
 */
export interface TableRequest {
  /** What is to be seen; also the key of the recorded answer. */
  readonly about: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** An object, or a function of the body of an earlier answer. */
  readonly body?: unknown;
  readonly patch?: 'json' | 'merge' | 'strategic' | 'apply';
  readonly userAgent?: string;
  /** The answer is a stream of events, one a line. */
  readonly events?: true;
  /** Asked again while the answer is 404: a kind that was just defined is served a moment later. */
  readonly untilFound?: true;
  /** Where the real server's words are those of its program: only the status counts. */
  readonly loosely?: true;
}

const core = '/api/v1/namespaces/{ns}';
const apps = '/apis/apps/v1/namespaces/{ns}';
const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/{ns}/httproutes';
const leases = '/apis/coordination.k8s.io/v1/namespaces/{ns}/leases';

const labels = { app: 'shop' };
const container = {
  name: 'app',
  image: 'demo:1',
  ports: [{ containerPort: 8080 }],
  env: [
    { name: 'A', value: '1' },
    { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  ],
  readinessProbe: { httpGet: { port: 8080 } },
  lifecycle: { preStop: { sleep: { seconds: 2 } } },
  volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
};
const podSpec = {
  containers: [container],
  volumes: [{ name: 'scratch' }, { name: 'settings', configMap: { name: 'settings' } }],
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', labels },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'shop' },
  spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
};
const route = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop' },
  spec: {
    parentRefs: [{ name: 'web', namespace: 'default' }],
    hostnames: ['shop.test'],
    rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }],
  },
};
const config = (data: Readonly<Record<string, string>>, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', ...more },
  data,
});
const applied = (image: string, more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'app', image, ...more }] } },
  },
});
const byApply = (manager: string, force = false) =>
  `${apps}/deployments/web?fieldManager=${manager}${force ? '&force=true' : ''}`;

/** The rules that StreamGate leans on, one request each. */
export const table: readonly TableRequest[] = [
  {
    about: 'namespace: create',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: '{ns}' } },
  },
  {
    about: 'namespace: create again',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: '{ns}' } },
  },
  {
    about: 'namespace: bad name',
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: 'Bad.Name' } },
  },
  { about: 'namespace: default cannot go', method: 'DELETE', path: '/api/v1/namespaces/default' },
  {
    about: 'object in no namespace',
    method: 'POST',
    path: '/api/v1/namespaces/nowhere/configmaps',
    body: config({}),
  },
  { about: 'no such object', method: 'GET', path: `${apps}/deployments/none` },
  { about: 'no such kind', method: 'GET', path: `${apps}/gadgets` },
  { about: 'no such group', method: 'GET', path: '/apis/example.test/v1/gadgets' },
  { about: 'method on a wrong place', method: 'PUT', path: `${core}/configmaps`, body: config({}) },
  { about: 'create: other kind', loosely: true, method: 'POST', path: `${core}/configmaps`, body: service },
  {
    about: 'create: other namespace',
    method: 'POST',
    path: `${core}/configmaps`,
    body: config({}, { namespace: 'other' }),
  },
  { about: 'create: no name', method: 'POST', path: `${core}/configmaps`, body: { data: {} } },
  {
    about: 'create: resourceVersion',
    loosely: true,
    method: 'POST',
    path: `${core}/configmaps`,
    body: config({}, { resourceVersion: '7' }),
  },

  {
    about: 'configmap: dry run',
    method: 'POST',
    path: `${core}/configmaps?dryRun=All`,
    body: config({ a: '1' }),
  },
  { about: 'configmap: after dry run', method: 'GET', path: `${core}/configmaps/settings` },
  {
    about: 'configmap: create',
    method: 'POST',
    path: `${core}/configmaps`,
    body: config({ a: '1' }),
    userAgent: 'alice/1',
  },
  { about: 'configmap: create again', method: 'POST', path: `${core}/configmaps`, body: config({ a: '1' }) },
  {
    about: 'configmap: dry run of existing',
    method: 'POST',
    path: `${core}/configmaps?dryRun=All`,
    body: config({}),
  },
  {
    about: 'configmap: bad key',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { ...config({ 'a/b': '1' }), metadata: { name: 'x' } },
  },
  {
    about: 'configmap: bad label',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { metadata: { name: 'x', labels: { a: 'b c' } } },
  },
  {
    about: 'configmap: stale update',
    method: 'PUT',
    path: `${core}/configmaps/settings`,
    body: config({ a: '2' }, { resourceVersion: '1' }),
  },
  {
    about: 'configmap: wrong uid',
    loosely: true,
    method: 'PUT',
    path: `${core}/configmaps/settings`,
    body: config({ a: '2' }, { uid: 'nobody' }),
  },
  {
    about: 'configmap: wrong name',
    method: 'PUT',
    path: `${core}/configmaps/other`,
    body: config({ a: '2' }),
  },
  {
    about: 'configmap: update',
    method: 'PUT',
    path: `${core}/configmaps/settings`,
    body: config({ a: '2' }),
    userAgent: 'bob/1',
  },
  {
    about: 'configmap: bad dryRun',
    method: 'PUT',
    path: `${core}/configmaps/settings?dryRun=Some`,
    body: config({ a: '2' }),
  },
  {
    about: 'configmap: merge patch',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { data: { a: null, b: '3' } },
    userAgent: 'carol/1',
  },
  {
    about: 'configmap: merge patch renames',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { metadata: { name: 'x' } },
  },
  {
    about: 'configmap: merge patch of stale version',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { metadata: { resourceVersion: '1' }, data: { b: '4' } },
  },
  {
    about: 'json patch: test holds',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [
      { op: 'test', path: '/data/b', value: '3' },
      { op: 'add', path: '/data/c', value: '4' },
    ],
  },
  {
    about: 'json patch: test fails',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'test', path: '/data/b', value: '9' }],
  },
  {
    about: 'json patch: test of null on a missing field',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'test', path: '/data/zz', value: null }],
  },
  {
    about: 'json patch: replace of a missing field',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'replace', path: '/data/zz', value: '1' }],
  },
  {
    about: 'json patch: remove of a missing field',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'remove', path: '/data/none' }],
  },
  {
    about: 'json patch: add below a missing field',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'add', path: '/metadata/annotations/a', value: '1' }],
  },
  {
    about: 'json patch: move',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: [{ op: 'move', from: '/data/c', path: '/data/d' }],
  },
  {
    about: 'json patch: not a list',
    loosely: true,
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'json',
    body: { op: 'test' },
  },
  {
    about: 'json patch: of nothing',
    method: 'PATCH',
    path: `${core}/configmaps/none`,
    patch: 'json',
    body: [],
  },
  {
    about: 'list: label selector',
    method: 'GET',
    path: `${core}/configmaps?labelSelector=app%20in%20(shop),!x`,
  },
  {
    about: 'list: field selector',
    method: 'GET',
    path: `${core}/configmaps?fieldSelector=metadata.name=settings`,
  },
  { about: 'list: unknown field', method: 'GET', path: `${core}/configmaps?fieldSelector=data.b=1` },
  {
    about: 'list: bad label selector',
    loosely: true,
    method: 'GET',
    path: `${core}/configmaps?labelSelector=a%3D%3D%3Db`,
  },
  {
    about: 'immutable: seal',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { immutable: true },
  },
  {
    about: 'immutable: change',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { data: { b: '5' } },
  },
  {
    about: 'delete: wrong uid',
    method: 'DELETE',
    path: `${core}/configmaps/settings`,
    body: { preconditions: { uid: 'nobody' } },
  },
  {
    about: 'delete: wrong version',
    method: 'DELETE',
    path: `${core}/configmaps/settings`,
    body: { preconditions: { resourceVersion: '1' } },
  },
  {
    about: 'delete: dry run',
    method: 'DELETE',
    path: `${core}/configmaps/settings`,
    body: { dryRun: ['All'] },
  },
  { about: 'delete', method: 'DELETE', path: `${core}/configmaps/settings` },
  { about: 'delete: gone', method: 'DELETE', path: `${core}/configmaps/settings` },
  {
    about: 'secret: stringData',
    method: 'POST',
    path: `${core}/secrets`,
    body: { metadata: { name: 'key' }, stringData: { a: 'b' } },
  },
  {
    about: 'secret: type is fixed',
    method: 'PATCH',
    path: `${core}/secrets/key`,
    patch: 'merge',
    body: { type: 'other' },
  },

  { about: 'service: create', method: 'POST', path: `${core}/services`, body: service },
  {
    about: 'service: headless',
    method: 'POST',
    path: `${core}/services`,
    body: { metadata: { name: 'head' }, spec: { clusterIP: 'None', selector: labels } },
  },
  {
    about: 'service: bad name',
    method: 'POST',
    path: `${core}/services`,
    body: { ...service, metadata: { name: '9shop' } },
  },
  {
    about: 'service: no ports',
    method: 'POST',
    path: `${core}/services`,
    body: { metadata: { name: 'x' }, spec: {} },
  },
  {
    about: 'service: unnamed ports',
    method: 'POST',
    path: `${core}/services`,
    body: { metadata: { name: 'x' }, spec: { ports: [{ port: 80 }, { port: 81 }] } },
  },
  { about: 'service: update without address', method: 'PUT', path: `${core}/services/shop`, body: service },
  {
    about: 'service: other address',
    method: 'PATCH',
    path: `${core}/services/shop`,
    patch: 'merge',
    body: { spec: { clusterIP: '10.96.99.99', clusterIPs: ['10.96.99.99'] } },
  },
  {
    about: 'service: selector by json patch',
    method: 'PATCH',
    path: `${core}/services/shop`,
    patch: 'json',
    body: [
      { op: 'test', path: '/spec/selector', value: labels },
      { op: 'add', path: '/spec/selector/slot', value: 'blue' },
    ],
  },
  {
    about: 'service: strategic patch of ports',
    method: 'PATCH',
    path: `${core}/services/shop`,
    patch: 'strategic',
    body: {
      spec: {
        ports: [
          { port: 80, name: 'http' },
          { port: 81, name: 'more' },
        ],
      },
    },
  },

  { about: 'deployment: dry run', method: 'POST', path: `${apps}/deployments?dryRun=All`, body: deployment },
  {
    about: 'deployment: create',
    method: 'POST',
    path: `${apps}/deployments`,
    body: deployment,
    userAgent: 'alice/1',
  },
  {
    about: 'deployment: no selector',
    method: 'POST',
    path: `${apps}/deployments`,
    body: { metadata: { name: 'x' }, spec: { template: deployment.spec.template } },
  },
  {
    about: 'deployment: selector does not match',
    method: 'POST',
    path: `${apps}/deployments`,
    body: { metadata: { name: 'x' }, spec: { ...deployment.spec, selector: { matchLabels: { app: 'y' } } } },
  },
  {
    about: 'deployment: no containers',
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'x' },
      spec: { ...deployment.spec, template: { metadata: { labels }, spec: {} } },
    },
  },
  {
    about: 'deployment: bad container',
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'x' },
      spec: {
        ...deployment.spec,
        template: {
          metadata: { labels },
          spec: {
            containers: [
              { name: 'App' },
              { name: 'app', image: 'a', volumeMounts: [{ name: 'none', mountPath: '/x' }] },
            ],
          },
        },
      },
    },
  },
  {
    about: 'deployment: selector is fixed',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'merge',
    body: {
      spec: { selector: { matchLabels: { more: 'x' } }, template: { metadata: { labels: { more: 'x' } } } },
    },
  },
  {
    about: 'deployment: annotation',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'merge',
    body: { metadata: { annotations: { a: 'b' } } },
  },
  {
    about: 'deployment: label',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'merge',
    body: { metadata: { labels: { x: 'y' } } },
  },
  {
    about: 'deployment: strategic patch of env',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'strategic',
    body: {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'app',
                env: [
                  { name: 'C', value: '3' },
                  { name: 'A', $patch: 'delete' },
                ],
              },
            ],
          },
        },
      },
    },
  },
  {
    about: 'deployment: strategic patch of strategy',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'strategic',
    body: { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  },
  {
    about: 'deployment: status through the main resource',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'merge',
    body: { status: { replicas: 7 } },
  },
  {
    about: 'deployment: status',
    method: 'PATCH',
    path: `${apps}/deployments/shop/status`,
    patch: 'merge',
    body: { spec: { replicas: 9 }, status: { replicas: 1, observedGeneration: 1 } },
  },
  { about: 'scale: get', method: 'GET', path: `${apps}/deployments/shop/scale` },
  {
    about: 'scale: patch',
    method: 'PATCH',
    path: `${apps}/deployments/shop/scale`,
    patch: 'merge',
    body: { spec: { replicas: 4 } },
  },
  {
    about: 'scale: put',
    method: 'PUT',
    path: `${apps}/deployments/shop/scale`,
    body: {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'shop', namespace: '{ns}' },
      spec: { replicas: 5 },
    },
  },
  { about: 'deployment: after scale', method: 'GET', path: `${apps}/deployments/shop` },
  {
    about: 'deployment: update by dry run',
    method: 'PATCH',
    path: `${apps}/deployments/shop?dryRun=All`,
    patch: 'merge',
    body: { spec: { replicas: 6 } },
  },
  { about: 'deployment: list', method: 'GET', path: `${apps}/deployments?labelSelector=app%3Dshop` },
  {
    about: 'deployment: replace template',
    method: 'PATCH',
    path: `${apps}/deployments/shop`,
    patch: 'json',
    body: [
      {
        op: 'replace',
        path: '/spec/template',
        value: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'demo:latest' }] } },
      },
    ],
  },

  {
    about: 'apply: no manager',
    method: 'PATCH',
    path: `${apps}/deployments/web`,
    patch: 'apply',
    body: applied('demo:1'),
  },
  {
    about: 'apply: create',
    method: 'PATCH',
    path: byApply('alice'),
    patch: 'apply',
    body: applied('demo:1', {
      ports: [{ containerPort: 80 }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      readinessProbe: { httpGet: { port: 80 } },
    }),
  },
  {
    about: 'apply: same again',
    method: 'PATCH',
    path: byApply('alice'),
    patch: 'apply',
    body: applied('demo:1', {
      ports: [{ containerPort: 80 }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      readinessProbe: { httpGet: { port: 80 } },
    }),
  },
  {
    about: 'apply: fewer fields',
    method: 'PATCH',
    path: byApply('alice'),
    patch: 'apply',
    body: applied('demo:1', { env: [{ name: 'B', value: '2' }] }),
  },
  {
    about: 'apply: second manager agrees',
    method: 'PATCH',
    path: byApply('bob'),
    patch: 'apply',
    body: applied('demo:1'),
  },
  {
    about: 'apply: second manager conflicts',
    method: 'PATCH',
    path: byApply('bob'),
    patch: 'apply',
    body: applied('demo:2'),
  },
  {
    about: 'apply: second manager forces',
    method: 'PATCH',
    path: byApply('bob', true),
    patch: 'apply',
    body: applied('demo:2'),
  },
  {
    about: 'apply: first manager conflicts now',
    method: 'PATCH',
    path: byApply('alice'),
    patch: 'apply',
    body: applied('demo:1', { env: [{ name: 'B', value: '3' }] }),
  },
  {
    about: 'apply: sidecar of a third',
    method: 'PATCH',
    path: byApply('carol'),
    patch: 'apply',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: { team: 'c' } },
      spec: { template: { spec: { containers: [{ name: 'side', image: 's:1' }] } } },
    },
  },
  {
    about: 'apply: plain patch takes over',
    method: 'PATCH',
    path: `${apps}/deployments/web`,
    patch: 'strategic',
    userAgent: 'dave/1',
    body: { spec: { template: { spec: { containers: [{ name: 'side', image: 's:2' }] } } } },
  },
  {
    about: 'apply: conflict with a plain patch',
    method: 'PATCH',
    path: byApply('carol'),
    patch: 'apply',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { replicas: 3, template: { spec: { containers: [{ name: 'side', image: 's:3' }] } } },
    },
  },
  {
    about: 'apply: third takes all back',
    method: 'PATCH',
    path: byApply('carol'),
    patch: 'apply',
    body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
  },
  {
    about: 'apply: dry run',
    method: 'PATCH',
    path: `${byApply('bob')}&dryRun=All`,
    patch: 'apply',
    body: applied('demo:4'),
  },
  {
    about: 'apply: wrong name',
    method: 'PATCH',
    path: byApply('bob'),
    patch: 'apply',
    body: { ...applied('demo:4'), metadata: { name: 'x' } },
  },

  { about: 'route: create', method: 'POST', path: routes, body: route },
  {
    about: 'route: no port',
    method: 'POST',
    path: routes,
    body: { ...route, metadata: { name: 'x' }, spec: { rules: [{ backendRefs: [{ name: 'shop' }] }] } },
  },
  {
    about: 'route: negative weight',
    method: 'POST',
    path: routes,
    body: {
      ...route,
      metadata: { name: 'x' },
      spec: { rules: [{ backendRefs: [{ name: 'shop', port: 80, weight: -1 }] }] },
    },
  },
  {
    about: 'route: weights by json patch',
    method: 'PATCH',
    path: `${routes}/shop`,
    patch: 'json',
    body: [
      { op: 'test', path: '/spec/rules/0/backendRefs/0/weight', value: 1 },
      {
        op: 'replace',
        path: '/spec/rules/0/backendRefs',
        value: [
          { name: 'shop', port: 80, weight: 90 },
          { name: 'shop-green', port: 80, weight: 10 },
        ],
      },
    ],
  },
  {
    about: 'route: wrong weight',
    method: 'PATCH',
    path: `${routes}/shop`,
    patch: 'json',
    body: [{ op: 'test', path: '/spec/rules/0/backendRefs/0/weight', value: 1 }],
  },
  {
    about: 'route: strategic patch',
    method: 'PATCH',
    path: `${routes}/shop`,
    patch: 'strategic',
    body: { spec: {} },
  },
  { about: 'route: update without version', method: 'PUT', path: `${routes}/shop`, body: route },
  {
    about: 'route: apply',
    method: 'PATCH',
    path: `${routes}/shop?fieldManager=alice&force=true`,
    patch: 'apply',
    body: route,
  },
  {
    about: 'route: status',
    method: 'PATCH',
    path: `${routes}/shop/status`,
    patch: 'merge',
    body: { status: { parents: [] } },
  },
  { about: 'route: list', method: 'GET', path: routes },

  {
    about: 'lease: create',
    method: 'POST',
    path: leases,
    body: { metadata: { name: 'lock' }, spec: { holderIdentity: 'me', leaseDurationSeconds: 15 } },
  },
  {
    about: 'lease: bad duration',
    method: 'POST',
    path: leases,
    body: { metadata: { name: 'x' }, spec: { leaseDurationSeconds: 0 } },
  },
  {
    about: 'lease: update without version',
    method: 'PUT',
    path: `${leases}/lock`,
    body: { metadata: { name: 'lock' }, spec: { holderIdentity: 'you' } },
  },
  {
    about: 'revision: create',
    method: 'POST',
    path: `${apps}/controllerrevisions`,
    body: { metadata: { name: 'shop-1' }, revision: 1, data: { a: 1 } },
  },
  {
    about: 'revision: data is fixed',
    method: 'PATCH',
    path: `${apps}/controllerrevisions/shop-1`,
    patch: 'merge',
    body: { data: { a: 2 } },
  },
  {
    about: 'pdb: both',
    loosely: true,
    method: 'POST',
    path: '/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets',
    body: {
      metadata: { name: 'x' },
      spec: { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: labels } },
    },
  },
  {
    about: 'hpa: create',
    method: 'POST',
    path: '/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers',
    body: {
      metadata: { name: 'shop' },
      spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' } },
    },
  },
  {
    about: 'pod: create',
    method: 'POST',
    path: `${core}/pods`,
    body: {
      metadata: { name: 'one', labels },
      spec: { ...podSpec, containers: [{ ...container, resources: { limits: { cpu: '1' } } }] },
    },
  },
  {
    about: 'pod: spec is fixed',
    loosely: true,
    method: 'PATCH',
    path: `${core}/pods/one`,
    patch: 'merge',
    body: { spec: { restartPolicy: 'Never' } },
  },
  {
    about: 'pod: label',
    method: 'PATCH',
    path: `${core}/pods/one`,
    patch: 'json',
    body: [{ op: 'add', path: '/metadata/labels/slot', value: 'blue' }],
  },
  {
    about: 'pod: status',
    method: 'PATCH',
    path: `${core}/pods/one/status`,
    patch: 'strategic',
    body: {
      status: {
        phase: 'Running',
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            lastProbeTime: '2026-01-01T00:00:00Z',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
    },
  },
  { about: 'pod: by phase', method: 'GET', path: `${core}/pods?fieldSelector=status.phase%3DRunning` },
  { about: 'pod: delete without node', method: 'DELETE', path: `${core}/pods/one` },
  {
    about: 'finalizer: create',
    method: 'POST',
    path: `${core}/configmaps`,
    body: config({}, { finalizers: ['example.test/keep'] }),
  },
  { about: 'finalizer: delete', method: 'DELETE', path: `${core}/configmaps/settings` },
  { about: 'finalizer: waits', method: 'GET', path: `${core}/configmaps/settings` },
  {
    about: 'finalizer: remove',
    method: 'PATCH',
    path: `${core}/configmaps/settings`,
    patch: 'merge',
    body: { metadata: { finalizers: null } },
  },
  { about: 'finalizer: gone', method: 'GET', path: `${core}/configmaps/settings` },
  { about: 'deployment: delete', method: 'DELETE', path: `${apps}/deployments/shop` },
  {
    about: 'deployment: foreground',
    method: 'DELETE',
    path: `${apps}/deployments/web`,
    body: { propagationPolicy: 'Foreground' },
  },
  {
    about: 'review',
    loosely: true,
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'get', resource: 'pods', namespace: '{ns}' } },
    },
  },
  ...existingApps,
  ...watching,
  ...decoding,
  ...corners,
  { about: 'namespace: delete', method: 'DELETE', path: '/api/v1/namespaces/{ns}' },
  { about: 'namespace: refuses newcomers', method: 'POST', path: `${core}/configmaps`, body: config({}) },
];
