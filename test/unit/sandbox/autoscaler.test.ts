import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resources } from '../../../src/sandbox/resources.ts';
import {
  condition,
  deploymentSpec,
  type FakeCluster,
  isSettled,
  startFakeCluster,
} from '../../support/fake-cluster.ts';

let cluster: FakeCluster;
beforeEach(async () => {
  cluster = await startFakeCluster();
});
afterEach(() => cluster.stop());

const scaler = (name = 'shop') => cluster.get(resources.horizontalpodautoscalers, name);
const deployment = (name = 'shop') => cluster.get(resources.deployments, name);
const ask = (replicas: number | undefined, name = 'shop') =>
  cluster.runtime.setDesiredReplicas('shop', name, replicas);

function autoscale(name: string, spec: Readonly<Record<string, unknown>>, target = name): void {
  cluster.create(resources.horizontalpodautoscalers, name, {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target }, ...spec },
    status: { desiredReplicas: 0, currentMetrics: null },
  });
}

async function start(replicas: number, spec: Readonly<Record<string, unknown>>): Promise<void> {
  cluster.create(resources.deployments, 'shop', { spec: deploymentSpec({ replicas }) });
  await cluster.until('the Deployment settles', () => isSettled(deployment()));
  autoscale('shop', spec);
  await cluster.clock.sleep(10);
}

describe('a HorizontalPodAutoscaler', () => {
  it('leaves the size alone while there are no metrics, and says so', async () => {
    await start(3, { minReplicas: 1, maxReplicas: 5 });
    expect(condition(scaler(), 'ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'FailedGetResourceMetric',
    });
    expect(scaler()?.status).toMatchObject({ currentReplicas: 3, desiredReplicas: 0 });
    expect(deployment()?.spec.replicas).toBe(3);
  });

  it.each([
    [4, 4],
    [9, 5],
  ])('brings %i wanted pods to %i, within its limits', async (wanted, made) => {
    await start(2, { minReplicas: 2, maxReplicas: 5 });
    ask(wanted);
    await cluster.until('it has grown', () => deployment()?.spec.replicas === made);
    await cluster.until('it says so', () => scaler()?.status.currentReplicas === made);
    expect(scaler()?.status.desiredReplicas).toBe(made);
    expect(condition(scaler(), 'ScalingActive')).toMatchObject({
      status: 'True',
      reason: 'ValidMetricFound',
    });
    expect(condition(scaler(), 'ScalingLimited')?.status).toBe(wanted === made ? 'False' : 'True');
    expect(cluster.list(resources.events).some(({ reason }) => reason === 'SuccessfulRescale')).toBe(true);
  });

  it('raises a size below its floor at once, with or without metrics', async () => {
    await start(2, { minReplicas: 4, maxReplicas: 5 });
    await cluster.until('it has grown', () => deployment()?.spec.replicas === 4);
  });

  it('shrinks only after five minutes of wanting less', async () => {
    await start(4, { minReplicas: 1, maxReplicas: 5 });
    ask(2);
    await cluster.clock.sleep(290_000);
    expect(deployment()?.spec.replicas).toBe(4);
    expect(condition(scaler(), 'AbleToScale')?.reason).toBe('ScaleDownStabilized');
    await cluster.until('it has shrunk', () => deployment()?.spec.replicas === 2, 20_000);
  });

  it('shrinks at once when its behavior says so', async () => {
    const behavior = { scaleDown: { stabilizationWindowSeconds: 0 } };
    await start(4, { minReplicas: 1, maxReplicas: 5, behavior });
    ask(2);
    await cluster.until('it has shrunk', () => deployment()?.spec.replicas === 2, 1_000);
  });

  it('does nothing for a size of zero', async () => {
    await start(0, { minReplicas: 2, maxReplicas: 5 });
    ask(4);
    await cluster.clock.sleep(60_000);
    expect(deployment()?.spec.replicas).toBe(0);
    expect(condition(scaler(), 'ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'ScalingDisabled',
    });
  });

  it('owns the size that it wrote', async () => {
    await start(2, { minReplicas: 1, maxReplicas: 5 });
    ask(3);
    await cluster.until('it has grown', () => deployment()?.spec.replicas === 3);
    expect(deployment()?.metadata.managedFields).toContainEqual(
      expect.objectContaining({
        manager: 'kube-controller-manager',
        subresource: 'scale',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      }),
    );
  });

  it('whose target is missing says so', async () => {
    autoscale('shop', { minReplicas: 1, maxReplicas: 5 });
    await cluster.clock.sleep(10);
    expect(condition(scaler(), 'AbleToScale')).toMatchObject({
      status: 'False',
      reason: 'FailedGetScale',
      message:
        'the HPA controller was unable to get the target\'s current scale: deployments.apps "shop" not found',
    });
  });

  it('stops, like its rival, when both select the same pods', async () => {
    await start(2, { minReplicas: 1, maxReplicas: 5 });
    const other = { replicas: 1, selector: { matchLabels: { app: 'shop', slot: 'blue' } } };
    const spec = deploymentSpec(other);
    const labels = { app: 'shop', slot: 'blue' };
    cluster.create(resources.deployments, 'blue', {
      spec: { ...spec, template: { ...spec.template, metadata: { labels } } },
    });
    await cluster.until('both run', () => isSettled(deployment('blue')));
    autoscale('blue', { minReplicas: 1, maxReplicas: 5 });
    ask(4);
    ask(4, 'blue');
    await cluster.clock.sleep(60_000);
    for (const name of ['shop', 'blue']) {
      expect(condition(scaler(name), 'ScalingActive')).toMatchObject({
        status: 'False',
        reason: 'AmbiguousSelector',
        message: expect.stringContaining('are controlled by multiple HPAs: [shop/blue shop/shop]'),
      });
    }
    expect([deployment()?.spec.replicas, deployment('blue')?.spec.replicas]).toEqual([2, 1]);
    cluster.store.remove(resources.horizontalpodautoscalers, 'shop', 'blue');
    await cluster.until('the one that is left goes on', () => deployment()?.spec.replicas === 4);
  });
});
