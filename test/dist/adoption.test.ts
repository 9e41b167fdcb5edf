import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../src/base/index.ts';
import { type KubeObject, parseManifests } from '../../src/cluster/index.ts';
import { ensureBuilt } from '../support/built.ts';
import { type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';
import { eventually, sandboxClient } from '../support/sandbox-client.ts';
import { type LoadResult, startSteadyLoad } from '../support/steady-load.ts';

// An app that somebody else deployed, with callers from outside and from within the cluster, and the built action.
let built: BuiltShop;
beforeAll(async () => {
  built = await openBuiltShop(ensureBuilt());
});
afterAll(() => built.close());

const onLinux = process.platform === 'linux';
if (!onLinux)
  process.stderr.write('callers of the Service: left out, Services have addresses on Linux only\n');

/** Applies the manifests as they stand in the workspace, and waits for the pods. */
async function runPlainly(shop: Shop): Promise<void> {
  const client = sandboxClient(built.sandbox, shop.namespace);
  const text = readFileSync(join(shop.workspace, 'app.yaml'), 'utf8');
  const { objects } = parseManifests([{ name: 'app.yaml', text }]);
  for (const { apiVersion, kind, metadata, spec } of objects as readonly (KubeObject & { spec: unknown })[])
    await client.create(apiVersion, kind, metadata.name, spec);
  await eventually('the app to run', async () => (await client.readyPods()).length === 2);
  await eventually('the route to lead to it', async () => (await shop.serving().catch(() => '')) === 'v1');
}

/** What must not change when an app is taken over. */
async function identitiesOf({ namespace, read }: Shop) {
  const [deployment, sets, pods] = await Promise.all([
    read(`/apis/apps/v1/namespaces/${namespace}/deployments/shop`),
    read(`/apis/apps/v1/namespaces/${namespace}/replicasets`),
    read(`/api/v1/namespaces/${namespace}/pods`),
  ]);
  const ofDeployment = (object: unknown) =>
    at(object, 'metadata', 'ownerReferences', 0, 'uid') === deployment.metadata.uid;
  const own = sets.items.filter(ofDeployment);
  const uids: readonly string[] = own.map((set: KubeObject) => set.metadata.uid);
  const theirs = pods.items.filter((pod: unknown) =>
    uids.includes(String(at(pod, 'metadata', 'ownerReferences', 0, 'uid'))),
  );
  return {
    revision: at(deployment, 'metadata', 'annotations', 'deployment.kubernetes.io/revision'),
    sets: uids,
    pods: theirs
      .map((pod: KubeObject) => [
        pod.metadata.uid,
        at(pod, 'status', 'containerStatuses', 0, 'restartCount'),
        pod.metadata.deletionTimestamp,
      ])
      .sort(),
  };
}

/** Callers from outside, and from within where Services have addresses; each asks fifty times a second. */
function call(shop: Shop) {
  const outside = startSteadyLoad(shop.url, `${shop.namespace}.test`, 20);
  const inside = onLinux
    ? startSteadyLoad(built.sandbox.serviceUrl(shop.namespace, 'shop'), 'shop', 20)
    : undefined;
  return async () => ({ outside: await outside.stop(), inside: await inside?.stop() });
}

function expectNoLoss({ sent, ended }: LoadResult): void {
  expect([...ended.keys()]).toEqual(['200']);
  expect(ended.get('200')).toHaveLength(sent);
  expect(sent).toBeGreaterThan(100);
}

const lost = (result: LoadResult | undefined) =>
  [...(result?.ended ?? [])].filter(([how]) => how !== '200').flatMap(([, ids]) => ids);

describe('an app that runs already, under load', () => {
  let shop: Shop;
  let before: Awaited<ReturnType<typeof identitiesOf>>;
  beforeAll(async () => {
    shop = await built.open('adopted');
    shop.write('v1');
    await runPlainly(shop);
    before = await identitiesOf(shop);
  });

  it('is taken over and released: no request is lost from outside or within, and no pod is another one', async () => {
    const stop = call(shop);
    const { code, outputs } = await shop.release('v2');
    const { outside, inside } = await stop();
    expect(code).toBe(0);
    expect(outputs).toMatchObject({
      outcome: 'Promoted',
      'previous-revision': '1',
      'failed-requests': '0',
    });
    expectNoLoss(outside);
    if (inside !== undefined) expectNoLoss(inside);
    expect(await identitiesOf(shop)).toEqual(before);
    expect(before.pods).toHaveLength(2);
    expect(await shop.serving()).toBe('v2');
  });

  it('goes back to the very same pods, and no request from outside is lost', async () => {
    const outside = startSteadyLoad(shop.url, `${shop.namespace}.test`, 20);
    const { outputs } = await shop.run('rollback');
    expect(outputs).toMatchObject({ outcome: 'FastRolledBack', 'failed-requests': '0' });
    expectNoLoss(await outside.stop());
    expect(await identitiesOf(shop)).toEqual(before);
    expect(await shop.serving()).toBe('v1');
  });

  it('whose pods are rolled instead, and die at SIGTERM, loses requests before the same callers, and its pods', async () => {
    const rolled = await built.open('rolled');
    const hasty = (text: string) =>
      text
        .replace(/^ +lifecycle:\n +preStop:\n +sleep: .*\n/m, '')
        .replace(
          /^( +)- name: VERSION\n/m,
          '$1- { name: EXIT_ON_SIGTERM, value: "1" }\n$1- { name: LATENCY, value: 50ms }\n$&',
        );
    rolled.write('v1', hasty);
    await runPlainly(rolled);
    expect(readFileSync(join(rolled.workspace, 'app.yaml'), 'utf8')).toContain('EXIT_ON_SIGTERM');
    const first = await identitiesOf(rolled);
    const stop = call(rolled);
    const client = sandboxClient(built.sandbox, rolled.namespace);
    await client.patch('Deployment', 'shop', {
      spec: { template: { metadata: { annotations: { restarted: 'now' } } } },
    });
    await eventually('only new pods', async () => {
      const { pods } = await identitiesOf(rolled);
      const old = new Set(first.pods.map(([uid]: readonly unknown[]) => uid));
      return pods.length === 2 && pods.every(([uid]: readonly unknown[]) => !old.has(uid));
    });
    const { outside, inside } = await stop();
    expect(lost(outside).length).toBeGreaterThan(0);
    if (onLinux) expect(lost(inside).length).toBeGreaterThan(0);
    expect(await identitiesOf(rolled)).not.toEqual(first);
  });
});
