import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { listObjects } from '../../support/object-list.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const placed = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});

describe('a first release over something that runs already', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it.each(['Deployment', 'Service'])('with the same %s is refused, and touches nothing', async (kind) => {
    const theirs = manifests({ VERSION: 'theirs' }).filter((object) => object.kind !== 'HTTPRoute');
    // A Service that selects no pod is nobody's: it needs its pods to be taken for one that is used.
    for (const object of kind === 'Deployment' ? theirs.slice(0, 1) : theirs) {
      const name = object.kind === kind || object.kind === 'Service' ? 'shop' : 'theirs';
      await lab.cluster.create(placed({ ...object, metadata: { name } }));
    }
    await lab.clock.sleep(5_000);
    const before = await listObjects(lab.cluster);
    await expect(lab.deploy(manifests({ VERSION: 'v1' }))).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(`${kind} default/shop is there already`),
    });
    expect(await listObjects(lab.cluster)).toEqual(before);
  });
});
