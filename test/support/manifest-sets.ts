import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { at } from '../../src/base/index.ts';
import { type KubeObject, type ManifestFile, parseManifests } from '../../src/cluster/index.ts';

const folder = resolve(import.meta.dirname, '..', 'data', 'manifests');

/** Names of the folders below `test/data/manifests`, each with the manifests of one app. */
export function listSets(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The files of a set, in the order of their names, as the input `manifests: FOLDER` reads them. */
export function readSet(name: string): readonly ManifestFile[] {
  return readdirSync(join(folder, name))
    .sort()
    .map((file) => ({ name: `${name}/${file}`, text: readFileSync(join(folder, name, file), 'utf8') }));
}

/** The objects of a set that can be read without a problem. */
export function objectsOf(name: string): readonly KubeObject[] {
  const { objects, problems } = parseManifests(readSet(name));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return objects;
}

/**
 * What only the place of a release can give is exchanged for what the sandbox has: images, and the Gateway behind the
 * routes. Everything else stays as the manifests say.
 */
export function withStandIns(objects: readonly KubeObject[], version: string): KubeObject[] {
  return objects.map((object) => {
    if (object.kind === 'Deployment') return withImages(object, version);
    return object.kind === 'HTTPRoute' ? withGateway(object) : object;
  });
}

function withImages(workload: KubeObject, version: string): KubeObject {
  const change = structuredClone(workload) as KubeObject & {
    spec: { template: { spec: Record<string, { image: string; env?: { name: string }[] }[] | undefined> } };
  };
  const { containers = [], initContainers = [] } = change.spec.template.spec;
  for (const container of [...containers, ...initContainers])
    container.image = `streamgate/demo-app:${version}`;
  // One of the sets has a VERSION of its own; the sandbox tells versions by that of the image.
  for (const container of containers)
    if (container.env !== undefined)
      container.env = container.env.filter((variable) => variable.name !== 'VERSION');
  return change;
}

function withGateway(route: KubeObject): KubeObject {
  return {
    ...route,
    spec: { ...Object(route.spec), parentRefs: [{ name: 'web', namespace: 'default' }] },
  };
}

/** The first host name of the first route. */
export function hostOf(objects: readonly KubeObject[]): string {
  const route = objects.find(({ kind }) => kind === 'HTTPRoute');
  return String(at(route, 'spec', 'hostnames', 0));
}

/** The name of the first port of a Service; undefined when it has none. */
export function portOf(objects: readonly KubeObject[], service: string): string | undefined {
  const found = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service);
  const name = at(found, 'spec', 'ports', 0, 'name');
  return typeof name === 'string' ? name : undefined;
}
