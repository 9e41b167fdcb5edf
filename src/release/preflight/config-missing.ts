import { at } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject } from '../../cluster/index.ts';
import { type ConfigRef, configRefs } from '../desired/config-refs.ts';
import type { Desired } from '../desired/desired.ts';
import { configKey, contentOf, keyOf } from '../slots/config-copies.ts';
import { type Check, type Finding, refuse } from './check.ts';

/** What the cluster itself puts into each namespace, soon after that is made. */
const broughtByTheCluster: readonly string[] = ['kube-root-ca.crt', 'openshift-service-ca.crt'];

/**
 * A pod whose ConfigMap or key is not there waits in CreateContainerConfigError until the deadline. Secrets that are not
 * in the manifests are not looked for: that would take the right to read them.
 */
export const findMissingConfig: Check = ({ request: { cluster, desired }, names }) =>
  missingConfig(cluster, names.namespace, desired);

export async function missingConfig(
  cluster: Cluster,
  namespace: string,
  desired: Desired,
): Promise<readonly Finding[]> {
  const given = new Map([...desired.others, ...desired.copies].map((object) => [keyOf(object), object]));
  const findings = new Map<string, Finding>();
  for (const ref of configRefs(desired.workload).filter(({ optional }) => !optional)) {
    const { kind, name } = ref;
    const inManifests = given.get(configKey(ref));
    if (inManifests === undefined && (kind === 'Secret' || broughtByTheCluster.includes(name))) continue;
    const object = inManifests ?? (await cluster.get({ apiVersion: 'v1', kind, namespace, name }));
    for (const [what, finding] of problemsOf(ref, object, namespace)) findings.set(what, finding);
  }
  return [...findings.values()];
}

function problemsOf(
  ref: ConfigRef,
  object: KubeObject | undefined,
  namespace: string,
): readonly (readonly [string, Finding])[] {
  const described = describeRef({ apiVersion: 'v1', kind: ref.kind, namespace, name: ref.name });
  if (object === undefined) {
    const message = `${described} is not there, neither in the manifests nor in the cluster, and ${ref.where} reads it: its pods could not start`;
    const remedy = `Put the ${ref.kind} into the manifests, create it, or make the reference optional.`;
    return [[described, refuse(message, remedy)]];
  }
  const missing = ref.keys.filter((key) => !hasKey(object, key));
  return missing.map((key) => [
    `${described} ${key}`,
    refuse(
      `${described} has no key ${key}, and ${ref.where} reads it: its pods could not start`,
      `Add the key, correct the reference, or make it optional.`,
    ),
  ]);
}

function hasKey(object: KubeObject, key: string): boolean {
  const { data, binaryData } = contentOf(object);
  return at(data, key) !== undefined || at(binaryData, key) !== undefined;
}
