import { StreamGateError } from '../../base/index.ts';
import { type Cluster, groupOf, type KindRef, type KubeObject } from '../../cluster/index.ts';
import type { PermissionRule } from '../preflight/needs.ts';
import type { OtherKind, PermissionFacts } from '../preflight/permission-facts.ts';
import { namingKinds } from './find-references.ts';

/** Kinds whose selectors may find the pods of the app. */
const selectingKinds: readonly KindRef[] = [
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
];

/** A kind that this cluster knows. */
export interface SeenKind extends OtherKind, KindRef {}

/** What stands around an app, as far as it may be seen. */
export interface Surroundings {
  readonly objects: readonly KubeObject[];
  /** What may not be listed, one sentence each. */
  readonly notes: readonly string[];
}

/** All kinds that a plan looks at and the cluster knows: the same kind in one version only. */
export async function kindsAround(cluster: Cluster): Promise<readonly SeenKind[]> {
  const found = new Map<string, SeenKind>();
  for (const { apiVersion, kind } of [...selectingKinds, ...namingKinds]) {
    const path = await cluster.kindPath({ apiVersion, kind });
    const group = groupOf(apiVersion);
    const key = `${group}/${kind}`;
    if (path !== undefined && !found.has(key))
      found.set(key, { apiVersion, kind, group, resource: path.plural });
  }
  return [...found.values()];
}

/** What a plan asks beyond what a release needs; where it is denied, the plan says so and goes on. */
export function wishesOf(
  kinds: readonly SeenKind[],
  { others, foreignNamespaces }: PermissionFacts,
): readonly PermissionRule[] {
  return [
    ...kinds.map(({ group, resource }) => ({ group, resource, verbs: ['list'] })),
    ...others.map((kind) => ({ ...kind, verbs: ['get'] })),
    ...foreignNamespaces.map((namespace) => ({
      group: 'gateway.networking.k8s.io',
      resource: 'referencegrants',
      verbs: ['list'],
      namespace,
    })),
  ];
}

export async function lookAround(
  cluster: Cluster,
  namespace: string,
  kinds: readonly SeenKind[],
): Promise<Surroundings> {
  const objects: KubeObject[] = [];
  const notes: string[] = [];
  for (const { apiVersion, kind, group, resource } of kinds) {
    const listed = await cluster.list({ apiVersion, kind }, { namespace }).catch((thrown: unknown) => {
      if (!(thrown instanceof StreamGateError) || thrown.code !== 'Denied') throw thrown;
      return undefined;
    });
    if (listed === undefined) notes.push(`${resource}${group === '' ? '' : `.${group}`} may not be listed.`);
    else objects.push(...listed);
  }
  return { objects, notes };
}
