import { at } from '../../src/base/index.ts';
import type { KubeObject } from '../../src/cluster/index.ts';
import { type Knobs, type Lab, manifests, namespace } from './release-lab.ts';

/** Manifests of an app that reads its environment from the ConfigMap `settings`, which stands beside it. */
export function configured(knobs: Knobs, data: Knobs, change: Partial<KubeObject> = {}): KubeObject[] {
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data, ...change };
  return [...reading(manifests(knobs), { configMapRef: { name: 'settings' } }), settings];
}

/** The same objects, with another source of variables for the app's container. */
export function reading(objects: readonly KubeObject[], source: object): KubeObject[] {
  return changeContainer(objects, (container) => ({
    ...container,
    envFrom: [...((container.envFrom ?? []) as object[]), source],
  }));
}

type Container = Readonly<Record<string, unknown>>;

export function changeContainer(
  objects: readonly KubeObject[],
  change: (container: Container) => Container,
): KubeObject[] {
  return objects.map((object) => {
    if (object.kind !== 'Deployment') return object;
    const copy = structuredClone(object);
    const spec = at(copy, 'spec', 'template', 'spec') as { containers: Container[] };
    spec.containers = spec.containers.map(change);
    return copy;
  });
}

/** ConfigMaps (or Secrets) of the namespace without our journal: name and data of each. */
export async function configIn(
  { cluster }: Pick<Lab, 'cluster'>,
  kind: 'ConfigMap' | 'Secret' = 'ConfigMap',
): Promise<Readonly<Record<string, unknown>>> {
  const all = await cluster.list({ apiVersion: 'v1', kind }, { namespace });
  const ours = all.filter(({ metadata }) => !metadata.name.startsWith('streamgate-'));
  return Object.fromEntries(ours.map(({ metadata, data }) => [metadata.name, data]));
}
