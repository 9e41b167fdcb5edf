import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { fixedGate, type Lab, manifests, openLab } from '../../support/release-lab.ts';

describe('a blue-green release', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('given nothing, brings the first version up and opens the entry point', async () => {
    const result = await lab.deploy(manifests({ VERSION: 'v1' }));
    expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', activeSlot: 'blue', failure: null });
    expect(lab.serving()).toBe('v1');
  });

  it('given a live version, moves the traffic to the next one and back', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'green', previousRevision: 1 });
    expect(lab.serving()).toBe('v2');
    const back = await lab.rollback();
    expect(back).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
    expect(lab.serving()).toBe('v1');
  });

  it('tries a candidate only once its pods are ready', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }, { replicas: 2 }));
    const readyWhenTried: unknown[] = [];
    const smoke = fixedGate<never>('smoke');
    const looking = {
      ...smoke,
      async check(...asked: Parameters<typeof smoke.check>) {
        const candidate = await lab.get('apps/v1', 'Deployment', 'shop-green');
        readyWhenTried.push(at(candidate, 'status', 'readyReplicas'));
        return smoke.check(...asked);
      },
    };
    await lab.deploy(manifests({ VERSION: 'v2' }, { replicas: 2 }), { gates: [looking] });
    expect(readyWhenTried).toEqual([2]);
  });

  it('leaves the route as its manifest has it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(at(await lab.route(), 'spec', 'rules', 0, 'backendRefs')).toEqual([
      { group: '', kind: 'Service', name: 'shop', port: 80, weight: 1 },
    ]);
  });
});
