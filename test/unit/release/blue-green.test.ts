import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, fieldsAt } from '../../../src/base/index.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

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

  it('starts a candidate by its manifest alone, whatever an older version or a person left on its slot', async () => {
    const version = (name: string, spec = {}) =>
      manifests({ VERSION: name }).map((object) =>
        object.kind === 'Deployment' ? { ...object, spec: { ...fieldsAt(object, 'spec'), ...spec } } : object,
      );
    await lab.deploy(version('v1', { minReadySeconds: 5, progressDeadlineSeconds: 90 }));
    await lab.deploy(version('v2'));
    const blue = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'shop-blue' };
    await lab.cluster.patch(blue, [{ op: 'add', path: '/spec/paused', value: true }]);
    const result = await lab.deploy(version('v3', { revisionHistoryLimit: 3 }));
    expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'blue' });
    const spec = fieldsAt(await lab.cluster.get(blue), 'spec');
    expect(spec).toMatchObject({ revisionHistoryLimit: 3, progressDeadlineSeconds: 600 });
    expect(spec.minReadySeconds ?? 0).toBe(0);
    expect(spec).not.toHaveProperty('paused');
  });

  it('leaves the route as its manifest has it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(at(await lab.route(), 'spec', 'rules', 0, 'backendRefs')).toEqual([
      { group: '', kind: 'Service', name: 'shop', port: 80, weight: 1 },
    ]);
  });
});
