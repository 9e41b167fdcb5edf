import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { at, silentLog, systemClock } from '../../src/base/index.ts';
import {
  type Cluster,
  connectTransport,
  createCluster,
  type KubeObject,
  parseManifests,
} from '../../src/cluster/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { manifestsOf, type Version } from '../../tools/demo/versions.ts';
import { ensureBuilt } from '../support/built.ts';
import { describeOnCluster, type GivenCluster } from './given-cluster.ts';

const minutes = 60_000;
const rate = Number(process.env.STREAMGATE_TEST_RATE ?? 200);
const version = (name: string): Version => ({ name, knobs: {}, story: '' });
const podKind = { apiVersion: 'v1', kind: 'Pod' };

/** Asks a Service from a pod, with a connection for each request, and prints the count of answers when told to end. */
const caller = `
const http = require('node:http'); const by = {}; let open = 0;
const count = (what) => { open -= 1; by[what] = (by[what] ?? 0) + 1; };
setInterval(() => { open += 1;
  const request = http.get({ host: process.env.HOST, port: process.env.PORT, path: '/', agent: false, timeout: 10000 }, (answer) => {
    answer.resume(); answer.on('end', () => count(String(answer.statusCode))); answer.on('error', () => count('broken')); });
  request.on('timeout', () => request.destroy(new Error('timeout'))); request.on('error', (error) => count(error.code ?? error.message));
}, 50);
setInterval(() => console.log(JSON.stringify(by)), 500);
`;

describeOnCluster('an app that runs already on a real cluster', (given: GivenCluster) => {
  let stage: Stage;
  let cluster: Cluster;
  let theatre: Theatre;
  let first: (string | undefined)[];
  const output = mkdtempSync(join(tmpdir(), 'streamgate-adoption-'));

  const get = (apiVersion: string, kind: string, name: string) =>
    cluster.get({ apiVersion, kind, namespace: stage.namespace, name });

  const podsOf = async (name: string) => {
    const pods = await cluster.list(podKind, { namespace: stage.namespace, labelSelector: 'app=shop' });
    return pods
      .filter((pod) => JSON.stringify(pod.spec).includes(`"value":"${name}"`))
      .map(({ metadata }) => metadata.uid)
      .sort();
  };

  async function waitUntil(what: string, holds: () => Promise<boolean>): Promise<void> {
    const giveUpAt = Date.now() + 2 * minutes;
    while (!(await holds())) {
      if (Date.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
      await systemClock.sleep(500);
    }
  }

  beforeAll(async () => {
    stage = await openClusterStage(given);
    const signal = new AbortController().signal;
    const transport = await connectTransport({ file: stage.kubeconfig });
    cluster = createCluster({ transport, clock: systemClock, log: silentLog, signal });
    theatre = { stage, from: ensureBuilt(), output, rate, smoke: '', onOutput: undefined };
    const { objects } = parseManifests([{ name: 'app.yaml', text: manifestsOf(version('v1'), stage) }]);
    for (const object of objects) await cluster.create(object);
    const service = objects.find(({ kind }) => kind === 'Service') as KubeObject;
    const metrics = { name: 'shop-metrics', namespace: stage.namespace };
    await cluster.create({ ...service, metadata: metrics });
    await waitUntil('the app to run', async () => {
      const deployment = await get('apps/v1', 'Deployment', 'shop');
      return at(deployment, 'status', 'availableReplicas') === at(deployment, 'spec', 'replicas');
    });
    const address = String(at(await get('v1', 'Service', 'shop'), 'spec', 'clusterIP'));
    const port = String(at(service, 'spec', 'ports', 0, 'port'));
    const env = [
      { name: 'HOST', value: address },
      { name: 'PORT', value: port },
    ];
    const container = { name: 'caller', image: given.image, command: ['node', '-e', caller], env };
    await cluster.create({
      ...podKind,
      metadata: { name: 'caller', namespace: stage.namespace, labels: { app: 'caller' } },
      spec: { containers: [container], terminationGracePeriodSeconds: 1, activeDeadlineSeconds: 900 },
    });
    await waitUntil('the caller inside the cluster', async () => Object.keys(await callsSoFar()).length > 0);
    first = await podsOf('v1');
    expect(first).toHaveLength(2);
  }, 10 * minutes);

  afterAll(async () => {
    await stage?.close();
    rmSync(output, { recursive: true, force: true });
  });

  /** Answers that the caller inside the cluster has got, by status. */
  async function callsSoFar(): Promise<Readonly<Record<string, number>>> {
    const ref = { ...podKind, namespace: stage.namespace, name: 'caller' };
    const log = await cluster.podLogs(ref, { tailLines: 1 }).catch(() => '');
    return JSON.parse(log.trim() || '{}');
  }

  it(
    'is taken over and released, and neither callers of the gateway nor of the Service lose a request',
    async () => {
      const { outputs } = await release(theatre, version('v2'));
      expect(outputs).toMatchObject({
        outcome: 'Promoted',
        'failed-requests': '0',
        'previous-revision': '1',
      });
      expect(await podsOf('v1')).toEqual(first);
      const metrics = await get('v1', 'Service', 'shop-metrics');
      expect(at(metrics, 'spec', 'selector', 'streamgate.io/slot')).toBe('green');
      expect(Object.keys(await callsSoFar())).toEqual(['200']);
    },
    5 * minutes,
  );

  it(
    'goes back to the very pods that were taken over',
    async () => {
      const { outputs } = await goBack(theatre);
      expect(outputs).toMatchObject({ outcome: 'FastRolledBack', 'failed-requests': '0' });
      expect(await podsOf('v1')).toEqual(first);
      expect(Object.keys(await callsSoFar())).toEqual(['200']);
    },
    5 * minutes,
  );

  it(
    'is released once more and handed back, with the same pods behind plain objects',
    async () => {
      await release(theatre, version('v3'));
      const pods = await podsOf('v3');
      expect(pods).toHaveLength(2);
      const cli = join(theatre.from, 'dist', 'streamgate', 'cli.mjs');
      const args = [
        'release',
        'shop',
        '--namespace',
        stage.namespace,
        '--eject',
        '--kubeconfig',
        stage.kubeconfig,
      ];
      await promisify(execFile)(process.execPath, [cli, ...args]);
      expect(await podsOf('v3')).toEqual(pods);
      const shop = await get('apps/v1', 'Deployment', 'shop');
      expect(at(shop, 'spec', 'selector', 'matchLabels')).toEqual({ app: 'shop' });
      expect(at(await get('v1', 'Service', 'shop'), 'spec', 'selector')).toEqual({ app: 'shop' });
      expect(await get('v1', 'ConfigMap', 'streamgate-shop')).toBeUndefined();
      await waitUntil('the controller to settle', async () => {
        const status = at(await get('apps/v1', 'Deployment', 'shop'), 'status');
        return at(status, 'updatedReplicas') === at(status, 'replicas');
      });
      expect(await podsOf('v3')).toEqual(pods);
      expect(Object.keys(await callsSoFar())).toEqual(['200']);
    },
    5 * minutes,
  );
});
