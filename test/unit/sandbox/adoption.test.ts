import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { deploymentSpec } from '../../support/fake-cluster.ts';

const core = '/api/v1/namespaces/default';
const apps = '/apis/apps/v1/namespaces/default';
const slotPath = '/metadata/labels/streamgate.io~1slot';
const addSlot = { op: 'add', path: slotPath, value: 'blue' };
const addSlotToTemplate = { ...addSlot, path: `/spec/template${slotPath}` };
const pause = { op: 'add', path: '/spec/paused', value: true };
const resume = { op: 'remove', path: '/spec/paused' };

let sandbox: Sandbox;
let clock = createVirtualClock();
beforeEach(async () => {
  clock = createVirtualClock();
  sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog });
  await ask('POST', `${apps}/deployments`, {
    metadata: { name: 'shop' },
    spec: deploymentSpec({ replicas: 2 }),
  });
  await clock.sleep(5_000);
});
afterEach(async () => {
  await sandbox.close();
  clock.stop();
});

async function ask(method: string, path: string, body?: unknown, type = 'application/json') {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await sandbox.handle({ method, path, headers: { 'content-type': type }, ...text });
  const answer = JSON.parse(await readBody(response.body));
  if (response.status >= 300) throw new Error(`${method} ${path}: ${answer.message}`);
  return answer;
}

async function patch(path: string, ...operations: readonly object[]): Promise<void> {
  await ask('PATCH', path, operations, 'application/json-patch+json');
  await clock.sleep(1_000);
}

async function names(path: string): Promise<readonly string[]> {
  const { items } = await ask('GET', path);
  return items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
}

async function revision(): Promise<string> {
  const { metadata } = await ask('GET', `${apps}/deployments/shop`);
  return metadata.annotations['deployment.kubernetes.io/revision'];
}

describe('a label for pods that run already', () => {
  it('comes without a new pod, ReplicaSet or revision, while the Deployment is paused', async () => {
    const pods = await names(`${core}/pods`);
    const [set = ''] = await names(`${apps}/replicasets`);
    await patch(`${apps}/deployments/shop`, pause);
    await patch(`${apps}/replicasets/${set}`, addSlotToTemplate);
    for (const pod of pods) await patch(`${core}/pods/${pod}`, addSlot);
    await patch(`${apps}/deployments/shop`, addSlotToTemplate);
    await patch(`${apps}/deployments/shop`, resume);
    await clock.sleep(60_000);
    expect(await names(`${core}/pods`)).toEqual(pods);
    expect(await names(`${apps}/replicasets`)).toEqual([set]);
    expect(await revision()).toBe('1');
  });

  it('is on the pods that come later', async () => {
    const [set = ''] = await names(`${apps}/replicasets`);
    await patch(`${apps}/deployments/shop`, pause);
    await patch(`${apps}/replicasets/${set}`, addSlotToTemplate);
    await patch(`${apps}/deployments/shop`, addSlotToTemplate);
    await patch(`${apps}/deployments/shop`, resume);
    await patch(`${apps}/deployments/shop`, { op: 'replace', path: '/spec/replicas', value: 3 });
    await clock.sleep(5_000);
    expect(await names(`${core}/pods`)).toHaveLength(3);
    expect(await names(`${core}/pods?labelSelector=streamgate.io%2Fslot%3Dblue`)).toHaveLength(1);
    expect(await names(`${apps}/replicasets`)).toEqual([set]);
  });

  it('in the template of the Deployment alone is a new revision, and new pods', async () => {
    const pods = await names(`${core}/pods`);
    await patch(`${apps}/deployments/shop`, addSlotToTemplate);
    await clock.sleep(60_000);
    const after = await names(`${core}/pods`);
    expect(after.some((name) => pods.includes(name))).toBe(false);
    expect(await names(`${apps}/replicasets`)).toHaveLength(2);
    expect(await revision()).toBe('2');
  });

  it('in the template of the ReplicaSet alone is undone by a new one', async () => {
    const [set = ''] = await names(`${apps}/replicasets`);
    await patch(`${apps}/replicasets/${set}`, addSlotToTemplate);
    await clock.sleep(60_000);
    expect(await names(`${apps}/replicasets`)).toHaveLength(2);
    expect(await revision()).toBe('2');
  });

  it('that the selector wants, taken from a pod, lets go of the pod and makes another', async () => {
    const [first = ''] = await names(`${core}/pods`);
    await patch(`${core}/pods/${first}`, { op: 'replace', path: '/metadata/labels/app', value: 'other' });
    await clock.sleep(5_000);
    expect(await names(`${core}/pods`)).toHaveLength(3);
    expect((await ask('GET', `${core}/pods/${first}`)).metadata.ownerReferences ?? []).toEqual([]);
  });
});
