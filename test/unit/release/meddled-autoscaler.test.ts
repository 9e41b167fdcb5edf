import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { autoscaler } from '../../support/companions.ts';
import { placed, runPlainApp } from '../../support/plain-app.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const kind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
const ref = { ...kind, namespace, name: 'shop' };
const v2 = manifests({ VERSION: 'v2' });

describe('an autoscaler that a person changes while a release begins', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await runPlainApp(lab, { VERSION: 'v1' });
  });
  afterEach(() => lab.close());

  /** Lets a person act right after the first list of autoscalers that a run gets under its lock. */
  function afterFirstList(act: () => Promise<unknown>): void {
    let done = false;
    const isUnderLock = () =>
      lab.sandbox.requests.some(
        ({ method, path }) => method === 'PATCH' && /shop\?fieldManager=streamgate$/.test(path),
      );
    lab.sandbox.faults.add(
      { method: 'GET', path: /horizontalpodautoscalers$/, where: () => !done && isUnderLock() },
      {
        kind: 'hold',
        after: async () => {
          if (done) return;
          done = true;
          await act();
        },
      },
    );
  }
  const limits = async () => {
    const found = await lab.get(kind.apiVersion, kind.kind, 'shop');
    return [found?.spec, found?.metadata.annotations ?? {}];
  };

  it('keeps what that person wanted, when the release fails', async () => {
    await lab.cluster.create(placed(autoscaler()));
    afterFirstList(() => lab.cluster.mergePatch(ref, { spec: { maxReplicas: 33 } }));
    expect(await lab.deploy(v2, { gates: [fixedGate('smoke', 'fail')] })).toMatchObject({
      outcome: 'Aborted',
    });
    expect(await limits()).toEqual([expect.objectContaining({ minReplicas: 2, maxReplicas: 33 }), {}]);
  });

  it('or makes is as it was made, when the release fails', async () => {
    afterFirstList(() => lab.cluster.create(placed(autoscaler({ min: 1 }))));
    expect(await lab.deploy(manifests({ VERSION: 'v2', ERROR_RATE: '1' }))).toMatchObject({
      outcome: 'Aborted',
    });
    const [spec, annotations] = await limits();
    expect(spec).toEqual(autoscaler({ min: 1 }).spec);
    expect(annotations).toEqual({});
  });
});
