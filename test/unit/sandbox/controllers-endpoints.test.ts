import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resources } from '../../../src/sandbox/resources.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';
import {
  condition,
  delays,
  type FakeCluster,
  isSettled,
  startFakeCluster,
  template,
} from '../../support/fake-cluster.ts';

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
  cluster.create(resources.gateways, 'web', {
    spec: { listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  });
});
afterEach(() => cluster.stop());

const endpoints = () =>
  cluster.list(resources.endpointslices).flatMap((slice): readonly StoredObject[] => slice.endpoints);
const readyPods = () =>
  endpoints()
    .filter(({ conditions }) => conditions.ready)
    .map(({ targetRef }) => targetRef.name);

function createService(name: string, selector: Readonly<Record<string, string>>): void {
  cluster.create(resources.services, name, { spec: { selector, ports: [{ port: 80, targetPort: 'http' }] } });
}

function createSlot(slot: string, replicas = 2, env: Readonly<Record<string, string>> = {}): void {
  const labels = { app: 'shop', slot };
  cluster.create(resources.deployments, `shop-${slot}`, {
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { ...template(env), metadata: { labels } },
    },
  });
  createService(`shop-${slot}`, labels);
}

function createRoute(backendRefs: readonly unknown[], hostnames = ['shop.test']): void {
  const spec = { parentRefs: [{ name: 'web' }], hostnames, rules: [{ backendRefs }] };
  cluster.create(resources.httproutes, 'shop', { spec });
}

const slotReady = (slot: string) =>
  cluster.until(`${slot} is ready`, () => isSettled(cluster.get(resources.deployments, `shop-${slot}`)));

describe('EndpointSlices', () => {
  it('name the ready pods of a Service with the number of its named port', async () => {
    createSlot('blue');
    await slotReady('blue');
    await cluster.until('both are listed', () => readyPods().length === 2);
    const [slice] = cluster.list(resources.endpointslices);
    expect(slice?.metadata.labels?.['kubernetes.io/service-name']).toBe('shop-blue');
    expect(slice?.metadata.name).toMatch(/^shop-blue-[a-z0-9]{5}$/);
    expect(slice?.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }]);
    expect(readyPods().sort()).toEqual(cluster.pods().map((pod) => pod.metadata.name));
  });

  it('never call a pod ready that is not, and list a leaving pod as terminating', async () => {
    const seen = { notReady: 0, terminating: 0 };
    cluster.store.subscribe(resources.endpointslices, ({ object }) => {
      const listed: readonly StoredObject[] = object.endpoints ?? [];
      for (const { targetRef, conditions } of listed) {
        const pod = cluster.get(resources.pods, targetRef.name);
        const leaving = pod?.metadata.deletionTimestamp !== undefined;
        const ready = condition(pod as StoredObject, 'Ready')?.status === 'True';
        if (!ready) seen.notReady += 1;
        if (leaving) seen.terminating += 1;
        expect(conditions).toEqual({ ready: ready && !leaving, serving: ready, terminating: leaving });
      }
    });
    createSlot('blue', 3, { STOP_DELAY: '4s' });
    await slotReady('blue');
    cluster.edit(resources.deployments, 'shop-blue', { replicas: 1 });
    await cluster.until('two pods are gone', () => cluster.pods().length === 1 && endpoints().length === 1);
    expect(seen.notReady).toBeGreaterThan(0);
    expect(seen.terminating).toBeGreaterThan(0);
  });

  it('follow a change of the selector after the delay', async () => {
    createSlot('blue');
    createSlot('green');
    createService('shop', { app: 'shop', slot: 'blue' });
    await slotReady('blue');
    await slotReady('green');
    const namesOf = (service: string) =>
      cluster
        .list(resources.endpointslices)
        .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service)
        .flatMap((slice): readonly StoredObject[] => slice.endpoints)
        .map(({ targetRef }) => targetRef.name)
        .sort();
    await cluster.until('the entry lists blue', () => namesOf('shop').length === 2);
    const before = cluster.clock.monotonic();
    cluster.edit(resources.services, 'shop', { selector: { app: 'shop', slot: 'green' } });
    await cluster.until('the entry lists green', () => namesOf('shop')[0]?.startsWith('shop-green') === true);
    expect(namesOf('shop')).toEqual(namesOf('shop-green'));
    expect(cluster.clock.monotonic() - before).toBeGreaterThanOrEqual(delays.endpointMs);
  });
});

describe('a route', () => {
  it('gives each backend exactly its weight, and changes only after the propagation delay', async () => {
    createSlot('blue', 1);
    createSlot('green', 1);
    createRoute([
      { name: 'shop-blue', port: 80, weight: 90 },
      { name: 'shop-green', port: 80, weight: 10 },
    ]);
    await slotReady('blue');
    await slotReady('green');
    await cluster.clock.sleep(1_000);
    const share = () => {
      const pods = Array.from({ length: 1_000 }, () => cluster.runtime.fakeAnswer('shop.test').pod);
      return pods.filter((pod) => pod.startsWith('shop-green')).length;
    };
    expect(share()).toBe(100);
    const before = cluster.clock.monotonic();
    const backendRefs = [
      { name: 'shop-blue', port: 80, weight: 0 },
      { name: 'shop-green', port: 80, weight: 100 },
    ];
    cluster.edit(resources.httproutes, 'shop', { rules: [{ backendRefs }] });
    await cluster.until('green alone answers', () => share() === 1_000);
    expect(cluster.clock.monotonic() - before).toBeGreaterThanOrEqual(delays.propagationMs);
  });

  it('says at its generation that it was accepted and that its backends are there', async () => {
    createSlot('blue', 1);
    createRoute([{ name: 'shop-blue', port: 80 }]);
    const parent = () => cluster.get(resources.httproutes, 'shop')?.status?.parents?.[0];
    await cluster.until('a status', () => parent() !== undefined);
    expect(parent().conditions).toMatchObject([
      { type: 'Accepted', status: 'True', observedGeneration: 1 },
      { type: 'ResolvedRefs', status: 'True', observedGeneration: 1 },
    ]);
    cluster.edit(resources.httproutes, 'shop', { rules: [{ backendRefs: [{ name: 'gone', port: 80 }] }] });
    await cluster.until('the second generation', () => parent().conditions[1].observedGeneration === 2);
    expect(parent().conditions[1]).toMatchObject({ status: 'False', reason: 'BackendNotFound' });
    await cluster.clock.sleep(1_000);
    expect(cluster.runtime.fakeAnswer('shop.test').status).toBe(500);
  });

  it('answers 404 without a route, 503 without a ready pod, 502 of a pod that has just died', async () => {
    expect(cluster.runtime.fakeAnswer('shop.test').status).toBe(404);
    createSlot('blue', 1);
    createRoute([{ name: 'shop-blue', port: 80 }]);
    await cluster.clock.sleep(300);
    expect(cluster.runtime.fakeAnswer('shop.test').status).toBe(503);
    await cluster.until('an answer', () => cluster.runtime.fakeAnswer('shop.test').status === 200);
    const [pod] = cluster.pods();
    cluster.runtime.killPod('shop', pod?.metadata.name ?? '');
    await cluster.until('a broken answer', () => cluster.runtime.fakeAnswer('shop.test').status === 502);
    await cluster.until('the restart', () => cluster.runtime.fakeAnswer('shop.test').status === 200);
    expect(cluster.pods()[0]?.status.containerStatuses[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 137 } },
    });
  });

  it('is not accepted from a namespace that no listener allows', async () => {
    const spec = { parentRefs: [{ name: 'web', namespace: 'shop' }], rules: [] };
    cluster.create(resources.httproutes, 'stranger', {
      metadata: { name: 'stranger', namespace: 'other' },
      spec,
    });
    const accepted = () =>
      cluster.store.get(resources.httproutes, 'other', 'stranger')?.status?.parents[0].conditions[0];
    await cluster.until('a status', () => accepted() !== undefined);
    expect(accepted()).toMatchObject({ status: 'False', reason: 'NotAllowedByListeners' });
  });
});
