import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { type CustomImages, createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';

const pods = '/api/v1/namespaces/default/pods';
const images: CustomImages = {
  'node:*': { program: '/nowhere.mjs', fake: { afterMs: 3_000, exitCode: 0, output: 'it is done\n' } },
  'broken:1': { program: '/nowhere.mjs', fake: { afterMs: 1_000, exitCode: 3, output: 'no way\n' } },
};

let sandbox: Sandbox;
let clock = createVirtualClock();
beforeEach(async () => {
  clock = createVirtualClock();
  sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog, images });
});
afterEach(async () => {
  await sandbox.close();
  clock.stop();
});

async function ask(method: string, path: string, body?: unknown) {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const response = await sandbox.handle({ method, path, headers, ...text });
  return { status: response.status, text: await readBody(response.body) };
}

const app = { name: 'app', image: 'localhost/sample:v1' };
const create = (spec: object) => ask('POST', pods, { metadata: { name: 'one' }, spec });
const read = async (): Promise<StoredObject> => JSON.parse((await ask('GET', `${pods}/one`)).text);
const log = async (query = '') => (await ask('GET', `${pods}/one/log${query}`)).text;
const condition = ({ status }: StoredObject, type: string) =>
  status.conditions.find((candidate: StoredObject) => candidate.type === type)?.status;

describe('a pod with several containers', () => {
  it('is ready when all of them are, and a sidecar that is not in the table counts as ready', async () => {
    await create({ containers: [app, { name: 'proxy', image: 'envoyproxy/envoy:v1.30' }] });
    await clock.sleep(500);
    expect(condition(await read(), 'Ready')).toBe('False');
    await clock.sleep(1_000);
    const pod = await read();
    expect(condition(pod, 'Ready')).toBe('True');
    expect(pod.status.containerStatuses).toMatchObject([
      { name: 'app', ready: true, state: { running: {} } },
      { name: 'proxy', ready: true, state: { running: {} } },
    ]);
    const events = await ask('GET', '/api/v1/namespaces/default/events');
    expect(events.text).toContain('nothing runs for proxy');
  });

  it('still cannot start when no image is in the table', async () => {
    await create({
      containers: [
        { name: 'app', image: 'nginx:1' },
        { name: 'proxy', image: 'envoy:1' },
      ],
    });
    await clock.sleep(500);
    expect((await read()).status.containerStatuses).toMatchObject([
      { state: { waiting: { reason: 'ErrImagePull' } } },
      { state: { waiting: { reason: 'ErrImagePull' } } },
    ]);
  });

  it('ends with its grace period like any other', async () => {
    await create({ containers: [app, { name: 'proxy', image: 'envoy:1' }] });
    await clock.sleep(2_000);
    await ask('DELETE', `${pods}/one`);
    await clock.sleep(1_000);
    expect((await ask('GET', `${pods}/one`)).status).toBe(404);
  });

  it('wants the container of a log to be named, and has one for each', async () => {
    await create({
      initContainers: [{ name: 'migrate', image: 'flyway:10' }],
      containers: [app, { name: 'proxy', image: 'envoy:1' }],
    });
    await clock.sleep(2_000);
    expect(await log()).toContain(
      'a container name must be specified for pod one, choose one of: [app proxy] or one of the init containers: [migrate]',
    );
    expect(await log('?container=proxy')).toBe('');
    expect(await log('?container=migrate')).toBe('');
    expect(await log('?container=other')).toContain('container other is not valid for pod one');
  });
});

describe('a pod with init containers', () => {
  it('takes the work of images that it does not know for done', async () => {
    await create({ initContainers: [{ name: 'migrate', image: 'flyway:10' }], containers: [app] });
    await clock.sleep(2_000);
    const pod = await read();
    expect(pod.status.initContainerStatuses).toMatchObject([
      { name: 'migrate', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
    ]);
    expect(condition(pod, 'Initialized')).toBe('True');
    expect(condition(pod, 'Ready')).toBe('True');
  });

  it('waits for the work of images that it does know, one by one', async () => {
    const inits = ['first', 'second'].map((name) => ({ name, image: 'node:24' }));
    await create({ initContainers: inits, containers: [app] });
    await clock.sleep(2_000);
    const pod = await read();
    expect(pod.status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { state: { running: {} } },
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
    expect(condition(pod, 'Initialized')).toBe('False');
    await clock.sleep(6_000);
    expect(condition(await read(), 'Ready')).toBe('True');
    expect(await log('?container=second')).toBe('it is done\n');
    expect(await log()).toBe('');
  });

  it('does not start while one of them fails', async () => {
    await create({ initContainers: [{ name: 'migrate', image: 'broken:1' }], containers: [app] });
    await clock.sleep(10_000);
    const pod = await read();
    expect(pod.status.phase).toBe('Pending');
    expect(pod.status.initContainerStatuses[0].restartCount).toBeGreaterThan(1);
  });

  it('keeps sidecars among them', async () => {
    const sidecar = { name: 'proxy', image: 'envoy:1', restartPolicy: 'Always' };
    await create({ initContainers: [sidecar], containers: [app] });
    await clock.sleep(2_000);
    const pod = await read();
    expect(pod.status.initContainerStatuses).toMatchObject([{ ready: true, state: { running: {} } }]);
    expect(condition(pod, 'Ready')).toBe('True');
  });
});

describe('a pod that runs to its end', () => {
  it('succeeds, and its log can still be read', async () => {
    await create({ restartPolicy: 'Never', containers: [{ name: 'work', image: 'node:24-slim' }] });
    await clock.sleep(4_000);
    expect((await read()).status.phase).toBe('Succeeded');
    expect(await log()).toBe('it is done\n');
  });

  it('fails with the exit code of its program', async () => {
    await create({ restartPolicy: 'Never', containers: [{ name: 'work', image: 'broken:1' }] });
    await clock.sleep(4_000);
    const { status } = await read();
    expect(status.phase).toBe('Failed');
    expect(status.containerStatuses[0].state.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
  });

  it('tries again after a failure when its policy says so, and has not failed meanwhile', async () => {
    await create({ restartPolicy: 'OnFailure', containers: [{ name: 'work', image: 'broken:1' }] });
    const phases = new Set<string>();
    for (let n = 0; n < 100; n++) {
      await clock.sleep(100);
      phases.add((await read()).status.phase);
    }
    expect([...phases]).toEqual(['Running']);
    expect((await read()).status.containerStatuses[0].restartCount).toBeGreaterThan(1);
  });
});

describe('a pod of an account', () => {
  it('that does not exist is refused', async () => {
    const { status, text } = await create({ serviceAccountName: 'shop', containers: [app] });
    expect(status).toBe(403);
    expect(JSON.parse(text).message).toBe(
      'pods "one" is forbidden: error looking up service account default/shop: serviceaccount "shop" not found',
    );
    await ask('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'shop' } });
    expect((await create({ serviceAccountName: 'shop', containers: [app] })).status).toBe(201);
  });
});
