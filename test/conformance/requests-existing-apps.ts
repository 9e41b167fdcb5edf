import type { TableRequest } from './requests.ts';

const core = '/api/v1/namespaces/{ns}';
const apps = '/apis/apps/v1/namespaces/{ns}';
const scalers = (version: string) => `/apis/autoscaling/${version}/namespaces/{ns}/horizontalpodautoscalers`;
const budgets = '/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets';
const networking = '/apis/networking.k8s.io/v1/namespaces/{ns}';
const jobs = '/apis/batch/v1/namespaces/{ns}/jobs';
const grants = '/apis/gateway.networking.k8s.io/v1beta1/namespaces/{ns}/referencegrants';

const labels = { app: 'old' };
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'old' };
const spec = (...containers: readonly object[]) => ({ containers });
const app = { name: 'app', image: 'old:1', ports: [{ name: 'http', containerPort: 8080 }] };
const sidecar = { name: 'proxy', image: 'proxy:1' };
const path = (more: object = {}) => ({
  path: '/',
  pathType: 'Prefix',
  backend: { service: { name: 'old', port: { number: 80 } } },
  ...more,
});
const ingress = (...paths: readonly object[]) => ({
  metadata: { name: 'old' },
  spec: { ingressClassName: 'front', rules: [{ host: 'old.test', http: { paths } }] },
});
const running = {
  status: {
    phase: 'Running',
    conditions: [
      { type: 'Ready', status: 'True', lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:00Z' },
    ],
  },
};
const evict = (about: string, name: string, query = ''): TableRequest => ({
  about: `evict: ${about}`,
  method: 'POST',
  path: `${core}/pods/${name}/eviction${query}`,
  body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } },
});
const pod = (name: string, image = 'old:1', resources: object = {}) => ({
  metadata: { name, labels },
  spec: spec({ name: 'app', image, resources }),
});
const allowed = (disruptionsAllowed: number) => ({
  status: {
    observedGeneration: 1,
    disruptionsAllowed,
    currentHealthy: 1,
    desiredHealthy: 1 - disruptionsAllowed,
    expectedPods: 1,
  },
});

const autoscalers: readonly TableRequest[] = [
  {
    about: 'hpa v1: create',
    method: 'POST',
    path: scalers('v1'),
    body: {
      metadata: { name: 'old' },
      spec: { minReplicas: 2, maxReplicas: 4, targetCPUUtilizationPercentage: 60, scaleTargetRef: target },
    },
  },
  { about: 'hpa v1: read as v2', method: 'GET', path: `${scalers('v2')}/old` },
  {
    about: 'hpa: memory and behavior',
    method: 'PATCH',
    path: `${scalers('v2')}/old`,
    patch: 'merge',
    body: {
      spec: {
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } },
          },
          {
            type: 'Resource',
            resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } },
          },
        ],
      },
    },
  },
  { about: 'hpa: read as v1', method: 'GET', path: `${scalers('v1')}/old` },
  {
    about: 'hpa: floor by json patch',
    method: 'PATCH',
    path: `${scalers('v2')}/old`,
    patch: 'json',
    body: [
      { op: 'test', path: '/spec/minReplicas', value: 2 },
      { op: 'replace', path: '/spec/minReplicas', value: 3 },
    ],
  },
  {
    about: 'hpa: floor above ceiling',
    method: 'PATCH',
    path: `${scalers('v2')}/old`,
    patch: 'merge',
    body: { spec: { minReplicas: 9 } },
  },
  {
    about: 'hpa: no target',
    method: 'POST',
    path: scalers('v2'),
    body: { metadata: { name: 'x' }, spec: { maxReplicas: 4, scaleTargetRef: { kind: '', name: '' } } },
  },
  {
    about: 'hpa: floor of zero',
    method: 'POST',
    path: scalers('v2'),
    body: { metadata: { name: 'x' }, spec: { minReplicas: 0, maxReplicas: 4, scaleTargetRef: target } },
  },
  {
    about: 'hpa: status',
    method: 'PATCH',
    path: `${scalers('v2')}/old/status`,
    patch: 'merge',
    body: { status: { currentReplicas: 2, desiredReplicas: 2 } },
  },
];

const disruption: readonly TableRequest[] = [
  {
    about: 'pdb: create',
    method: 'POST',
    path: budgets,
    body: { metadata: { name: 'old' }, spec: { minAvailable: '50%', selector: { matchLabels: labels } } },
  },
  {
    about: 'pdb: negative',
    method: 'POST',
    path: budgets,
    body: { metadata: { name: 'x' }, spec: { maxUnavailable: -1, selector: { matchLabels: labels } } },
  },
  {
    about: 'pdb: other selector',
    method: 'PATCH',
    path: budgets.concat('/old'),
    patch: 'json',
    body: [{ op: 'add', path: '/spec/selector/matchLabels/slot', value: 'blue' }],
  },
  {
    about: 'pdb: selector again',
    method: 'PATCH',
    path: budgets.concat('/old'),
    patch: 'json',
    body: [{ op: 'remove', path: '/spec/selector/matchLabels/slot' }],
  },
  { about: 'evict: pending pod: create', method: 'POST', path: `${core}/pods`, body: pod('pending') },
  evict('pending pod', 'pending'),
  { about: 'evict: pending pod is gone', method: 'GET', path: `${core}/pods/pending` },
  evict('no such pod', 'nobody'),
  { about: 'evict: pod: create', method: 'POST', path: `${core}/pods`, body: pod('two') },
  {
    about: 'evict: pod: runs',
    loosely: true,
    method: 'PATCH',
    path: `${core}/pods/two/status`,
    patch: 'strategic',
    body: running,
  },
  evict('budget was not looked at', 'two'),
  {
    about: 'pdb: status says full',
    method: 'PATCH',
    path: `${budgets}/old/status`,
    patch: 'merge',
    body: { status: { ...allowed(0).status, observedGeneration: 3 } },
  },
  evict('budget is full', 'two', '?dryRun=All'),
  {
    about: 'pdb: status says one',
    method: 'PATCH',
    path: `${budgets}/old/status`,
    patch: 'merge',
    body: { status: { ...allowed(1).status, observedGeneration: 3 } },
  },
  evict('no such dry run', 'two', '?dryRun='),
  evict('budget has room', 'two'),
  { about: 'pdb: what is left of it', method: 'GET', path: `${budgets}/old` },
  { about: 'pdb: delete', method: 'DELETE', path: `${budgets}/old` },
];

const quotas: readonly TableRequest[] = [
  {
    about: 'quota: create',
    method: 'POST',
    path: `${core}/resourcequotas`,
    body: {
      metadata: { name: 'room' },
      spec: { hard: { pods: '2', 'requests.cpu': '1', 'count/jobs.batch': '0' } },
    },
  },
  {
    about: 'quota: bad amount',
    loosely: true,
    method: 'POST',
    path: `${core}/resourcequotas`,
    body: { metadata: { name: 'x' }, spec: { hard: { pods: '1.5' } } },
  },
  {
    about: 'quota: status',
    method: 'PATCH',
    path: `${core}/resourcequotas/room/status`,
    patch: 'merge',
    body: {
      status: {
        hard: { pods: '2', 'requests.cpu': '1', 'count/jobs.batch': '0' },
        used: { pods: '1', 'requests.cpu': '500m', 'count/jobs.batch': '0' },
      },
    },
  },
  { about: 'quota: pod without requests', method: 'POST', path: `${core}/pods`, body: pod('greedy') },
  {
    about: 'quota: pod with too much',
    method: 'POST',
    path: `${core}/pods`,
    body: pod('greedy', 'old:1', { requests: { cpu: '600m' } }),
  },
  {
    about: 'quota: pod that fits, by dry run',
    method: 'POST',
    path: `${core}/pods?dryRun=All`,
    body: pod('modest', 'old:1', { requests: { cpu: '500m' } }),
  },
  {
    about: 'quota: pod that fits',
    method: 'POST',
    path: `${core}/pods`,
    body: pod('modest', 'old:1', { requests: { cpu: '250m' } }),
  },
  { about: 'quota: what is used', method: 'GET', path: `${core}/resourcequotas/room` },
  {
    about: 'quota: one pod too many',
    method: 'POST',
    path: `${core}/pods`,
    body: pod('greedy', 'old:1', { requests: { cpu: '1m' } }),
  },
  {
    about: 'quota: job',
    method: 'POST',
    path: jobs,
    body: {
      metadata: { name: 'work' },
      spec: { template: { spec: { ...spec(app), restartPolicy: 'Never' } } },
    },
  },
  { about: 'quota: delete', method: 'DELETE', path: `${core}/resourcequotas/room` },
];

const work: readonly TableRequest[] = [
  {
    about: 'job: create',
    method: 'POST',
    path: jobs,
    body: {
      metadata: { name: 'work' },
      spec: { backoffLimit: 2, template: { spec: { ...spec(app), restartPolicy: 'Never' } } },
    },
  },
  {
    about: 'job: restart policy',
    method: 'POST',
    path: jobs,
    body: { metadata: { name: 'x' }, spec: { template: { spec: spec(app) } } },
  },
  {
    about: 'job: template is fixed',
    loosely: true,
    method: 'PATCH',
    path: `${jobs}/work`,
    patch: 'json',
    body: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'old:2' }],
  },
  { about: 'job: delete', method: 'DELETE', path: `${jobs}/work`, body: { propagationPolicy: 'Background' } },
  {
    about: 'service account: create',
    method: 'POST',
    path: `${core}/serviceaccounts`,
    body: { metadata: { name: 'runner' }, imagePullSecrets: [{ name: 'registry' }] },
  },
  {
    about: 'grant: create',
    method: 'POST',
    path: grants,
    body: {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'old' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'front' }],
        to: [{ group: '', kind: 'Service' }],
      },
    },
  },
];

const network: readonly TableRequest[] = [
  {
    about: 'network policy: create',
    method: 'POST',
    path: `${networking}/networkpolicies`,
    body: {
      metadata: { name: 'old' },
      spec: {
        podSelector: { matchLabels: labels },
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }],
        egress: [{}],
      },
    },
  },
  {
    about: 'network policy: label by json patch',
    method: 'PATCH',
    path: `${networking}/networkpolicies/old`,
    patch: 'json',
    body: [{ op: 'add', path: '/spec/podSelector/matchLabels/slot', value: 'blue' }],
  },
  { about: 'ingress: create', method: 'POST', path: `${networking}/ingresses`, body: ingress(path()) },
  {
    about: 'ingress: nothing',
    method: 'POST',
    path: `${networking}/ingresses`,
    body: { metadata: { name: 'x' }, spec: {} },
  },
  {
    about: 'ingress: no path type',
    method: 'POST',
    path: `${networking}/ingresses`,
    body: ingress(path({ pathType: undefined })),
  },
  {
    about: 'ingress: relative path',
    method: 'POST',
    path: `${networking}/ingresses`,
    body: ingress(path({ path: 'x' })),
  },
  {
    about: 'ingress: odd path type',
    method: 'POST',
    path: `${networking}/ingresses`,
    body: ingress(path({ pathType: 'Regex' })),
  },
  {
    about: 'ingress: no port',
    method: 'POST',
    path: `${networking}/ingresses`,
    body: ingress(path({ backend: { service: { name: 'old', port: {} } } })),
  },
  {
    about: 'ingress: backend by json patch',
    method: 'PATCH',
    path: `${networking}/ingresses/old`,
    patch: 'json',
    body: [
      { op: 'test', path: '/spec/rules/0/http/paths/0/backend/service/name', value: 'old' },
      { op: 'replace', path: '/spec/rules/0/http/paths/0/backend/service/name', value: 'old-blue' },
    ],
  },
  {
    about: 'ingress: status',
    method: 'PATCH',
    path: `${networking}/ingresses/old/status`,
    patch: 'merge',
    body: { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } },
  },
  {
    about: 'service: node port',
    method: 'POST',
    path: `${core}/services`,
    body: {
      metadata: { name: 'outside' },
      spec: {
        type: 'NodePort',
        selector: labels,
        ports: [
          { name: 'http', port: 80, targetPort: 'http', nodePort: 30_080 },
          { name: 'admin', port: 81, targetPort: 8081, nodePort: 30_081, appProtocol: 'http' },
        ],
      },
    },
  },
  {
    about: 'service: node port out of range',
    method: 'POST',
    path: `${core}/services`,
    body: {
      metadata: { name: 'x' },
      spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, nodePort: 80 }] },
    },
  },
  {
    about: 'service: node port is taken',
    method: 'POST',
    path: `${core}/services`,
    body: {
      metadata: { name: 'x' },
      spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, nodePort: 30_080 }] },
    },
  },
  { about: 'service: node port: delete', loosely: true, method: 'DELETE', path: `${core}/services/outside` },
];

const workloads: readonly TableRequest[] = [
  {
    about: 'expressions: create',
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'old' },
      spec: {
        selector: {
          matchLabels: labels,
          matchExpressions: [
            { key: 'tier', operator: 'In', values: ['web', 'api'] },
            { key: 'gone', operator: 'DoesNotExist' },
          ],
        },
        template: {
          metadata: { labels: { ...labels, tier: 'web' } },
          spec: {
            ...spec(app, sidecar),
            initContainers: [
              { name: 'migrate', image: 'migrate:1' },
              { name: 'mesh', image: 'mesh:1', restartPolicy: 'Always' },
            ],
          },
        },
      },
    },
  },
  { about: 'expressions: scale', method: 'GET', path: `${apps}/deployments/old/scale` },
  {
    about: 'expressions: labels do not match',
    loosely: true,
    method: 'POST',
    path: `${apps}/deployments`,
    body: {
      metadata: { name: 'x' },
      spec: {
        selector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] },
        template: { metadata: { labels: { tier: 'web' } }, spec: spec(app) },
      },
    },
  },
  {
    about: 'replicaset: create',
    method: 'POST',
    path: `${apps}/replicasets`,
    body: {
      metadata: { name: 'old-1', labels },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: spec(app) },
      },
    },
  },
  {
    about: 'replicaset: label of the template',
    method: 'PATCH',
    path: `${apps}/replicasets/old-1`,
    patch: 'json',
    body: [{ op: 'add', path: '/spec/template/metadata/labels/streamgate.io~1slot', value: 'blue' }],
  },
  {
    about: 'deployment: pause',
    method: 'PATCH',
    path: `${apps}/deployments/old`,
    patch: 'json',
    body: [{ op: 'add', path: '/spec/paused', value: true }],
  },
  {
    about: 'client-side apply: containers, env and order',
    method: 'PATCH',
    path: `${apps}/deployments/old`,
    patch: 'strategic',
    userAgent: 'kubectl-client-side-apply/1',
    body: {
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'first' }, { name: 'proxy' }, { name: 'app' }],
            containers: [
              { name: 'first', image: 'first:1' },
              {
                '$setElementOrder/env': [{ name: 'B' }, { name: 'A' }],
                name: 'app',
                image: 'old:2',
                env: [
                  { name: 'B', value: '2' },
                  { name: 'A', value: '1' },
                ],
              },
            ],
          },
        },
      },
    },
  },
  {
    about: 'client-side apply: ports and volumes',
    method: 'PATCH',
    path: `${apps}/deployments/old`,
    patch: 'strategic',
    userAgent: 'kubectl-client-side-apply/1',
    body: {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'app' }, { name: 'proxy' }],
            '$setElementOrder/volumes': [{ name: 'scratch' }],
            containers: [
              {
                '$setElementOrder/ports': [{ containerPort: 9090 }],
                '$setElementOrder/env': [{ name: 'A' }],
                '$setElementOrder/volumeMounts': [{ mountPath: '/scratch' }],
                name: 'app',
                env: [{ $patch: 'delete', name: 'B' }],
                ports: [
                  { containerPort: 9090, name: 'admin' },
                  { $patch: 'delete', containerPort: 8080 },
                ],
                volumeMounts: [{ mountPath: '/scratch', name: 'scratch' }],
              },
              { $patch: 'delete', name: 'first' },
            ],
            volumes: [{ $retainKeys: ['name', 'emptyDir'], name: 'scratch', emptyDir: {} }],
          },
        },
      },
    },
  },
  {
    about: 'client-side apply: other kind of volume',
    method: 'PATCH',
    path: `${apps}/deployments/old`,
    patch: 'strategic',
    userAgent: 'kubectl-client-side-apply/1',
    body: {
      spec: {
        template: {
          spec: {
            volumes: [
              {
                $retainKeys: ['name', 'configMap'],
                name: 'scratch',
                configMap: { name: 'settings' },
                emptyDir: null,
              },
            ],
          },
        },
      },
    },
  },
  {
    about: 'apply over client-side apply: conflict',
    method: 'PATCH',
    path: `${apps}/deployments/old?fieldManager=streamgate`,
    patch: 'apply',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'old' },
      spec: {
        template: { spec: spec({ name: 'app', image: 'old:3' }, { name: 'proxy', image: 'proxy:2' }) },
      },
    },
  },
  {
    about: 'apply over client-side apply: forced',
    method: 'PATCH',
    path: `${apps}/deployments/old?fieldManager=streamgate&force=true`,
    patch: 'apply',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'old' },
      spec: {
        template: { spec: spec({ name: 'app', image: 'old:3' }, { name: 'proxy', image: 'proxy:2' }) },
      },
    },
  },
  {
    about: 'scale: owned by its writer',
    method: 'PATCH',
    path: `${apps}/deployments/old/scale`,
    patch: 'merge',
    userAgent: 'autoscaler/1',
    body: { spec: { replicas: 7 } },
  },
  {
    about: 'apply: size that another one wrote through scale',
    method: 'PATCH',
    path: `${apps}/deployments/old?fieldManager=streamgate`,
    patch: 'apply',
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'old' },
      spec: { replicas: 3 },
    },
  },
];

/** What apps bring along that were there before StreamGate. */
export const existingApps: readonly TableRequest[] = [
  ...autoscalers,
  ...disruption,
  ...quotas,
  ...work,
  ...network,
  ...workloads,
];
