import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

/** A version that listens on another port than the others. */
function listeningOn(version: string, containerPort: number, servicePort = 80): KubeObject[] {
  return manifests({ VERSION: version }).map((object) => {
    if (object.kind !== 'Service') return object;
    const ports = [{ name: 'http', port: servicePort, targetPort: containerPort }];
    return { ...object, spec: { ...(object.spec as Record<string, unknown>), ports } };
  });
}

describe("the app's own Service", () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const service = () => lab.get('v1', 'Service', 'shop');
  const target = async () => at(await service(), 'spec', 'ports', 0, 'targetPort');

  it('leads to the port of the version that it selects, forward and back', async () => {
    await lab.deploy(listeningOn('v1', 8080));
    await lab.deploy(listeningOn('v2', 9090));
    expect(await target()).toBe(9090);
    await lab.rollback();
    expect(await target()).toBe(8080);
    expect(at(await service(), 'spec', 'selector', 'streamgate.io/slot')).toBe('blue');
  });

  it('given that somebody took the slot out of its selector, gets it back before the candidate starts', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.cluster.mergePatch(
      { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'shop' },
      { spec: { selector: { 'streamgate.io/slot': null } } },
    );
    const seen = new Set<string>();
    const watching = lab.watchServing(seen);
    await lab.deploy(manifests({ VERSION: 'v2' }), { until: 'preview' });
    watching.stop();
    expect([...seen]).toEqual(['v1']);
    expect(at(await service(), 'spec', 'selector', 'streamgate.io/slot')).toBe('blue');
  });

  it('given a port that a route still names, may not lose it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await expect(lab.deploy(listeningOn('v2', 8080, 81))).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('sends to port 80 of Service shop'),
    });
  });
});
