import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { type CustomImages, createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { StoredObject } from '../../../src/sandbox/store.ts';

const core = '/api/v1/namespaces/default';
const jobs = '/apis/batch/v1/namespaces/default/jobs';
const program = '/nowhere.mjs';
const images: CustomImages = {
  'node:*': { program, fake: { afterMs: 3_000, exitCode: 0, output: 'it is done\n' } },
  'broken:1': { program, fake: { afterMs: 1_000, exitCode: 3 } },
  'endless:1': { program },
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
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const response = await sandbox.handle({ method, path, headers: { 'content-type': type }, ...text });
  return { status: response.status, text: await readBody(response.body) };
}

async function start(image: string, fields: object = {}, restartPolicy = 'Never'): Promise<void> {
  const template = { spec: { restartPolicy, containers: [{ name: 'work', image }] } };
  const { status, text } = await ask('POST', jobs, {
    metadata: { name: 'work' },
    spec: { ...fields, template },
  });
  if (status !== 201) throw new Error(text);
}

const read = async (): Promise<StoredObject> => JSON.parse((await ask('GET', `${jobs}/work`)).text);
const pods = async (): Promise<readonly StoredObject[]> =>
  JSON.parse((await ask('GET', `${core}/pods?labelSelector=job-name%3Dwork`)).text).items;
const conditions = ({ status }: StoredObject) =>
  Object.fromEntries(
    (status.conditions ?? []).map((condition: StoredObject) => [condition.type, condition.reason]),
  );

async function until(holds: (job: StoredObject) => boolean): Promise<StoredObject> {
  for (let n = 0; n < 1_000; n++) {
    const job = await read();
    if (holds(job)) return job;
    await clock.sleep(500);
  }
  throw new Error('not within 500 s');
}
const failed = (job: StoredObject) => 'Failed' in conditions(job);
const complete = (job: StoredObject) => 'Complete' in conditions(job);

describe('a Job', () => {
  it('runs a pod to its end, and the log of that pod can be read', async () => {
    await start('node:24');
    await clock.sleep(2_000);
    expect((await read()).status).toMatchObject({ active: 1, ready: 1, terminating: 0 });
    const { status } = await until(complete);
    expect(status).toMatchObject({ succeeded: 1, ready: 0 });
    expect(status.active).toBeUndefined();
    expect(status.completionTime).toBeDefined();
    expect(conditions(await read())).toEqual({
      SuccessCriteriaMet: 'CompletionsReached',
      Complete: 'CompletionsReached',
    });
    const [pod] = await pods();
    expect(pod?.status.phase).toBe('Succeeded');
    expect((await ask('GET', `${core}/pods/${pod?.metadata.name}/log`)).text).toBe('it is done\n');
  });

  it('makes a new pod for each that fails, later each time, up to its limit', async () => {
    await start('broken:1', { backoffLimit: 2 });
    const { status } = await until(failed);
    expect(status.failed).toBe(3);
    expect(await pods()).toHaveLength(3);
    expect(conditions(await read())).toEqual({
      FailureTarget: 'BackoffLimitExceeded',
      Failed: 'BackoffLimitExceeded',
    });
  });

  it('lets its pod restart by itself when the template says so', async () => {
    await start('broken:1', { backoffLimit: 2 }, 'OnFailure');
    await until(failed);
    expect(await pods()).toHaveLength(0);
    expect(conditions(await read()).Failed).toBe('BackoffLimitExceeded');
  });

  it('ends at its deadline, and its pods with it', async () => {
    await start('endless:1', { activeDeadlineSeconds: 20 });
    await clock.sleep(19_000);
    expect(failed(await read())).toBe(false);
    const job = await until(failed);
    expect(conditions(job).Failed).toBe('DeadlineExceeded');
    expect(await pods()).toHaveLength(0);
  });

  it('is forgotten with its pods when its time is over', async () => {
    await start('node:24', { ttlSecondsAfterFinished: 60 });
    await until(complete);
    await clock.sleep(58_000);
    expect((await ask('GET', `${jobs}/work`)).status).toBe(200);
    await clock.sleep(3_000);
    expect((await ask('GET', `${jobs}/work`)).status).toBe(404);
    expect(await pods()).toHaveLength(0);
  });

  it('runs as many at once as it may, until enough succeeded', async () => {
    await start('node:24', { completions: 5, parallelism: 2 });
    await clock.sleep(2_000);
    expect((await read()).status.active).toBe(2);
    expect((await until(complete)).status.succeeded).toBe(5);
  });

  it('counts a pod that is deleted as failed, and makes another', async () => {
    await start('node:24');
    await clock.sleep(2_000);
    const [first] = await pods();
    await ask('DELETE', `${core}/pods/${first?.metadata.name}`);
    expect((await until(complete)).status).toMatchObject({ succeeded: 1, failed: 1 });
  });

  it('that is suspended runs nothing until it is resumed', async () => {
    await start('node:24', { suspend: true });
    await clock.sleep(10_000);
    expect(await pods()).toHaveLength(0);
    expect(conditions(await read())).toEqual({ Suspended: 'JobSuspended' });
    await ask('PATCH', `${jobs}/work`, { spec: { suspend: false } });
    await until(complete);
  });

  it('waits for an image that is not in the table, and never runs its command', async () => {
    await start('python:3');
    await clock.sleep(10_000);
    const [pod] = await pods();
    expect(pod?.status.phase).toBe('Pending');
    expect((await read()).status.active).toBe(1);
  });

  it.each([
    [{ completionMode: 'Indexed', completions: 2, template: {} }, 'indexed completion'],
    [{ podFailurePolicy: { rules: [] }, template: {} }, 'podFailurePolicy'],
    [{ template: { spec: { activeDeadlineSeconds: 5 } } }, 'activeDeadlineSeconds of a pod'],
  ])('with a part that is not understood is refused: %j', async (spec, part) => {
    const { status, text } = await ask('POST', jobs, { metadata: { name: 'work' }, spec });
    expect(status).toBe(501);
    expect(text).toContain(part);
  });
});
