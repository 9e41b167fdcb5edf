import { isJsonObject } from '../../base/index.ts';
import { type Cluster, type ObjectRef, refOf } from '../../cluster/index.ts';
import { configRefs } from '../desired/config-refs.ts';
import type { Desired } from '../desired/desired.ts';
import { unversionedRefs } from '../desired/release-unit.ts';
import { configKey, ensureCopy, isOurCopy, keyOf } from '../slots/config-copies.ts';
import { deleteOurs } from '../slots/ours.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';

/**
 * Configuration comes in copies of its own, so that the running version goes on reading what it was released with, and
 * a way back finds it again.
 */
export const copyConfig: Step = {
  id: 'copy-config',
  title: 'Copy the configuration that the candidate reads',
  async before(release) {
    const { copies } = requireDesired(release);
    const existing = copies.map(async (copy) => [
      keyOf(copy),
      (await release.cluster.get(refOf(copy))) !== undefined,
    ]);
    return Object.fromEntries(await Promise.all(existing));
  },
  async act(release) {
    const wanted = requireDesired(release);
    for (const copy of wanted.copies) await ensureCopy(release, copy);
    return describeConfig(release.cluster, release.names.namespace, wanted);
  },
  async undo({ cluster, names, token }, before) {
    if (!isJsonObject(before)) return;
    for (const [key, existed] of Object.entries(before)) {
      if (existed === false) await deleteOurs(cluster, refFrom(key, names.namespace), token);
    }
  },
};

/** `ConfigMap settings-3f2a` as the reference it was written from. */
function refFrom(key: string, namespace: string): ObjectRef {
  const [kind = '', name = ''] = key.split(' ');
  return { apiVersion: 'v1', kind, namespace, name };
}

/** What is released together with the pods, and what they read that is not. */
export async function describeConfig(cluster: Cluster, namespace: string, desired: Desired): Promise<string> {
  if (configRefs(desired.workload).length === 0) return 'it reads none';
  const loose: string[] = [];
  for (const ref of unversionedRefs(desired)) {
    const object = ref.kind === 'Secret' ? undefined : await cluster.get(refFrom(configKey(ref), namespace));
    if (object === undefined || !isOurCopy(object)) loose.push(configKey(ref));
  }
  const copied = desired.copies.map(keyOf);
  return [
    copied.length === 0 ? 'nothing to copy' : copied.join(', '),
    ...(loose.length === 0 ? [] : [`not part of the release unit: ${loose.join(', ')}`]),
  ].join('; ');
}
