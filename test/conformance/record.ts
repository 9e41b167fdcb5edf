import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from '../support/kube-client.ts';
import { playTable } from './play.ts';

// Writes answers.json from a real server: `node test/conformance/record.ts KUBECONFIG`, then `npm run format`.
// The server must run without controllers and without the ServiceAccount admission plugin, and have the resource
// definitions of the Gateway API: otherwise status fields and tokens appear that are not the API's own doing. Start it a
// second time before, over the same etcd: what was before its start is then forgotten, as a watch of the table wants it.
const [kubeconfig = ''] = process.argv.slice(2);
const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
const answers = await playTable(client.ask, `table-${process.pid}-conformance`, () => pause(200));
client.close();
const version = await connectTo(readFileSync(kubeconfig, 'utf8'));
const { body } = await version.ask({ method: 'GET', path: '/version' });
version.close();
const file = new URL('answers.json', import.meta.url);
writeFileSync(
  file,
  `${JSON.stringify({ server: body, answers: Object.fromEntries(answers) }, undefined, 1)}\n`,
);
