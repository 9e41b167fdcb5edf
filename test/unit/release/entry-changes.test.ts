import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { fakeWitness, fixedGate, type Lab, manifests, openLab } from '../../support/release-lab.ts';

/** The manifests with another port on the Service and another host on the route. */
function changed(version: string): KubeObject[] {
  return manifests({ VERSION: version }).map((object) => {
    const spec = object.spec as Record<string, unknown>;
    if (object.kind === 'Service') {
      const ports = [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'extra', port: 8081, targetPort: 'http' },
      ];
      return { ...object, spec: { ...spec, ports } };
    }
    if (object.kind === 'HTTPRoute')
      return { ...object, spec: { ...spec, hostnames: ['shop.test', 'www.shop.test'] } };
    return object;
  });
}

describe('manifests that change the Service or a route', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  const service = () => lab.get('v1', 'Service', 'shop');

  it('take effect with the release', async () => {
    const result = await lab.deploy(changed('v2'));
    expect(result.outcome).toBe('Promoted');
    expect(at(await lab.route(), 'spec', 'hostnames')).toEqual(['shop.test', 'www.shop.test']);
    expect(at(await service(), 'spec', 'ports')).toHaveLength(2);
    expect(at(await service(), 'spec', 'selector', 'streamgate.io/slot')).toBe('green');
  });

  it('given a release that fails after them, are taken back', async () => {
    const before = [at(await lab.route(), 'spec'), at(await service(), 'spec')];
    const stop = new AbortController();
    const witness = fakeWitness(lab.sandbox, lab.clock, stop.signal);
    const result = await lab.deploy(changed('v2'), {
      watch: async () => ({
        witness,
        baseline: fixedGate('baseline'),
        traffic: fixedGate('traffic', 'fail'),
      }),
    });
    stop.abort();
    expect(result.outcome).toBe('Aborted');
    expect([at(await lab.route(), 'spec'), at(await service(), 'spec')]).toEqual(before);
    expect(lab.serving()).toBe('v1');
  });

  it('given none, nothing is written for them', async () => {
    const result = await lab.deploy(manifests({ VERSION: 'v2' }));
    const step = result.steps.find(({ id }) => id === 'apply-entry-changes');
    expect(step).toMatchObject({ outcome: 'done', detail: 'they are as their manifests have them' });
  });

  it('given a route in the cluster that no manifest names, it moves with the others', async () => {
    const [, , route] = manifests({ VERSION: 'v1' });
    const spec = { ...(route?.spec as Record<string, unknown>), hostnames: ['other.test'] };
    await lab.cluster.create({
      ...route,
      spec,
      metadata: { name: 'other', namespace: 'default' },
    } as KubeObject);
    await lab.deploy(manifests({ VERSION: 'v2' }));
    const other = await lab.get('gateway.networking.k8s.io/v1', 'HTTPRoute', 'other');
    expect(other?.metadata.annotations).toHaveProperty(['streamgate.io/token']);
    expect(at(other, 'spec', 'rules', 0, 'backendRefs', 0, 'name')).toBe('shop');
  });
});
