import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { ownersOf } from '../../../src/release/preflight/owners.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const service = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };
const route = { ...service, apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
const tracked = { 'argocd.argoproj.io/tracking-id': 'shop:/Service:default/shop' };
const fluxed = { 'kustomize.toolkit.fluxcd.io/name': 'apps' };

async function released(change: (lab: Lab) => Promise<unknown>): Promise<Lab> {
  const lab = await openLab();
  await lab.deploy(manifests({ VERSION: 'v1' }));
  await change(lab);
  return lab;
}

describe('the owner of an object', () => {
  const object = (metadata: Partial<KubeObject['metadata']>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', ...metadata },
  });
  const written = (manager: string) => object({ managedFields: [{ manager }] });

  it.each<[string, KubeObject, readonly string[]]>([
    ['a tracking id of Argo CD', object({ annotations: tracked }), ['argocd']],
    ['fields of Argo CD', written('argocd-controller'), ['argocd']],
    ['fields of its application controller', written('argocd-application-controller'), ['argocd']],
    ['a label of Flux', object({ labels: fluxed }), ['flux']],
    [
      'a label of the Helm controller of Flux',
      object({ labels: { 'helm.toolkit.fluxcd.io/name': 'x' } }),
      ['flux'],
    ],
    ['fields of Flux', written('kustomize-controller'), ['flux']],
    ['an annotation of Helm', object({ annotations: { 'meta.helm.sh/release-name': 'shop' } }), ['helm']],
    ['nobody', written('kubectl'), []],
  ])('is seen by %s', (_what, given, owners) => {
    expect(ownersOf(given)).toEqual(owners);
  });
});

describe('a release of what a sync owns', () => {
  it.each([
    ['Argo CD', { metadata: { annotations: tracked } }, 'RespectIgnoreDifferences=true', ['argocd']],
    ['Flux', { metadata: { labels: fluxed } }, 'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent', ['flux']],
  ] as const)(
    '%s is refused with the rules to add, and goes on when a person confirms',
    async (name, patch, rule, allowedOwners) => {
      const lab = await released(({ cluster }) => cluster.mergePatch(service, patch));
      await expect(lab.deploy(manifests({ VERSION: 'v2' }))).rejects.toMatchObject({
        code: 'Refused',
        message: expect.stringContaining(`Service default/shop is synced by ${name}`),
        remedy: expect.stringContaining(rule),
      });
      expect(await lab.deploy(manifests({ VERSION: 'v2' }), { allowedOwners })).toMatchObject({
        outcome: 'Promoted',
      });
      await lab.close();
    },
  );

  it('names the fields of each object', async () => {
    const lab = await released(async ({ cluster }) => {
      for (const ref of [service, route])
        await cluster.mergePatch(ref, { metadata: { annotations: tracked } });
    });
    await expect(lab.plan(manifests({ VERSION: 'v2' }))).rejects.toMatchObject({
      message: expect.stringMatching(/kind: Service.*\/spec\/selector[\s\S]*kind: HTTPRoute.*\/spec\/rules/),
    });
    await lab.close();
  });

  it('goes on where Flux is told to leave the object alone', async () => {
    const annotations = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
    const lab = await released(({ cluster }) =>
      cluster.mergePatch(service, { metadata: { labels: fluxed, annotations } }),
    );
    expect(await lab.plan(manifests({ VERSION: 'v2' }))).toMatchObject({ outcome: 'Planned' });
    await lab.close();
  });

  it('is only warned of Helm', async () => {
    const annotations = { 'meta.helm.sh/release-name': 'shop' };
    const lab = await released(({ cluster }) => cluster.mergePatch(service, { metadata: { annotations } }));
    const { warnings } = await lab.plan(manifests({ VERSION: 'v2' }));
    expect(warnings.join('\n')).toContain('belongs to a Helm release');
    await lab.close();
  });
});

describe('what we create', () => {
  it('carries no label of any sync, whatever the manifests carry', async () => {
    const lab = await openLab();
    const labels = { ...fluxed, 'app.kubernetes.io/instance': 'shop' };
    const given = manifests({ VERSION: 'v1' }).map((object) => ({
      ...object,
      metadata: { ...object.metadata, labels, annotations: tracked },
    }));
    await lab.deploy(given);
    for (const [apiVersion, kind] of [
      ['apps/v1', 'Deployment'],
      ['v1', 'Service'],
    ] as const) {
      const object = await lab.get(apiVersion, kind, 'shop-blue');
      const keys = [
        ...Object.keys(object?.metadata.labels ?? {}),
        ...Object.keys(object?.metadata.annotations ?? {}),
      ];
      expect(keys.filter((key) => /argoproj|fluxcd|instance/.test(key))).toEqual([]);
    }
    await lab.close();
  });
});
