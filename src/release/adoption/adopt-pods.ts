import { at, type Json, StreamGateError } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, type ObjectRef, tokenOf } from '../../cluster/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { rolloutProgress } from '../proof/rollout-status.ts';
import { waitFor } from '../proof/wait.ts';
import { deploymentRef, type Names, slotLabel } from '../slots/names.ts';
import { isAdopted } from '../slots/ours.ts';
import { deploymentQuery, podQuery } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';
import { type Relabelled, relabel, replicaSetKind, unmarkSet } from './relabel.ts';

/** The ReplicaSets of a Deployment that have, or are to have, pods. */
export async function liveSetsOf(cluster: Cluster, deployment: KubeObject): Promise<readonly KubeObject[]> {
  const { namespace = '', uid } = deployment.metadata;
  const all = await cluster.list(replicaSetKind, { namespace });
  return all.filter(
    (set) =>
      (set.metadata.ownerReferences ?? []).some((owner) => owner.controller && owner.uid === uid) &&
      (Number(at(set, 'spec', 'replicas') ?? 0) > 0 || Number(at(set, 'status', 'replicas') ?? 0) > 0),
  );
}

/** What runs becomes the stable slot: same Deployment, same ReplicaSet, same pods; only the label is new. */
export const adoptPods: Step = {
  id: 'adopt-pods',
  title: 'Take over the pods that run',
  async before(release) {
    const ref = stableRef(release);
    const deployment = await release.cluster.get(ref);
    const sets = deployment === undefined ? [] : await liveSetsOf(release.cluster, deployment);
    const [set] = sets;
    if (set === undefined || sets.length > 1) throw changedMeanwhile(ref);
    const labelled = at(set, 'spec', 'template', 'metadata', 'labels', slotLabel) !== undefined;
    return { deployment: ref.name, replicaSet: set.metadata.name, labelled };
  },
  async act(release, deadline) {
    const slot = stableSlot(release);
    const before = beforeOf(release.journal.release, 'adopt-pods') ?? null;
    await relabel(release, relabelled(release.names, before), { slot, adopted: true }, deadline);
    return `${String(at(before, 'deployment'))} is slot ${slot}`;
  },
  async verify({ cluster, clock, names, stable }, deadline) {
    const slot = stable ?? 'blue';
    return waitFor({
      cluster,
      clock,
      deadline: deadline.within(60_000, `Deployment ${names.deployments[slot]}`),
      what: `the pods of ${names.deployments[slot]} to carry the slot`,
      queries: { deployments: deploymentQuery(names, slot), pods: await podQuery(cluster, names, slot) },
      check: ({ deployments, pods }) => rolloutProgress(deployments[0], pods),
    });
  },
  async undo(release, before, deadline) {
    const objects = relabelled(release.names, before);
    const standing = await release.cluster.get(objects.deployment);
    if (standing === undefined) return;
    // What carried the label before keeps it: its ReplicaSet may select by it.
    const slot = at(before, 'labelled') === true ? stableSlot(release) : null;
    if (isAdopted(standing) || tokenOf(standing) !== undefined)
      await relabel(release, objects, { slot, adopted: false }, deadline);
    await unmarkSet(release, objects, deadline);
  },
};

function relabelled({ namespace }: Names, before: Json): Relabelled {
  const refTo = (kind: string, name: unknown): ObjectRef => ({
    apiVersion: 'apps/v1',
    kind,
    namespace,
    name: String(name),
  });
  return {
    deployment: refTo('Deployment', at(before, 'deployment')),
    replicaSet: refTo('ReplicaSet', at(before, 'replicaSet')),
  };
}

function stableSlot({ stable }: Release) {
  return stable ?? 'blue';
}

function stableRef(release: Release): ObjectRef {
  return deploymentRef(release.names, stableSlot(release));
}

function changedMeanwhile(ref: ObjectRef): StreamGateError {
  return new StreamGateError(
    'Conflict',
    `${describeRef(ref)} was changed between the look at it and taking it over`,
    { remedy: 'Nothing was moved. Wait until its rollout is done, then run the same command again.' },
  );
}
