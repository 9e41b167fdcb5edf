import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import {
  guidedService,
  revisionObject,
  slotDeployment,
  slotService,
} from '../../../src/release/slots/slot-objects.ts';
import { shopNames } from '../../support/journals.ts';

const names = shopNames({ namespace: 'prod', routes: [] });

/** Metadata as package managers and GitOps tools leave it. */
const owned = {
  name: 'shop',
  namespace: 'prod',
  uid: '1',
  resourceVersion: '2',
  labels: {
    app: 'shop',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/managed-by': 'Helm',
    'argocd.argoproj.io/instance': 'shop',
    'kustomize.toolkit.fluxcd.io/name': 'apps',
    'helm.sh/chart': 'shop-1.0',
  },
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'meta.helm.sh/release-name': 'shop',
    'argocd.argoproj.io/tracking-id': 'x',
    'service.kubernetes.io/topology-mode': 'Auto',
  },
  ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'y' }],
  finalizers: ['x/y'],
};

const podLabels = { app: 'shop', team: 'web', 'app.kubernetes.io/instance': 'shop', version: '7' };
const workload: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: owned,
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' }, matchExpressions: [{ key: 'team', operator: 'Exists' }] },
    template: { metadata: { labels: podLabels, annotations: { a: 'b' } }, spec: { containers: [] } },
    minReadySeconds: 5,
  },
};
const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: owned,
  spec: {
    type: 'LoadBalancer',
    clusterIP: '10.0.0.1',
    clusterIPs: ['10.0.0.1'],
    externalIPs: ['1.2.3.4'],
    healthCheckNodePort: 30001,
    sessionAffinity: 'ClientIP',
    selector: { app: 'shop' },
    ports: [
      { name: 'http', port: 80, targetPort: 'http', nodePort: 30000, appProtocol: 'kubernetes.io/h2c' },
    ],
  },
};

const ours = {
  'app.kubernetes.io/managed-by': 'streamgate',
  'streamgate.io/app': 'shop',
  'streamgate.io/slot': 'green',
};

describe('the Deployment of a slot', () => {
  const made = slotDeployment(workload, names, 'green', 4, 9);

  it('has metadata of its own, and nothing of whoever owns the original', () => {
    expect(made.metadata).toEqual({
      name: 'shop-green',
      namespace: 'prod',
      labels: ours,
      annotations: { 'streamgate.io/token': '9' },
    });
  });

  it('gives its pods every label of the user and that of the slot', () => {
    expect(made).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { ...podLabels, 'streamgate.io/slot': 'green' }, annotations: { a: 'b' } },
        },
      },
    });
  });

  it('selects its own pods alone', () => {
    expect(made).toMatchObject({
      spec: {
        selector: {
          matchLabels: { app: 'shop', 'streamgate.io/slot': 'green' },
          matchExpressions: [{ key: 'team', operator: 'Exists' }],
        },
      },
    });
  });

  it('keeps the rest of the spec, at the size that it is told', () => {
    expect(made).toMatchObject({ spec: { replicas: 4, minReadySeconds: 5 } });
  });

  it('leaves the original as it is', () => {
    expect(workload).toMatchObject({ spec: { replicas: 3, template: { metadata: { labels: podLabels } } } });
  });
});

describe('the Service of a slot', () => {
  it('leaves what is no port for the server to refuse', () => {
    const given: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { ports: [null, 'http', { port: 80, nodePort: 30_000 }] },
    };
    expect(slotService(given, names, 'blue', 7).spec).toMatchObject({ ports: [null, 'http', { port: 80 }] });
  });

  const made = slotService(service, names, 'green', 9);

  it('copies of the annotations only those that say how to talk to a backend', () => {
    expect(made.metadata).toEqual({
      name: 'shop-green',
      namespace: 'prod',
      labels: ours,
      annotations: { 'service.kubernetes.io/topology-mode': 'Auto', 'streamgate.io/token': '9' },
    });
  });

  it('keeps ports and protocol, and nothing that the server gives or that stands for the outside', () => {
    expect(made.spec).toEqual({
      sessionAffinity: 'ClientIP',
      selector: { app: 'shop', 'streamgate.io/slot': 'green' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'kubernetes.io/h2c' }],
    });
  });
});

describe("the app's own Service", () => {
  it('is the one of the user, narrowed to the live slot', () => {
    const made = guidedService(service, 'blue');
    expect(made.metadata).toEqual(owned);
    expect(made.spec).toEqual({
      ...(service.spec as object),
      selector: { app: 'shop', 'streamgate.io/slot': 'blue' },
    });
  });
});

describe('a recorded revision', () => {
  it('is named by app and number', () => {
    const data = {
      workload,
      service,
      template: 't',
      release: 'r',
      commit: 'c',
      createdAt: 'now',
      digests: {},
    };
    const made = revisionObject(names, 'green', 12, data, 9);
    expect(made).toMatchObject({
      kind: 'ControllerRevision',
      metadata: { name: 'streamgate-shop-12' },
      revision: 12,
      data,
    });
  });
});
