import { describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { loseAfter } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const hosts = { shop: 'shop.test', 'shop-inner': 'inner.test' } as const;

/** The app with a second route, for callers by another name. */
function withTwoRoutes(version: string): KubeObject[] {
  const objects = manifests({ VERSION: version });
  return objects.flatMap((object) => {
    if (object.kind !== 'HTTPRoute') return [object];
    const second = {
      ...object,
      metadata: { name: 'shop-inner' },
      spec: { ...Object(object.spec), hostnames: [hosts['shop-inner']] },
    };
    return [object, second];
  });
}

const answers = (lab: Lab) =>
  Object.values(hosts).map((name) => lab.sandbox.fakeAnswer(name).env.VERSION ?? 'none');

describe('an app with two routes', () => {
  it('is switched on both, and back', async () => {
    const lab = await openLab();
    await lab.deploy(withTwoRoutes('v1'));
    expect(answers(lab)).toEqual(['v1', 'v1']);
    const during: string[][] = [];
    const listener = {
      plan() {},
      begin() {},
      end: ({ id }: { id: string }) => void (id === 'shift-weights' && during.push(answers(lab))),
    };
    await lab.deploy(withTwoRoutes('v2'), { listener });
    expect(during).toEqual([['v2', 'v2']]);
    expect(answers(lab)).toEqual(['v2', 'v2']);
    await lab.rollback();
    expect(answers(lab)).toEqual(['v1', 'v1']);
    await lab.close();
  });

  it.each([
    ['another version', 'v3'],
    ['the same version', 'v2'],
  ])(
    'given a run that is lost on the candidate, and %s by one of them alone, loses no caller of the other',
    async (_what, version) => {
      const lab = await openLab();
      await lab.deploy(withTwoRoutes('v1'));
      // The second one stands in the cluster alone.
      await loseAfter(lab, 'shift-weights', (change) => lab.deploy(manifests({ VERSION: 'v2' }), change));
      expect(answers(lab)).toEqual(['v2', 'v2']);
      const stop = new AbortController();
      const lost: string[] = [];
      const asking = (async () => {
        while (!stop.signal.aborted) {
          const { status } = lab.sandbox.fakeAnswer(hosts['shop-inner']);
          if (status !== 200) lost.push(`${status} at ${lab.clock.monotonic()} ms`);
          await lab.clock.sleep(25, stop.signal).catch(() => undefined);
        }
      })();
      const result = await lab.deploy(manifests({ VERSION: version }), { routes: ['shop'] });
      await lab.clock.sleep(5_000);
      stop.abort();
      await asking;
      expect(result.outcome).toBe('Promoted');
      expect(lost).toEqual([]);
      expect(answers(lab)).toEqual([version, version]);
      const inner = await lab.get('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop-inner');
      expect(at(inner, 'spec', 'rules', 0, 'backendRefs', 0, 'name')).toBe('shop');
      await lab.close();
    },
  );

  it('given a gateway that does not accept the second one, is put back on both', async () => {
    const lab = await openLab();
    const watch = async () => null;
    await lab.deploy(withTwoRoutes('v1'), { watch });
    const ref = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      namespace,
      name: 'shop-inner',
    };
    // A gateway that nobody runs: it never answers for this route.
    const parentRefs = [...((at(await lab.cluster.get(ref), 'spec', 'parentRefs') ?? []) as object[])];
    await lab.cluster.mergePatch(ref, { spec: { parentRefs: [...parentRefs, { name: 'nobody' }] as never } });
    const result = await lab.deploy(withTwoRoutes('v2'), { watch });
    expect(result).toMatchObject({ verdict: 'fail', activeSlot: 'blue' });
    expect(result.reason).toContain('The gateway');
    expect(answers(lab)).toEqual(['v1', 'v1']);
    await lab.close();
  });
});
