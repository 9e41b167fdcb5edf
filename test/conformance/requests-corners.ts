import type { TableRequest } from './requests.ts';

const core = '/api/v1/namespaces/{ns}';
const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = '/apis/table.example.test/v1/namespaces/{ns}/widgets';
const pod = (name: string, resources: object = {}) => ({
  metadata: { name },
  spec: { containers: [{ name: 'app', image: 'a:1', resources }] },
});
const review = (about: string, spec: object): TableRequest => ({
  about: `review: ${about}`,
  method: 'POST',
  path: reviews,
  body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec },
});

const names: readonly TableRequest[] = [
  {
    about: 'generateName: create',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { metadata: { generateName: 'made-' } },
  },
  {
    about: 'generateName: beside a name',
    method: 'POST',
    path: `${core}/configmaps`,
    body: { metadata: { generateName: 'made-', name: 'given' } },
  },
  {
    about: 'generateName: bad',
    method: 'POST',
    path: `${core}/configmaps`,
    loosely: true,
    body: { metadata: { generateName: 'Made_' } },
  },
  { about: 'generateName: clean up', method: 'DELETE', path: `${core}/configmaps`, loosely: true },
];

const custom: readonly TableRequest[] = [
  {
    about: 'custom kind: definition',
    method: 'POST',
    path: definitions,
    loosely: true,
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.table.example.test' },
      spec: {
        group: 'table.example.test',
        scope: 'Namespaced',
        names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: {
                      size: { type: 'integer' },
                      list: { type: 'array', items: { type: 'string' } },
                    },
                  },
                  status: { type: 'object', properties: { seen: { type: 'boolean' } } },
                },
              },
            },
          },
        ],
      },
    },
  },
  {
    about: 'custom kind: create',
    method: 'POST',
    path: widgets,
    untilFound: true,
    body: {
      apiVersion: 'table.example.test/v1',
      kind: 'Widget',
      metadata: { name: 'one' },
      spec: { size: 1, list: ['a'] },
      status: { seen: true },
    },
  },
  { about: 'custom kind: no such object', method: 'GET', path: `${widgets}/two` },
  {
    about: 'custom kind: merge patch',
    method: 'PATCH',
    path: `${widgets}/one`,
    patch: 'merge',
    body: { spec: { size: 2, list: ['b', 'c'] } },
  },
  {
    about: 'custom kind: status',
    method: 'PATCH',
    path: `${widgets}/one/status`,
    patch: 'merge',
    body: { spec: { size: 9 }, status: { seen: true } },
  },
  {
    about: 'custom kind: strategic patch',
    method: 'PATCH',
    path: `${widgets}/one`,
    patch: 'strategic',
    body: {},
  },
  {
    about: 'custom kind: apply conflicts',
    method: 'PATCH',
    path: `${widgets}/one?fieldManager=other`,
    patch: 'apply',
    body: {
      apiVersion: 'table.example.test/v1',
      kind: 'Widget',
      metadata: { name: 'one' },
      spec: { size: 3 },
    },
  },
  {
    about: 'custom kind: apply forced',
    method: 'PATCH',
    path: `${widgets}/one?fieldManager=other&force=true`,
    patch: 'apply',
    body: {
      apiVersion: 'table.example.test/v1',
      kind: 'Widget',
      metadata: { name: 'one' },
      spec: { size: 3 },
    },
  },
  { about: 'custom kind: list', method: 'GET', path: widgets },
  { about: 'custom kind: scale', method: 'GET', path: `${widgets}/one/scale` },
  { about: 'custom kind: delete', method: 'DELETE', path: `${widgets}/one` },
  {
    about: 'custom kind: definition goes',
    method: 'DELETE',
    path: `${definitions}/widgets.table.example.test`,
    loosely: true,
  },
];

const pods: readonly TableRequest[] = [
  { about: 'log: no such pod', method: 'GET', path: `${core}/pods/none/log` },
  { about: 'log: pod', method: 'POST', path: `${core}/pods`, body: pod('quiet') },
  { about: 'log: no node yet', method: 'GET', path: `${core}/pods/quiet/log?container=app` },
  { about: 'log: no such container', method: 'GET', path: `${core}/pods/quiet/log?container=none` },
  { about: 'log: bad number of lines', method: 'GET', path: `${core}/pods/quiet/log?tailLines=-1` },
  { about: 'port-forward: no such pod', method: 'GET', path: `${core}/pods/none/portforward?ports=80` },
  { about: 'log: pod: delete', method: 'DELETE', path: `${core}/pods/quiet` },
];

const limits: readonly TableRequest[] = [
  {
    about: 'limits: create',
    method: 'POST',
    path: `${core}/limitranges`,
    body: {
      metadata: { name: 'usual' },
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: '500m', memory: '256Mi' },
            defaultRequest: { cpu: '100m', memory: '128Mi' },
            max: { cpu: '1' },
            min: { cpu: '50m' },
          },
        ],
      },
    },
  },
  {
    about: 'limits: pod that says nothing',
    method: 'POST',
    path: `${core}/pods?dryRun=All`,
    body: pod('plain'),
  },
  {
    about: 'limits: pod that says a part',
    method: 'POST',
    path: `${core}/pods?dryRun=All`,
    body: pod('partly', { requests: { cpu: '200m' } }),
  },
  {
    about: 'limits: pod above the most',
    method: 'POST',
    path: `${core}/pods`,
    body: pod('greedy', { limits: { cpu: '2' } }),
  },
  {
    about: 'limits: pod below the least',
    method: 'POST',
    path: `${core}/pods`,
    body: pod('tiny', { requests: { cpu: '10m' } }),
  },
  { about: 'limits: delete', method: 'DELETE', path: `${core}/limitranges/usual` },
];

/** What is asked less often, and by people more than by programs. */
export const corners: readonly TableRequest[] = [
  ...names,
  ...custom,
  ...pods,
  ...limits,
  review('of a path', { nonResourceAttributes: { path: '/healthz', verb: 'get' } }),
  review('of nothing', {}),
  review('of a path and a kind at once', {
    nonResourceAttributes: { path: '/healthz', verb: 'get' },
    resourceAttributes: { verb: 'get', resource: 'pods' },
  }),
];
