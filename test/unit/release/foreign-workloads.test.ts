import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { placed, runPlainApp, wholeOf } from '../../support/plain-app.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

const v2 = manifests({ VERSION: 'v2' });
const [deployment, service] = manifests({ VERSION: 'v1' }) as [KubeObject, KubeObject];

type Change = (lab: Lab) => Promise<unknown>;
const shop = (kind: string, name = 'shop') => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : kind === 'Service' ? 'v1' : 'gateway.networking.k8s.io/v1',
  kind,
  namespace: 'default',
  name,
});
const called = (object: KubeObject, name: string) => placed({ ...object, metadata: { name } });
const selecting = (selector: object, more: object = {}): KubeObject => ({
  ...called(service, 'shop-extra'),
  ...more,
  spec: { selector, ports: [{ port: 80 }] },
});
const pods = (name: string, labels: object): KubeObject => {
  const spec = deployment.spec as { readonly template: object };
  const selector = { matchLabels: labels };
  return {
    ...called(deployment, name),
    spec: { ...spec, selector, template: { ...spec.template, metadata: { labels } } },
  };
};

/** The cluster knows the kind, as it does where its controller runs. */
const define = (lab: Lab, kind: string, apiVersion: string) => {
  const [group = '', version = ''] = apiVersion.split('/');
  const plural = `${kind.toLowerCase()}s`;
  return lab.cluster.create({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { plural, kind },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true }],
    },
  });
};

describe('a first release over something that runs already is refused, and touches nothing,', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  async function expectRefusal(message: string): Promise<void> {
    await lab.clock.sleep(5_000);
    const before = await wholeOf(lab);
    await expect(lab.deploy(v2)).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(message),
    });
    expect(await wholeOf(lab)).toEqual(before);
  }

  it.each<readonly [string, Change, string]>([
    [
      'while its rollout is not done',
      (lab) =>
        lab.cluster.mergePatch(shop('Deployment'), {
          spec: { template: { metadata: { annotations: { new: 'er' } } }, minReadySeconds: 600 },
        }),
      'is in the middle of a rollout',
    ],
    [
      'while it is paused',
      (lab) => lab.cluster.mergePatch(shop('Deployment'), { spec: { paused: true } }),
      'is paused',
    ],
    [
      'at 0 replicas',
      (lab) => lab.cluster.mergePatch(shop('Deployment'), { spec: { replicas: 0 } }),
      'has 0 replicas',
    ],
    [
      'when the Deployment belongs to something',
      (lab) =>
        lab.cluster.mergePatch(shop('Deployment'), {
          metadata: {
            ownerReferences: [
              { apiVersion: 'acme.com/v1', kind: 'Shop', name: 'main', uid: 'a-uid', controller: true },
            ],
          },
        }),
      'belongs to Shop main',
    ],
    [
      'without its Service',
      (lab) => lab.cluster.delete(shop('Service')),
      'Service default/shop is not there',
    ],
    [
      'without its route',
      (lab) => lab.cluster.delete(shop('HTTPRoute')),
      'HTTPRoute default/shop is not there',
    ],
    [
      'when its Service also reaches another Deployment',
      (lab) => lab.cluster.create(pods('old', { app: 'shop', tier: 'old' })),
      'also reaches pods of ReplicaSet old-',
    ],
    [
      'when a Service beside it reaches other pods as well',
      async (lab) => {
        await lab.cluster.create(pods('cart', { part: 'all' }));
        const both = { metadata: { labels: { part: 'all' } } };
        await lab.cluster.mergePatch(shop('Deployment'), { spec: { template: both } });
        await lab.cluster.create(selecting({ part: 'all' }));
      },
      'Service default/shop-extra also reaches pods of ReplicaSet cart-',
    ],
    [
      'when a pod of nobody is behind its Service',
      (lab) =>
        lab.cluster.create({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'lone', namespace: 'default', labels: { app: 'shop' } },
          spec: at(deployment, 'spec', 'template', 'spec'),
        }),
      'also reaches pods of no workload (lone)',
    ],
    [
      'when a Service selects what the new pods lack',
      async (lab) => {
        const labels = { metadata: { labels: { version: 'v1' } } };
        await lab.cluster.mergePatch(shop('Deployment'), { spec: { template: labels } });
        await lab.cluster.create(selecting({ version: 'v1' }));
      },
      'selects version=v1, which the pods of the manifests do not carry',
    ],
    [
      'when a Service beside it belongs to something',
      async (lab) => {
        const owner = {
          apiVersion: 'acme.com/v1',
          kind: 'Shop',
          name: 'main',
          uid: 'a-uid',
          controller: true,
        };
        const metadata = { name: 'shop-extra', namespace: 'default', ownerReferences: [owner] };
        await lab.cluster.create({ ...selecting({ app: 'shop' }), metadata });
      },
      'belongs to Shop main, which would undo what a release changes in it',
    ],
    [
      'when a slot has its name taken',
      (lab) => lab.cluster.create(pods('shop-green', { app: 'other' })),
      'Deployment default/shop-green is there already',
    ],
    [
      'when the Service of a slot has its name taken',
      (lab) => lab.cluster.create(called(service, 'shop-blue')),
      'Service default/shop-blue is there already',
    ],
  ])('%s', async (_when, change, message) => {
    await runPlainApp(lab, { VERSION: 'v1' });
    await change(lab);
    await expectRefusal(message);
  });

  it.each([
    ['Rollout', 'argoproj.io/v1alpha1', 'workloadRef'],
    ['Canary', 'flagger.app/v1beta1', 'targetRef'],
    ['ScaledObject', 'keda.sh/v1alpha1', 'scaleTargetRef'],
  ])('when a %s steers what runs', async (kind, apiVersion, field) => {
    await runPlainApp(lab, { VERSION: 'v1' });
    await define(lab, kind, apiVersion);
    const steering = (name: string, target: object) => ({
      apiVersion,
      kind,
      metadata: { name, namespace: 'default' },
      spec: { [field]: target },
    });
    await lab.cluster.create(steering('of-another', { name: 'cart' }));
    await lab.cluster.create(steering('of-a-set', { kind: 'StatefulSet', name: 'shop' }));
    expect(await lab.plan(v2)).toMatchObject({ outcome: 'Planned' });
    await lab.cluster.create(
      steering('of-shop', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }),
    );
    await expectRefusal(`${kind} of-shop steers Deployment shop, and would fight with the release`);
  });

  it('also when the manifests bring it along, whatever runs', async () => {
    await define(lab, 'Rollout', 'argoproj.io/v1alpha1');
    const spec = { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' } };
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'shop' }, spec };
    await expect(lab.plan([...v2, rollout])).rejects.toMatchObject({
      message: 'Rollout shop steers Deployment shop, and would fight with the release over its pods',
      remedy: expect.stringContaining('go on releasing with it'),
    });
  });

  it('when only its Service is there, and leads to pods of something else', async () => {
    await lab.cluster.create(called(deployment, 'theirs'));
    await lab.cluster.create(called(service, 'shop'));
    await expectRefusal('Service default/shop is there already and reaches 2 pods');
  });
});
