import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from '../support/kube-client.ts';
import { playRunningPods } from './play-running-pods.ts';

// Writes running-pods.json from a real cluster: `node test/conformance/record-running-pods.ts KUBECONFIG IMAGE`, then
// `npm run format`. IMAGE is one of Node that its nodes can run; they must not find localhost/none:v1.
const [kubeconfig = '', image = ''] = process.argv.slice(2);
const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
const namespace = `table-${process.pid}-pods`;
const program = readFileSync(new URL('programs/talker.mjs', import.meta.url), 'utf8');
const headers = { 'content-type': 'application/json' };
const ask = (method: string, path: string, body?: object) =>
  client.ask({ method, path, headers, ...(body && { body: JSON.stringify(body) }) });
await ask('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
try {
  while ((await ask('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`)).status !== 200)
    await pause(200);
  const command = ['node', '--input-type=module', '-e', program];
  const answers = await playRunningPods({ client, namespace, image, command });
  const { body: server } = await ask('GET', '/version');
  const file = new URL('running-pods.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify({ server, answers: Object.fromEntries(answers) }, undefined, 1)}\n`);
} finally {
  await ask('DELETE', `/api/v1/namespaces/${namespace}`);
  client.close();
}
