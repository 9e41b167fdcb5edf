import { at, type Deadline, isJsonObject, StreamGateError } from '../../base/index.ts';
import {
  describeRef,
  fencedPatch,
  type KubeObject,
  type ObjectRef,
  removeField,
  stampToken,
  tokenOf,
} from '../../cluster/index.ts';
import { liveSetsOf } from '../adoption/adopt-pods.ts';
import { handOver, type Relabelled, relabel, replicaSetKind, unmarkSet } from '../adoption/relabel.ts';
import { beforeOf } from '../journal/journal.ts';
import { appLabel, deploymentRef, managedByLabel, slotLabel } from '../slots/names.ts';
import { createOrFind, deleteOurs, isAdopted, slotDeploymentOf, stamped } from '../slots/ours.ts';
import type { Release, Step } from '../step.ts';
import { plainName, servingSlot } from './steps.ts';

/**
 * The Deployment that serves under the name and with the selector that its owner gave it, and the same pods. One that was
 * taken over only loses its label again. A slot's own is replaced: a plain one waits, paused, for the ReplicaSet that the
 * other one leaves behind, so that there is no moment at which anything could start or stop a pod.
 */
export const plainWorkload: Step = {
  id: 'plain-workload',
  title: 'Give the Deployment that serves back to its owner',
  async before({ cluster, names, stable }) {
    const deployment = await slotDeploymentOf(cluster, names, stable ?? 'blue');
    const [set] = deployment === undefined ? [] : await liveSetsOf(cluster, deployment);
    return { replicaSet: set?.metadata.name ?? null };
  },
  async act(release, deadline) {
    const { cluster, names } = release;
    const before = beforeOf(release.journal.release, 'plain-workload');
    const ref = deploymentRef(names, servingSlot(release));
    const set: ObjectRef = {
      ...replicaSetKind,
      namespace: names.namespace,
      name: String(at(before, 'replicaSet')),
    };
    const standing = await slotDeploymentOf(cluster, names, servingSlot(release));
    const plain = { ...ref, name: plainName(release) };
    if (standing !== undefined && isAdopted(standing)) {
      const objects = { deployment: ref, replicaSet: set };
      // A ReplicaSet that selects its pods by the slot cannot do without it.
      const selects = at(await cluster.get(set), 'spec', 'selector', 'matchLabels', slotLabel) !== undefined;
      await relabel(
        release,
        objects,
        { slot: selects ? servingSlot(release) : null, adopted: false },
        deadline,
      );
      await unmarkSet(release, objects, deadline);
      return `${ref.name}, as it was before it was taken over`;
    }
    if (plain.name === ref.name)
      return standing === undefined
        ? `${ref.name} is as it was`
        : stripLabels(release, { deployment: ref, replicaSet: set }, deadline);
    if (standing !== undefined) {
      const wanted = plainDeployment(standing, release);
      const { object } = await createOrFind(cluster, wanted, plain);
      // One of a run that died carries a token.
      if (tokenOf(object) === undefined) throw inTheWay(plain);
      await stampToken(cluster, plain, release.token);
      await deleteOurs(cluster, ref, release.token, 'Orphan');
    }
    if ((await cluster.get(plain)) === undefined) return `${plain.name} is gone`;
    await handOver(release, { deployment: plain, replicaSet: set }, ref, deadline);
    return `${plain.name} has the pods of ${ref.name}`;
  },
};

/** The slot's Deployment as its owner's: same pods, so also with the label that they carry. */
function plainDeployment(standing: KubeObject, release: Release): KubeObject {
  const { desired, token, names } = release;
  if (desired === undefined) {
    throw new StreamGateError(
      'Refused',
      `The live revision of ${names.app} is not kept: its manifests are unknown`,
      {
        remedy: 'Release it once more, then hand it back.',
      },
    );
  }
  const { metadata, spec } = desired.workload;
  const { name, labels, annotations } = metadata;
  const given = {
    name,
    namespace: names.namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  const fields = isJsonObject(standing.spec) ? standing.spec : {};
  const object: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: given,
    spec: { ...fields, selector: at(spec, 'selector'), paused: true },
  };
  return stamped(object, token);
}

function inTheWay(ref: ObjectRef): StreamGateError {
  return new StreamGateError(
    'Refused',
    `${describeRef(ref)} is there already, and StreamGate has not made it`,
    {
      remedy: `Delete it: kubectl delete deployment ${ref.name}`,
    },
  );
}

/** A slot's Deployment that has the name of its owner's already: it only loses what marks it as ours. */
async function stripLabels(release: Release, objects: Relabelled, deadline: Deadline): Promise<string> {
  const { cluster, token } = release;
  const ref = objects.deployment;
  await relabel(release, objects, { slot: servingSlot(release), adopted: false }, deadline);
  await stampToken(cluster, ref, token);
  await fencedPatch(cluster, ref, token, (object) =>
    [managedByLabel, appLabel, slotLabel].flatMap((label) =>
      removeField(object, ['metadata', 'labels', label]),
    ),
  );
  return `${ref.name} stays as it is, without our labels`;
}
