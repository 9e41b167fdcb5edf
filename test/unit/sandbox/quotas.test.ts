import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { showQuantity } from '../../../src/sandbox/quantity.ts';
import { resources } from '../../../src/sandbox/resources.ts';
import {
  condition,
  deploymentSpec,
  type FakeCluster,
  isSettled,
  startFakeCluster,
  template,
} from '../../support/fake-cluster.ts';
import { openApi } from '../../support/in-process-api.ts';

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
});
afterEach(() => cluster.stop());

const quota = () => cluster.get(resources.resourcequotas, 'room');
const deployment = () => cluster.get(resources.deployments, 'shop');

async function allow(hard: Readonly<Record<string, string>>): Promise<void> {
  cluster.create(resources.resourcequotas, 'room', { spec: { hard } });
  await cluster.until('the quota counts', () => quota()?.status?.hard !== undefined);
}

describe('a ResourceQuota', () => {
  it('stops a ReplicaSet at its limit, and Deployment and events say why', async () => {
    await allow({ pods: '2' });
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 3 }) });
    await cluster.until('the refusal shows', () => condition(deployment(), 'ReplicaFailure') !== undefined);
    expect(cluster.pods()).toHaveLength(2);
    const failure = condition(deployment(), 'ReplicaFailure');
    expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' });
    expect(failure?.message).toMatch(
      /^pods "shop-\w+-\w+" is forbidden: exceeded quota: room, requested: pods=1, used: pods=2, limited: pods=2$/,
    );
    const events = cluster.list(resources.events).filter(({ reason }) => reason === 'FailedCreate');
    expect(events[0]?.message).toMatch(/^Error creating: pods "shop-\w+-\w+" is forbidden: exceeded quota/);
    expect(events[0]?.involvedObject.kind).toBe('ReplicaSet');
  });

  it('lets the pods come as soon as there is room, and the condition goes', async () => {
    await allow({ pods: '2' });
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 3 }) });
    await cluster.until('the refusal shows', () => condition(deployment(), 'ReplicaFailure') !== undefined);
    cluster.edit(resources.resourcequotas, 'room', { hard: { pods: '3' } });
    await cluster.until('the Deployment settles', () => isSettled(deployment()));
    expect(condition(deployment(), 'ReplicaFailure')).toBeUndefined();
    expect(quota()?.status).toEqual({ hard: { pods: '3' }, used: { pods: '3' } });
  });

  it('counts a pod until the end of its grace period', async () => {
    await allow({ pods: '2' });
    const spec = deploymentSpec({ replicas: 2, template: template({ STOP_DELAY: '5s' }) });
    cluster.create(resources.deployments, 'shop', { spec });
    await cluster.until('the Deployment settles', () => isSettled(deployment()));
    cluster.edit(resources.deployments, 'shop', { replicas: 1 });
    await cluster.until('one is going', () => cluster.pods().some((pod) => pod.metadata.deletionTimestamp));
    expect(quota()?.status.used).toEqual({ pods: '2' });
    await cluster.until('one is gone', () => quota()?.status.used.pods === '1');
    expect(cluster.pods()).toHaveLength(1);
  });

  it('adds up requests and limits of all containers', async () => {
    await allow({ 'requests.cpu': '1', 'requests.memory': '2Gi', 'limits.cpu': '4', 'count/pods': '10' });
    const app = { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } };
    const { spec, metadata } = template({});
    const containers = spec.containers.map((container) => ({ ...container, resources: app }));
    const replicated = deploymentSpec({ replicas: 2, template: { metadata, spec: { ...spec, containers } } });
    cluster.create(resources.deployments, 'shop', { spec: replicated });
    await cluster.until('the Deployment settles', () => isSettled(deployment()));
    expect(quota()?.status.used).toEqual({
      'requests.cpu': '500m',
      'requests.memory': '1Gi',
      'limits.cpu': '2',
      'count/pods': '2',
    });
  });

  it('wants a number from each container for what it limits', async () => {
    await allow({ 'limits.memory': '1Gi', 'requests.cpu': '1' });
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 1 }) });
    await cluster.until('the refusal shows', () => condition(deployment(), 'ReplicaFailure') !== undefined);
    expect(condition(deployment(), 'ReplicaFailure')?.message).toMatch(
      /failed quota: room: must specify limits\.memory for: app; requests\.cpu for: app$/,
    );
  });
});

describe('a ResourceQuota at the API', () => {
  let api = openApi();
  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.close());

  const core = '/api/v1/namespaces/default';
  const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

  async function limit(hard: Readonly<Record<string, string>>): Promise<void> {
    await api.ask('POST', `${core}/resourcequotas`, { metadata: { name: 'room' }, spec: { hard } });
    const status = { hard, used: Object.fromEntries(Object.keys(hard).map((key) => [key, '0'])) };
    await api.ask('PATCH', `${core}/resourcequotas/room/status`, { status }, 'merge');
  }

  it('refuses the object that is one too many with 403, and a dry run of it', async () => {
    await limit({ 'count/configmaps': '1' });
    expect((await api.ask('POST', `${core}/configmaps?dryRun=All`, config('a'))).status).toBe(201);
    expect((await api.ask('POST', `${core}/configmaps`, config('a'))).status).toBe(201);
    const { status, body } = await api.ask('POST', `${core}/configmaps?dryRun=All`, config('b'));
    expect(status).toBe(403);
    expect(body).toMatchObject({
      reason: 'Forbidden',
      message:
        'configmaps "b" is forbidden: exceeded quota: room, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1',
      details: { name: 'b', kind: 'configmaps' },
    });
  });

  it('charges nothing for an object that was there already', async () => {
    await limit({ configmaps: '5' });
    await api.ask('POST', `${core}/configmaps`, config('a'));
    expect((await api.ask('POST', `${core}/configmaps`, config('a'))).status).toBe(409);
    expect((await api.ask('GET', `${core}/resourcequotas/room`)).body.status.used).toEqual({
      configmaps: '1',
    });
  });

  it('with scopes is not understood, and says so', async () => {
    const spec = { hard: { pods: '1' }, scopes: ['BestEffort'] };
    const { status, body } = await api.ask('POST', `${core}/resourcequotas`, {
      metadata: { name: 'room' },
      spec,
    });
    expect(status).toBe(501);
    expect(body.message).toContain('scopes');
  });
});

describe('a quantity', () => {
  it.each([
    [0.25, '250m'],
    [2, '2'],
    [1_000, '1k'],
    [1_536 * 1_048_576, '1536Mi'],
    [1_073_741_824, '1Gi'],
    [0, '0'],
    [500_000_000, '500M'],
  ])('%s is written %s', (value, text) => {
    expect(showQuantity(value)).toBe(text);
  });
});
