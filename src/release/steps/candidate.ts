import { at, equalJson, StreamGateError } from '../../base/index.ts';
import {
  describeRef,
  fencedPatch,
  type KubeObject,
  removeField,
  replaceField,
  stampToken,
} from '../../cluster/index.ts';
import { letAdoptedGo } from '../adoption/let-go.ts';
import { refuseServing } from '../refuse-serving.ts';
import { emptySlot, freeSlot } from '../slots/autoscalers.ts';
import { deploymentRef } from '../slots/names.ts';
import { createFenced, deleteOurs, scaleTo, slotDeploymentOf } from '../slots/ours.ts';
import { podQuery } from '../slots/pods.ts';
import { slotDeployment } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { podsGone } from './pods-gone.ts';
import { requireDesired } from './require-desired.ts';

/** Pods of an older release may still be warm in the candidate's slot: they go first, so that no check meets them. */
export const clearCandidate: Step = {
  id: 'clear-candidate',
  title: 'Empty the slot for the candidate',
  async act(release, deadline) {
    const { cluster, names, candidate, token } = release;
    // Asked again under the lock, and before the way back is called cold: whoever is refused goes back to these pods.
    await refuseServing(cluster, release.journal.current, candidate);
    const ref = deploymentRef(names, candidate);
    const deployment = await slotDeploymentOf(cluster, names, candidate);
    // Also when the slot is empty: the run that emptied it may have died before it could write that down.
    const { previous } = release.journal.current;
    if (previous?.slot === candidate) release.journal.update({ previous: { ...previous, warm: false } });
    const isEmpty = deployment === undefined || at(deployment, 'spec', 'replicas') === 0;
    await (isEmpty ? freeSlot : emptySlot)(cluster, names, candidate, token);
    // Also of an empty slot: the pods of a release that was just undone may still be on their way out.
    const pods = await podQuery(cluster, names, candidate, requireDesired(release).workload);
    await podsGone(release, `the old pods of ${ref.name}`, pods, deadline);
    const name = await letAdoptedGo(release, candidate);
    const state = isEmpty ? 'it is empty' : 'the pods of an older release are gone';
    return name === undefined ? state : `${state}; ${name}`;
  },
};

export const startCandidate: Step = {
  id: 'start-candidate',
  title: 'Start the candidate',
  async before({ cluster, names, candidate }) {
    const deployment = await cluster.get(deploymentRef(names, candidate));
    return { existed: deployment !== undefined };
  },
  async act(release) {
    const { cluster, names, candidate, replicas, token } = release;
    const ref = deploymentRef(names, candidate);
    const wanted = slotDeployment(requireDesired(release).workload, names, candidate, replicas, token);
    const existing = await stampToken(cluster, ref, token);
    if (
      existing !== undefined &&
      !equalJson(at(existing, 'spec', 'selector'), at(wanted, 'spec', 'selector'))
    ) {
      // A selector can never be changed; the slot is empty, so nothing is lost by making it anew.
      await deleteOurs(cluster, ref, token);
    }
    const { created } = await createFenced(release, wanted, ref);
    if (!created) await replaceTemplate(release, wanted);
    return `${ref.name} with ${replicas} pods`;
  },
  async undo({ cluster, names, candidate, token }, before) {
    const ref = deploymentRef(names, candidate);
    if (at(before, 'existed') === true) await emptySlot(cluster, names, candidate, token);
    else await deleteOurs(cluster, ref, token);
  },
};

/** All that a manifest can say of it, but the selector, which can never change. What it does not say goes: `paused`, too. */
const specFields = [
  'template',
  'replicas',
  'strategy',
  'minReadySeconds',
  'progressDeadlineSeconds',
  'revisionHistoryLimit',
  'paused',
];

/**
 * Replaces the spec field by field, and the pod template as a whole. Server-side apply would leave in place what other managers own of it: an
 * environment variable or sidecar of the version before (seen on kube-apiserver 1.34).
 */
async function replaceTemplate(
  { cluster, names, candidate, token }: Release,
  wanted: KubeObject,
): Promise<void> {
  const ref = deploymentRef(names, candidate);
  const sample = { ...wanted, metadata: { ...wanted.metadata, name: `${wanted.metadata.name}-check` } };
  const fresh = await cluster.create(sample, { dryRun: true });
  const patched = await fencedPatch(cluster, ref, token, (object) =>
    specFields.flatMap((field) => {
      const value = at(fresh, 'spec', field);
      const path = ['spec', field];
      return value === undefined ? removeField(object, path) : replaceField(object, path, value);
    }),
  );
  if (equalJson(at(patched, 'spec', 'template'), at(fresh, 'spec', 'template'))) return;
  throw new StreamGateError('Failed', `${describeRef(ref)} did not take the pod template as it was written`, {
    remedy:
      'An admission webhook or another controller changes it: compare the Deployment with your manifest.',
  });
}

/** Warm pods are kept at the number they had; the live version may have grown since. */
export const scaleCandidate: Step = {
  id: 'scale-candidate',
  title: 'Bring the older version to the size of the live one',
  async act({ cluster, names, candidate, replicas, token }) {
    const ref = deploymentRef(names, candidate);
    const standing = Number(at(await cluster.get(ref), 'spec', 'replicas') ?? 0);
    if (standing >= replicas) return `${standing} pods are there`;
    await freeSlot(cluster, names, candidate, token);
    await scaleTo(cluster, ref, replicas, token);
    return `scaled from ${standing} to ${replicas}`;
  },
};
