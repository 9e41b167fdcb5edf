import type { TableRequest } from './requests.ts';

const core = '/api/v1/namespaces/{ns}';
const deployments = '/apis/apps/v1/namespaces/{ns}/deployments';
const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/{ns}/httproutes';
const labels = { app: 'typed' };

interface Parts {
  readonly spec?: object;
  readonly container?: object;
  readonly labels?: object;
}

const deployment = ({ spec = {}, container = {}, labels: own = labels }: Parts) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'typed', labels: own },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'a:1', ...container }] } },
    ...spec,
  },
});
const create = (about: string, parts: Parts, query = ''): TableRequest => ({
  about: `decode: ${about}`,
  method: 'POST',
  path: `${deployments}${query}`,
  body: deployment(parts),
});
const strictly = (about: string, path: string, body: object): TableRequest => ({
  about: `decode: ${about}, strictly`,
  method: 'POST',
  path: `${path}?fieldValidation=Strict&dryRun=All`,
  body,
});
const env = (value: unknown) => ({ container: { env: [{ name: 'A', value }] } });
const apply = (about: string, parts: Parts): TableRequest => ({
  about: `decode: apply: ${about}`,
  method: 'PATCH',
  path: `${deployments}/typed?fieldManager=table`,
  patch: 'apply',
  body: deployment(parts),
});

/** Objects that are well-formed JSON and no objects of their kind. */
export const decoding: readonly TableRequest[] = [
  create('a number as the value of a variable', env(1)),
  create('a boolean as the value of a variable', env(true)),
  create('a map as the value of a variable', env({ a: 'b' })),
  create('a size that is a text', { spec: { replicas: '2' } }),
  create('a size that is no whole number', { spec: { replicas: 1.5 } }),
  create('labels that are numbers', { labels: { tier: 1 } }),
  create('a port that is a text', { container: { ports: [{ containerPort: '80' }] } }),
  create('a quantity that is none', { container: { resources: { requests: { cpu: 'lots' } } } }),
  create('containers that are a map', {
    spec: { template: { metadata: { labels }, spec: { containers: { app: {} } } } },
  }),
  create('paused by a text', { spec: { paused: 'yes' } }),
  create('an unknown field, strictly', { spec: { replica: 2 } }, '?fieldValidation=Strict'),
  create(
    'two unknown fields, strictly',
    { spec: { replica: 2 }, container: { images: 'a' } },
    '?fieldValidation=Strict',
  ),
  create(
    'unknown fields beside the spec and deep in the pod, strictly',
    {
      labels: { app: 'typed' },
      spec: { replica: 2 },
      container: { readinesProbe: {}, imagePullPolcy: 'Always' },
    },
    '?fieldValidation=Strict&dryRun=All',
  ),
  create(
    'an unknown field and one of the wrong type, strictly',
    { spec: { replica: 2 }, container: { images: 'a', image: 1 } },
    '?fieldValidation=Strict&dryRun=All',
  ),
  strictly('an unknown field of a Service, and of its port', `${core}/services`, {
    metadata: { name: 'typed', anotations: {} },
    spec: { selektor: { app: 'a' }, ports: [{ port: 80, target: 8080 }] },
  }),
  strictly(
    'unknown fields of an autoscaler',
    '/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers',
    {
      metadata: { name: 'typed' },
      spec: {
        maxReplica: 3,
        maxReplicas: 3,
        scaleTargetRef: { kind: 'Deployment', name: 'typed', group: 'apps' },
      },
    },
  ),
  strictly('an unknown field of a budget', '/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets', {
    metadata: { name: 'typed' },
    spec: { minAvailabel: 1, selector: { matchLabel: {} } },
  }),
  strictly('nothing unknown of a ConfigMap', `${core}/configmaps`, {
    metadata: { name: 'typed' },
    data: { unknown: 'is a key, and no field' },
  }),
  create('a value that may be missing', env(null), '?dryRun=All'),
  {
    about: 'decode: data that is a number',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { metadata: { name: 'typed' }, data: { a: 1 } },
  },
  {
    about: 'decode: an annotation that is a boolean',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { metadata: { name: 'typed', annotations: { a: true } } },
  },
  {
    about: 'decode: a Service with a selector of numbers',
    method: 'POST',
    path: `${core}/services`,
    body: { metadata: { name: 'typed' }, spec: { selector: { app: 1 }, ports: [{ port: 80 }] } },
  },
  {
    about: 'decode: a Service with a port that is a text',
    method: 'POST',
    path: `${core}/services`,
    body: { metadata: { name: 'typed' }, spec: { ports: [{ port: '80' }] } },
  },
  {
    about: 'decode: a Service with either kind of target port',
    method: 'POST',
    path: `${core}/services?dryRun=All`,
    body: {
      metadata: { name: 'typed' },
      spec: {
        ports: [
          { name: 'a', port: 80, targetPort: 'web' },
          { name: 'b', port: 81, targetPort: 8081 },
        ],
      },
    },
  },
  {
    about: 'decode: a route with a weight that is a text',
    method: 'POST',
    path: routes,
    body: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'typed' },
      spec: { rules: [{ backendRefs: [{ name: 'typed', port: 80, weight: '1' }] }] },
    },
  },
  create('all well', {}),
  apply('a number as the value of a variable', env(1)),
  apply('a map as the value of a variable', env({ a: 'b' })),
  apply('a size that is a text', { spec: { replicas: '2' } }),
  apply('labels that are numbers', { labels: { tier: 1 } }),
  apply('an unknown field', { spec: { replica: 2 } }),
  apply('paused by a text', { spec: { paused: 'yes' } }),
  apply('two at once', { spec: { replicas: '2' }, container: { image: 1 } }),
  {
    about: 'decode: merge patch: a size that is a text',
    loosely: true,
    method: 'PATCH',
    path: `${deployments}/typed`,
    patch: 'merge',
    body: { spec: { replicas: '2' } },
  },
  {
    about: 'decode: strategic patch: a number as the value of a variable',
    loosely: true,
    method: 'PATCH',
    path: `${deployments}/typed`,
    patch: 'strategic',
    body: { spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'A', value: 1 }] }] } } } },
  },
  {
    about: 'decode: json patch: a label that is a number',
    loosely: true,
    method: 'PATCH',
    path: `${deployments}/typed`,
    patch: 'json',
    body: [{ op: 'add', path: '/metadata/labels/tier', value: 1 }],
  },
  { about: 'decode: delete', method: 'DELETE', path: `${deployments}/typed` },
];
