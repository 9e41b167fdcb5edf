import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { autoscaler } from '../../support/companions.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

describe('an autoscaler that a release cannot lead is refused before anything is touched:', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(v1);
  });
  afterEach(() => lab.close());

  async function expectRefusal(objects: readonly KubeObject[], message: string): Promise<void> {
    await expect(lab.deploy(objects)).rejects.toMatchObject({ code: 'Refused', message });
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toBeUndefined();
  }
  const create = (object: KubeObject, metadata: object = {}) =>
    lab.cluster.create({ ...object, metadata: { ...object.metadata, namespace, ...metadata } });

  it('one of KEDA in the cluster', async () => {
    const owner = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'shop', uid: 'x' };
    await create(autoscaler({ target: 'shop-blue' }), {
      name: 'keda-hpa-shop',
      ownerReferences: [{ ...owner, controller: true }],
    });
    await expectRefusal(
      v2,
      'ScaledObject default/shop scales shop through KEDA, which would undo what a release does to its autoscaler',
    );
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['', {}],
    [', paused as well', { 'autoscaling.keda.sh/paused-replicas': '2' }],
  ])('a ScaledObject in the manifests%s', async (_how, annotations) => {
    const scaled = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'shop', annotations },
      spec: { scaleTargetRef: { name: 'shop' } },
    };
    await expect(lab.deploy([...v2, scaled])).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringMatching(
        /ScaledObject default\/shop scales shop through KEDA.*Keep the ScaledObject out of the manifests/,
      ),
    });
  });

  it('one that a person made for a slot', async () => {
    await create(autoscaler({ target: 'shop-blue' }), { name: 'by-hand' });
    await expectRefusal(
      v2,
      'HorizontalPodAutoscaler default/by-hand scales shop-blue, one of the two slots of shop, and would not follow the traffic to the other',
    );
  });

  it('two for one workload', async () => {
    await create(autoscaler(), { name: 'one' });
    await create(autoscaler(), { name: 'two' });
    await expectRefusal(v2, 'one and two both scale Deployment shop');
  });
});
