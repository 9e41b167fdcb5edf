import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readStatus } from '../../../src/release/index.ts';
import { applyClientSide } from '../../support/client-side-apply.ts';
import { placed, runPlainApp } from '../../support/plain-app.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const v1 = manifests({ VERSION: 'v1' });
const release = (version: string) => (lab: Lab) => lab.deploy(manifests({ VERSION: version }));

describe('manifests that are applied again by their owner, as kubectl, Helm and Git syncs do', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await runPlainApp(lab, { VERSION: 'v1' });
    // The first apply of kubectl's leaves the annotation that the later ones compare with.
    for (const object of v1) await applyClientSide(lab, placed(object));
    await lab.clock.sleep(1_000);
  });
  afterEach(() => lab.close());

  async function applyAgain(): Promise<readonly string[]> {
    const seen = new Set<string>();
    const watch = lab.watchServing(seen);
    for (const object of v1) await applyClientSide(lab, placed(object));
    await lab.clock.sleep(10_000);
    watch.stop();
    return [...seen];
  }

  const driftNow = async () =>
    (await readStatus(lab.cluster, namespace, 'shop')).drift.map(({ message }) => message);

  it.each<readonly [string, readonly ((lab: Lab) => Promise<unknown>)[], string]>([
    ['right after the release that took the app over', [release('v2')], 'v2'],
    ['after its rollback', [release('v2'), (lab) => lab.rollback()], 'v1'],
    [
      'after the release after that, which gave the slot a Deployment of its own',
      [release('v2'), release('v3')],
      'v3',
    ],
    ['after two more', [release('v2'), release('v3'), release('v4')], 'v4'],
  ])('do no harm %s', async (_when, deeds, serving) => {
    for (const deed of deeds) await deed(lab);
    expect(await applyAgain()).toEqual([serving]);
    // And the next release is none the worse for it.
    expect(await lab.deploy(manifests({ VERSION: 'v9' }))).toMatchObject({ outcome: 'Promoted' });
    expect(lab.serving()).toBe('v9');
  });

  it('bring the Deployment back once it is gone: nothing leads to it, and status and the next run say so', async () => {
    await release('v2')(lab);
    expect(await driftNow()).toEqual([]);
    await release('v3')(lab);
    await applyAgain();
    const message = expect.stringContaining(
      'Deployment default/shop was created beside the slots and runs 2 pods',
    );
    expect(await driftNow()).toEqual([message]);
    const { warnings } = await lab.deploy(manifests({ VERSION: 'v4' }));
    expect(warnings).toEqual([message]);
    expect(await driftNow()).toEqual([message]);
  });

  it('with force widen the Service: status says so, and the next run puts it right', async () => {
    await release('v2')(lab);
    const [, service] = v1;
    if (service !== undefined) await lab.cluster.apply(placed(service), { force: true });
    expect(await driftNow()).toEqual([expect.stringContaining('Service default/shop names no slot')]);
    const { warnings } = await release('v3')(lab);
    expect(warnings).toEqual([expect.stringContaining('names no slot')]);
    expect(await driftNow()).toEqual([]);
  });

  it('with a route of their own form change nothing, and one that splits is told', async () => {
    await release('v2')(lab);
    const ref = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name: 'shop' };
    const backendRefs = [
      { name: 'shop-blue', port: 80, weight: 50 },
      { name: 'shop-green', port: 80, weight: 50 },
    ];
    await lab.cluster.mergePatch(ref, { spec: { rules: [{ backendRefs }] } });
    expect(await driftNow()).toEqual([expect.stringContaining('does not lead to Service shop alone')]);
  });
});
