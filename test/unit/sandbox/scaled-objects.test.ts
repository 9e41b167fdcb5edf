import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';
import { deploymentSpec } from '../../support/fake-cluster.ts';

const deployments = '/apis/apps/v1/namespaces/default/deployments';
const scalers = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers';
const scaled = '/apis/keda.sh/v1alpha1/namespaces/default/scaledobjects';

let sandbox: Sandbox;
let clock = createVirtualClock();
beforeEach(async () => {
  clock = createVirtualClock();
  sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog });
  await ask('POST', deployments, { metadata: { name: 'shop' }, spec: deploymentSpec({ replicas: 2 }) });
  await ask('POST', scaled, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'shop' },
    spec: {
      scaleTargetRef: { name: 'shop' },
      minReplicaCount: 2,
      maxReplicaCount: 6,
      triggers: [{ type: 'prometheus', metadata: { threshold: '10' } }],
    },
  });
  await clock.sleep(5_000);
});
afterEach(async () => {
  await sandbox.close();
  clock.stop();
});

async function ask(method: string, path: string, body?: unknown): Promise<StoredObject> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const response = await sandbox.handle({ method, path, headers: { 'content-type': type }, ...text });
  return JSON.parse(await readBody(response.body));
}

async function annotate(annotations: Readonly<Record<string, string | null>>): Promise<void> {
  await ask('PATCH', `${scaled}/shop`, { metadata: { annotations } });
  await clock.sleep(5_000);
}

const replicas = async () => (await ask('GET', `${deployments}/shop`)).spec.replicas;

describe('a ScaledObject of KEDA', () => {
  it('has an autoscaler of its own, with its limits', async () => {
    const scaler = await ask('GET', `${scalers}/keda-hpa-shop`);
    expect(scaler.spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicas: 2,
      maxReplicas: 6,
    });
    expect(scaler.metadata.ownerReferences).toMatchObject([{ kind: 'ScaledObject', controller: true }]);
    expect((await ask('GET', `${scaled}/shop`)).status).toMatchObject({ hpaName: 'keda-hpa-shop' });
    sandbox.setDesiredReplicas('default', 'keda-hpa-shop', 9);
    await clock.sleep(5_000);
    expect(await replicas()).toBe(6);
  });

  it('takes back what somebody else writes into its autoscaler', async () => {
    await ask('PATCH', `${scalers}/keda-hpa-shop`, { spec: { minReplicas: 5 } });
    await clock.sleep(5_000);
    expect((await ask('GET', `${scalers}/keda-hpa-shop`)).spec.minReplicas).toBe(2);
  });

  it('has none while it is paused, at the size that the pause names', async () => {
    await annotate({ 'autoscaling.keda.sh/paused-replicas': '4' });
    expect((await ask('GET', `${scalers}/keda-hpa-shop`)).code).toBe(404);
    expect(await replicas()).toBe(4);
    await annotate({ 'autoscaling.keda.sh/paused-replicas': null });
    expect((await ask('GET', `${scalers}/keda-hpa-shop`)).spec.minReplicas).toBe(2);
  });

  it('takes its autoscaler with it', async () => {
    await ask('DELETE', `${scaled}/shop`);
    await clock.sleep(5_000);
    expect((await ask('GET', `${scalers}/keda-hpa-shop`)).code).toBe(404);
    expect(await replicas()).toBe(2);
  });
});
