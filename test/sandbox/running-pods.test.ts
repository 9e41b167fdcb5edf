import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { playRunningPods } from '../conformance/play-running-pods.ts';
import { runningPods } from '../conformance/running-pods.ts';
import { connectTo } from '../support/kube-client.ts';

const file = new URL('../conformance/running-pods.json', import.meta.url);
const recorded: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8')).answers;
const program = fileURLToPath(new URL('../conformance/programs/talker.mjs', import.meta.url));

describe('pods that run are reached in the sandbox as they were on a recorded cluster', () => {
  let sandbox: Sandbox;
  let client: Awaited<ReturnType<typeof connectTo>>;
  let answers: ReadonlyMap<string, unknown>;

  beforeAll(async () => {
    sandbox = await createSandbox({
      clock: systemClock,
      pods: 'process',
      images: { 'talker:*': { program } },
    });
    client = await connectTo((await sandbox.listen()).kubeconfig);
    answers = await playRunningPods({ client, namespace: 'default', image: 'talker:1' });
  });
  afterAll(async () => {
    client?.close();
    await sandbox?.close();
  });

  it('has an answer on record for each row, and no other', () => {
    expect(Object.keys(recorded)).toEqual(runningPods.map(({ about }) => about));
  });

  it('is told about in its documentation with the right number', () => {
    const text = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
    expect(text).toContain(`A table of ${runningPods.length} rows about pods that run`);
  });

  it.each([
    ['channels as text', { upgrade: 'websocket', 'sec-websocket-protocol': 'v4.base64.channel.k8s.io' }],
    [
      'the tunnel of kubectl',
      { upgrade: 'websocket', 'sec-websocket-protocol': 'SPDY/3.1+portforward.k8s.io' },
    ],
    ['SPDY', { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'portforward.k8s.io' }],
  ])('answers 501 where a cluster would speak %s', async (_what, headers) => {
    const path = '/api/v1/namespaces/default/pods/talker/portforward?ports=8080';
    const call = client.begin({ method: 'GET', path, headers: { connection: 'Upgrade', ...headers } });
    const status = await new Promise((resolve, reject) => {
      call.on('upgrade', () => resolve(101));
      call.on('response', (answer) => resolve(answer.resume().statusCode));
      call.on('error', reject).end();
    });
    expect(status).toBe(501);
  });

  it.each(runningPods.map(({ about }) => about))('%s', (about) => {
    expect(answers.get(about)).toEqual(recorded[about]);
  });
});
