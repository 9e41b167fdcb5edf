import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resources } from '../../../src/sandbox/resources.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';
import {
  condition,
  deploymentSpec,
  type FakeCluster,
  isSettled,
  startFakeCluster,
  template,
} from '../../support/fake-cluster.ts';

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
});
afterEach(() => cluster.stop());

const deployment = () => cluster.get(resources.deployments, 'shop');
const settled = () => cluster.until('the Deployment settles', () => isSettled(deployment()));
const isReady = (pod: StoredObject) => condition(pod, 'Ready')?.status === 'True';
const isActive = (pod: StoredObject) => pod.metadata.deletionTimestamp === undefined;
const revision = () => deployment()?.metadata.annotations?.['deployment.kubernetes.io/revision'];

describe('a Deployment', () => {
  it('gets its pods through a ReplicaSet that it owns, and says when it is available', async () => {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 3 }) });
    await settled();
    const [set] = cluster.list(resources.replicasets);
    const hash = set?.metadata.labels?.['pod-template-hash'];
    expect(set?.metadata.name).toBe(`shop-${hash}`);
    expect(set?.metadata.ownerReferences?.[0]?.uid).toBe(deployment()?.metadata.uid);
    expect(cluster.pods().map((pod) => pod.metadata.labels?.['pod-template-hash'])).toEqual([
      hash,
      hash,
      hash,
    ]);
    expect(condition(deployment(), 'Available')?.reason).toBe('MinimumReplicasAvailable');
    expect(condition(deployment(), 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
    expect(revision()).toBe('1');
  });

  it.each([
    { maxSurge: 1, maxUnavailable: 0 },
    { maxSurge: 0, maxUnavailable: 1 },
    { maxSurge: '50%', maxUnavailable: '25%' },
  ])('never leaves the limits of %j while it rolls on', async (rollingUpdate) => {
    const strategy = { type: 'RollingUpdate', rollingUpdate };
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 4, strategy }) });
    await settled();
    const surge = rollingUpdate.maxSurge === '50%' ? 2 : Number(rollingUpdate.maxSurge);
    const missing = rollingUpdate.maxUnavailable === '25%' ? 1 : Number(rollingUpdate.maxUnavailable);
    let instants = 0;
    const unsubscribe = cluster.store.subscribe(resources.pods, () => {
      const pods = cluster.pods().filter(isActive);
      instants += 1;
      expect(pods.length).toBeLessThanOrEqual(4 + surge);
      expect(pods.filter(isReady).length).toBeGreaterThanOrEqual(4 - missing);
    });
    cluster.edit(resources.deployments, 'shop', { template: template({ VERSION: 'v2', STOP_DELAY: '3s' }) });
    await settled();
    unsubscribe();
    expect(instants).toBeGreaterThan(10);
    expect(revision()).toBe('2');
  });

  it('waits for minReadySeconds before it takes an old pod', async () => {
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const spec = deploymentSpec({ replicas: 2, strategy, minReadySeconds: 20 });
    cluster.create(resources.deployments, 'shop', { spec });
    await settled();
    const before = cluster.clock.monotonic();
    cluster.edit(resources.deployments, 'shop', { template: template({ VERSION: 'v2' }) });
    await settled();
    expect(cluster.clock.monotonic() - before).toBeGreaterThan(2 * 19_000);
  });

  it('says that the deadline is over when new pods do not become ready, and keeps the old ones', async () => {
    cluster.create(resources.deployments, 'shop', {
      spec: deploymentSpec({ replicas: 2, progressDeadlineSeconds: 30 }),
    });
    await settled();
    cluster.edit(resources.deployments, 'shop', { template: template({}, 'localhost/missing:v9') });
    await cluster.until(
      'the deadline strikes',
      () => condition(deployment(), 'Progressing')?.reason === 'ProgressDeadlineExceeded',
    );
    expect(condition(deployment(), 'Progressing')?.status).toBe('False');
    expect(condition(deployment(), 'Available')?.status).toBe('True');
    expect(cluster.pods().filter(isReady)).toHaveLength(2);
    const stuck = cluster.pods().find((pod) => !isReady(pod));
    expect(stuck?.status.containerStatuses[0].state.waiting.reason).toBe('ImagePullBackOff');
  });

  it('does nothing but scale while it is paused, and goes on afterwards', async () => {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 2 }) });
    await settled();
    cluster.edit(resources.deployments, 'shop', {
      paused: true,
      replicas: 3,
      template: template({ VERSION: 'v2' }),
    });
    await cluster.until('it scales', () => cluster.pods().filter(isReady).length === 3);
    await cluster.clock.sleep(60_000);
    expect(cluster.list(resources.replicasets)).toHaveLength(1);
    expect(condition(deployment(), 'Progressing')?.reason).toBe('DeploymentPaused');
    cluster.edit(resources.deployments, 'shop', { paused: false });
    await settled();
    expect(cluster.list(resources.replicasets)).toHaveLength(2);
  });

  it('finds the old ReplicaSet again when its template comes back', async () => {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 2 }) });
    await settled();
    const [first] = cluster.list(resources.replicasets);
    cluster.edit(resources.deployments, 'shop', { template: template({ VERSION: 'v2' }) });
    await settled();
    cluster.edit(resources.deployments, 'shop', { template: template({}) });
    await settled();
    expect(cluster.list(resources.replicasets)).toHaveLength(2);
    expect(cluster.get(resources.replicasets, first?.metadata.name ?? '')?.spec.replicas).toBe(2);
    expect(revision()).toBe('3');
  });

  it('restarts nothing when a label is added to pods, ReplicaSet and template while it is paused', async () => {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 2 }) });
    await settled();
    const uids = cluster.pods().map((pod) => pod.metadata.uid);
    const [set] = cluster.list(resources.replicasets);
    const labelled = { ...template({}), metadata: { labels: { app: 'shop', slot: 'blue' } } };
    cluster.edit(resources.deployments, 'shop', { paused: true });
    const { labels } = set?.spec.template.metadata ?? {};
    cluster.edit(resources.replicasets, set?.metadata.name ?? '', {
      template: { ...labelled, metadata: { labels: { ...labels, slot: 'blue' } } },
    });
    for (const pod of cluster.pods()) {
      cluster.store.update(resources.pods, 'shop', pod.metadata.name, (current) => ({
        ...current,
        metadata: { ...current.metadata, labels: { ...current.metadata.labels, slot: 'blue' } },
      }));
    }
    cluster.edit(resources.deployments, 'shop', { template: labelled });
    cluster.edit(resources.deployments, 'shop', { paused: false, replicas: 3 });
    await settled();
    expect(cluster.list(resources.replicasets)).toHaveLength(1);
    expect(cluster.pods().map((pod) => pod.metadata.uid)).toEqual(expect.arrayContaining(uids));
    expect(cluster.pods().map((pod) => pod.metadata.labels?.slot)).toEqual(['blue', 'blue', 'blue']);
  });

  it('starts no new pod before the last old one is gone when its strategy is Recreate', async () => {
    cluster.create(resources.deployments, 'shop', {
      spec: deploymentSpec({
        replicas: 2,
        strategy: { type: 'Recreate' },
        template: template({ STOP_DELAY: '5s' }),
      }),
    });
    await settled();
    const old = new Set(cluster.pods().map((pod) => pod.metadata.uid));
    let created = 0;
    const unsubscribe = cluster.store.subscribe(resources.pods, ({ type }) => {
      if (type !== 'ADDED') return;
      created += 1;
      expect(cluster.pods().filter((pod) => old.has(pod.metadata.uid))).toEqual([]);
    });
    cluster.edit(resources.deployments, 'shop', { template: template({ VERSION: 'v2' }) });
    await settled();
    unsubscribe();
    expect(created).toBe(2);
  });

  it('keeps no more empty ReplicaSets than its history limit', async () => {
    cluster.create(resources.deployments, 'shop', {
      spec: deploymentSpec({ replicas: 1, revisionHistoryLimit: 1 }),
    });
    await settled();
    for (const version of ['v2', 'v3', 'v4']) {
      cluster.edit(resources.deployments, 'shop', { template: template({ VERSION: version }) });
      await settled();
    }
    await cluster.until('old sets are dropped', () => cluster.list(resources.replicasets).length === 2);
    const revisions = cluster
      .list(resources.replicasets)
      .map((set) => set.metadata.annotations?.['deployment.kubernetes.io/revision'])
      .sort();
    expect(revisions).toEqual(['3', '4']);
  });

  it('takes pods that are not ready first when it shrinks', async () => {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas: 2 }) });
    await settled();
    const ready = cluster.pods().map((pod) => pod.metadata.uid);
    cluster.edit(resources.deployments, 'shop', { replicas: 4 });
    await cluster.until('two more pods are there', () => cluster.pods().length === 4);
    cluster.edit(resources.deployments, 'shop', { replicas: 2 });
    await settled();
    await cluster.until('the others are gone', () => cluster.pods().length === 2);
    expect(new Set(cluster.pods().map((pod) => pod.metadata.uid))).toEqual(new Set(ready));
  });
});
