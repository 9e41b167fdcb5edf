import { at, equalJson, StreamGateError } from '../../base/index.ts';
import { type Cluster, type KubeObject, refOf } from '../../cluster/index.ts';
import { configRefs } from '../desired/config-refs.ts';
import { configKey, contentOf, isConfigKind, keyOf } from './config-copies.ts';
import { deploymentRef, type Names, type Slot } from './names.ts';

/** Keys of the ConfigMaps and Secrets that a Deployment reads. */
export function namedConfig(workload: KubeObject | undefined): readonly string[] {
  return workload === undefined ? [] : configRefs(workload).map(configKey);
}

/** What the live pods read: those of the live slot, and of a Deployment that has the name of the manifests' one. */
export async function configInUse(
  cluster: Cluster,
  names: Names,
  live: Slot | null,
  workload: KubeObject,
): Promise<ReadonlySet<string>> {
  const refs = [{ ...refOf(workload), namespace: names.namespace }];
  const all = live === null ? refs : [...refs, deploymentRef(names, live)];
  const standing = await Promise.all(all.map((ref) => cluster.get(ref)));
  return new Set(
    standing.filter((deployment) => at(deployment, 'spec', 'replicas') !== 0).flatMap(namedConfig),
  );
}

export function isIn(keys: ReadonlySet<string>, object: KubeObject): boolean {
  return isConfigKind(object.kind) && keys.has(keyOf(object));
}

/** Whether an apply would change the content. A Secret is not read for that: the server compares it. */
export async function wouldChange(cluster: Cluster, object: KubeObject): Promise<boolean> {
  const ref = refOf(object);
  if (object.kind !== 'Secret') {
    const standing = await cluster.get(ref);
    return standing !== undefined && !equalJson(contentOf(standing), contentOf(object));
  }
  try {
    const { data } = contentOf(object);
    await cluster.patch(ref, [{ op: 'test', path: '/data', value: data }], { dryRun: true });
    return false;
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError)) throw thrown;
    if (thrown.code === 'NotFound') return false;
    if (thrown.code === 'Conflict') return true;
    throw thrown;
  }
}
