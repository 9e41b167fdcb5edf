import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { resources } from '../../../src/sandbox/resources.ts';
import {
  condition,
  deploymentSpec,
  type FakeCluster,
  isSettled,
  startFakeCluster,
} from '../../support/fake-cluster.ts';

describe('a PodDisruptionBudget', () => {
  let cluster: FakeCluster;
  beforeEach(async () => {
    cluster = await startFakeCluster();
  });
  afterEach(() => cluster.stop());

  const budget = () => cluster.get(resources.poddisruptionbudgets, 'shop');

  async function start(replicas: number, spec: Readonly<Record<string, unknown>>): Promise<void> {
    cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas }) });
    cluster.create(resources.poddisruptionbudgets, 'shop', {
      spec: { selector: { matchLabels: { app: 'shop' } }, ...spec },
    });
    const settled = () => isSettled(cluster.get(resources.deployments, 'shop'));
    await cluster.until('the Deployment settles', settled);
    await cluster.clock.sleep(10);
  }

  it.each([
    [3, { minAvailable: 2 }, { disruptionsAllowed: 1, desiredHealthy: 2, expectedPods: 3 }],
    [3, { minAvailable: '50%' }, { disruptionsAllowed: 1, desiredHealthy: 2, expectedPods: 3 }],
    [3, { maxUnavailable: 1 }, { disruptionsAllowed: 1, desiredHealthy: 2, expectedPods: 3 }],
    [4, { maxUnavailable: '30%' }, { disruptionsAllowed: 2, desiredHealthy: 2, expectedPods: 4 }],
    [2, { minAvailable: 2 }, { disruptionsAllowed: 0, desiredHealthy: 2, expectedPods: 2 }],
  ])('of %i pods with %j says %j', async (replicas, spec, status) => {
    await start(replicas, spec);
    expect(budget()?.status).toMatchObject({ ...status, currentHealthy: replicas, observedGeneration: 1 });
    const allowed = status.disruptionsAllowed > 0;
    expect(condition(budget(), 'DisruptionAllowed')).toMatchObject({
      status: allowed ? 'True' : 'False',
      reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    });
  });

  it('allows nothing while it selects no pod', async () => {
    cluster.create(resources.poddisruptionbudgets, 'shop', {
      spec: { minAvailable: 0, selector: { matchLabels: { app: 'other' } } },
    });
    await cluster.clock.sleep(10);
    expect(budget()?.status).toMatchObject({ disruptionsAllowed: 0, expectedPods: 0 });
  });

  it('counts pods that are not ready as missing', async () => {
    await start(3, { minAvailable: 2 });
    const [first] = cluster.pods();
    cluster.runtime.killPod('shop', first?.metadata.name ?? '');
    await cluster.until('it is missed', () => budget()?.status.disruptionsAllowed === 0);
    expect(budget()?.status.currentHealthy).toBe(2);
  });
});

describe('an eviction', () => {
  let sandbox: Sandbox;
  const clock = createVirtualClock();
  const pods = '/api/v1/namespaces/default/pods';
  const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
  const deployments = '/apis/apps/v1/namespaces/default/deployments';
  beforeEach(async () => {
    sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog });
  });
  afterEach(() => sandbox.close());
  afterAll(() => clock.stop());

  async function ask(method: string, path: string, body?: unknown) {
    const headers = { 'content-type': 'application/json' };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await sandbox.handle({ method, path, headers, ...text });
    return { status: response.status, body: JSON.parse(await readBody(response.body)) };
  }

  async function startShop(minAvailable: number): Promise<readonly string[]> {
    await ask('POST', deployments, { metadata: { name: 'shop' }, spec: deploymentSpec({ replicas: 2 }) });
    await ask('POST', budgets, {
      metadata: { name: 'shop' },
      spec: { minAvailable, selector: { matchLabels: { app: 'shop' } } },
    });
    await clock.sleep(5_000);
    const { body } = await ask('GET', pods);
    return body.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
  }

  const evict = (name = '', query = '') =>
    ask('POST', `${pods}/${name}/eviction${query}`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name },
    });

  it('deletes the pod when the budget has room for it, and only one at a time', async () => {
    const [first, second] = await startShop(1);
    expect(await evict(first)).toMatchObject({ status: 201, body: { status: 'Success' } });
    expect((await ask('GET', `${pods}/${first}`)).body.metadata.deletionTimestamp).toBeDefined();
    expect((await evict(second)).status).toBe(429);
    await clock.sleep(60_000);
    expect((await evict(second)).status).toBe(201);
  });

  it('is refused with 429 and the arithmetic when there is no room', async () => {
    const [first] = await startShop(2);
    const { status, body } = await evict(first);
    expect(status).toBe(429);
    expect(body).toMatchObject({
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: 'The disruption budget shop needs 2 healthy pods and has 2 currently',
          },
        ],
      },
    });
    expect((await ask('GET', `${pods}/${first}`)).body.metadata.deletionTimestamp).toBeUndefined();
  });

  it('by dry run changes nothing', async () => {
    const [first, second] = await startShop(1);
    expect((await evict(first, '?dryRun=All')).status).toBe(201);
    expect((await ask('GET', `${pods}/${first}`)).body.metadata.deletionTimestamp).toBeUndefined();
    expect((await evict(second)).status).toBe(201);
  });

  it('of a pod under two budgets is an error', async () => {
    const [first] = await startShop(1);
    await ask('POST', budgets, { metadata: { name: 'all' }, spec: { minAvailable: 0, selector: {} } });
    await clock.sleep(1_000);
    const { status, body } = await evict(first);
    expect(status).toBe(500);
    expect(body.message).toContain('more than one PodDisruptionBudget');
  });

  it('is a permission of its own', async () => {
    const [first] = await startShop(1);
    sandbox.faults.deny(({ subresource }) => subresource === 'eviction');
    const { status, body } = await evict(first);
    expect(status).toBe(403);
    expect(body.message).toBe(
      `pods "${first}" is forbidden: User "sandbox" cannot create resource "pods/eviction" in API group "" in the namespace "default"`,
    );
  });
});
