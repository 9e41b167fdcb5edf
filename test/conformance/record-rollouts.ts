import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from '../support/kube-client.ts';
import { playRollouts } from './play-rollouts.ts';

// Writes rollouts.json from a real cluster: `node test/conformance/record-rollouts.ts KUBECONFIG`, then `npm run format`.
// Its nodes need the images localhost/sample:v1 and :v2, and must not find localhost/none:v1.
const [kubeconfig = ''] = process.argv.slice(2);
const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
const namespace = `table-${process.pid}-rollouts`;
const headers = { 'content-type': 'application/json' };
const ask = (method: string, path: string, body?: object) =>
  client.ask({ method, path, headers, ...(body && { body: JSON.stringify(body) }) });
await ask('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
try {
  while ((await ask('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`)).status !== 200)
    await pause(200);
  const states = await playRollouts({ send: client.ask, namespace, pause: () => pause(100) });
  const { body: server } = await ask('GET', '/version');
  const file = new URL('rollouts.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify({ server, states: Object.fromEntries(states) }, undefined, 1)}\n`);
} finally {
  await ask('DELETE', `/api/v1/namespaces/${namespace}`);
  client.close();
}
