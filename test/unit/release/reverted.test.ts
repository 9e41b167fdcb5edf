import { describe, expect, it } from '@jest/globals';
import { at, equalJson } from '../../../src/base/index.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const routeRef = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace,
  name: 'shop',
};
const serviceRef = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };

/** Sets an object back to what it once was, again and again, as a GitOps controller does. */
function startSelfHealing(lab: Lab, ref: typeof routeRef, isReady: () => Promise<boolean>) {
  const stop = new AbortController();
  let writes = 0;
  const work = (async () => {
    const wanted = (await lab.cluster.get(ref))?.spec;
    while (!stop.signal.aborted) {
      const standing = (await lab.cluster.get(ref))?.spec;
      if (!equalJson(standing, wanted) && (await isReady())) {
        writes += 1;
        const path = `/apis/${ref.apiVersion}`.replace('/apis/v1', '/api/v1');
        const plural = ref.kind === 'Service' ? 'services' : 'httproutes';
        await lab.sandbox.handle({
          method: 'PATCH',
          path: `${path}/namespaces/${namespace}/${plural}/${ref.name}?fieldManager=argocd-controller`,
          headers: { 'content-type': 'application/merge-patch+json' },
          body: JSON.stringify({ spec: wanted }),
        });
      }
      await lab.clock.sleep(200, stop.signal).catch(() => undefined);
    }
  })();
  return {
    writes: () => writes,
    async stop() {
      stop.abort();
      await work;
    },
  };
}

describe('an owner that sets back what a release steers', () => {
  it.each([
    ['the route, when it leads to the candidate', routeRef],
    ['the Service, when it selects the candidate', serviceRef],
  ] as const)(
    '%s: is named, not fought, and everything else is put back',
    async (_what, ref) => {
      const lab = await openLab();
      await lab.deploy(manifests({ VERSION: 'v1' }));
      const route = (await lab.route())?.spec;
      const service = (await lab.get('v1', 'Service', 'shop'))?.spec;
      const leadsOn = async () => {
        if (ref.kind === 'Service') return true;
        const refs = at((await lab.route())?.spec, 'rules', 0, 'backendRefs');
        return (
          Array.isArray(refs) && refs.some(({ name, weight }) => name === 'shop-green' && weight === 100)
        );
      };
      const owner = startSelfHealing(lab, ref, leadsOn);
      const began = lab.clock.monotonic();
      const result = await lab.deploy(manifests({ VERSION: 'v2' }));
      await owner.stop();
      expect(result).toMatchObject({
        outcome: 'Aborted',
        failure: { code: 'Conflict', remedy: expect.stringContaining('docs/gitops.md') },
      });
      expect(result.reason).toContain('was set back in the middle of the release, by argocd-controller');
      expect(lab.clock.monotonic() - began).toBeLessThan(60_000);
      expect(owner.writes()).toBeLessThan(5);
      expect((await lab.route())?.spec).toEqual(route);
      expect((await lab.get('v1', 'Service', 'shop'))?.spec).toEqual(service);
      expect(lab.serving()).toBe('v1');
      await lab.close();
    },
    30_000,
  );
});
