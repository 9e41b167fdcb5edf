import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { placed, runPlainApp } from '../../support/plain-app.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const v2 = manifests({ VERSION: 'v2' });
const scalerKind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };

describe('an app that was autoscaled before it was taken over', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await runPlainApp(lab, { VERSION: 'v1' });
    await lab.cluster.create(placed(autoscaler()));
    await lab.cluster.create(placed(budget()));
    lab.sandbox.setDesiredReplicas(namespace, 'shop', 5);
    while ((await sizeOf('shop')) !== 5) await lab.clock.sleep(100);
    await lab.clock.sleep(5_000);
  });
  afterEach(() => lab.close());

  const theirs = () => lab.get('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop');
  async function sizeOf(name: string): Promise<unknown> {
    return at(await lab.get('apps/v1', 'Deployment', name), 'spec', 'replicas');
  }
  async function scalers(): Promise<string[]> {
    const all = await lab.cluster.list(scalerKind, { namespace });
    return all.map(
      ({ metadata, spec }) =>
        `${metadata.name} ${at(spec, 'scaleTargetRef', 'name')} ${at(spec, 'minReplicas')}-${at(spec, 'maxReplicas')}`,
    );
  }
  function watchAmbiguity() {
    const stop = new AbortController();
    const seen = new Set<string>();
    const note = ({ object }: { readonly object: KubeObject }) => {
      if (JSON.stringify(object.status ?? {}).includes('AmbiguousSelector')) seen.add(object.metadata.name);
    };
    void lab.cluster.watch(scalerKind, { namespace }, note, stop.signal).catch(() => undefined);
    return { seen, end: () => stop.abort() };
  }

  it('keeps its one autoscaler, which is led to the new version and never meets another one', async () => {
    const watched = watchAmbiguity();
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted' });
    watched.end();
    expect([...watched.seen]).toEqual([]);
    expect(await scalers()).toEqual(['shop shop-green 2-10']);
    expect(await sizeOf('shop')).toBe(5);
    expect(await sizeOf('shop-green')).toBe(5);
  });

  it('does not shrink while a preview is parked beside it, whose idle pods its autoscaler counts', async () => {
    await lab.deploy(v2, { until: 'preview' });
    expect(await scalers()).toEqual(['shop shop 5-10']);
    lab.sandbox.setDesiredReplicas(namespace, 'shop', 3);
    await lab.clock.sleep(600_000);
    expect(await sizeOf('shop')).toBe(5);
  });

  it('has autoscaler and budget back as they were when its first release fails', async () => {
    const whole = async () => {
      const disruption = await lab.get('policy/v1', 'PodDisruptionBudget', 'shop');
      return [await theirs(), disruption].map((object) => [object?.metadata.annotations ?? {}, object?.spec]);
    };
    const before = await whole();
    const failing = manifests({ VERSION: 'v2', ERROR_RATE: '1' });
    expect(await lab.deploy(failing)).toMatchObject({ outcome: 'Aborted' });
    expect(await whole()).toEqual(before);
    expect(await lab.deploy(v2, { gates: [fixedGate('smoke', 'fail')] })).toMatchObject({
      outcome: 'Aborted',
    });
    expect(await whole()).toEqual(before);
    expect(await scalers()).toHaveLength(1);
  });

  it('has its autoscaler led on with every further release, and back', async () => {
    await lab.deploy(v2);
    await lab.deploy(manifests({ VERSION: 'v3' }));
    expect(await scalers()).toEqual(['shop shop-blue 2-10']);
    await lab.rollback();
    expect(await scalers()).toEqual(['shop shop-green 2-10']);
  });

  it('has its own limits again after a drill of the way back, and its size all the time', async () => {
    await lab.deploy(v2);
    const limits = async () => (await theirs())?.metadata.annotations ?? {};
    const before = Object.keys(await limits());
    expect(await lab.rollback({ drill: true })).toMatchObject({ outcome: 'Checked', activeSlot: 'green' });
    expect(await scalers()).toEqual(['shop shop-green 2-10']);
    expect(Object.keys(await limits())).toEqual(before);
    expect([await sizeOf('shop'), await sizeOf('shop-green')]).toEqual([5, 5]);
  });

  it('has its autoscaler brought up to the manifests with the release that changes them', async () => {
    await lab.deploy([...v2, autoscaler({ min: 3, max: 8 })]);
    expect(await scalers()).toEqual(['shop shop-green 3-8']);
  });

  it('has an autoscaler led back that somebody has applied again in between', async () => {
    await lab.deploy(v2);
    const ref = { ...scalerKind, namespace, name: 'shop' };
    await lab.cluster.mergePatch(ref, { spec: { scaleTargetRef: { name: 'shop' } } });
    await lab.deploy(manifests({ VERSION: 'v3' }));
    expect(await scalers()).toEqual(['shop shop-blue 2-10']);
  });
});
