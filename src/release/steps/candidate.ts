import { at, equalJson, StreamGateError } from '../../base/index.ts';
import {
  describeRef,
  fencedPatch,
  type JsonPatchOperation,
  type KubeObject,
  replaceField,
  stampToken,
} from '../../cluster/index.ts';
import { letAdoptedGo } from '../adoption/let-go.ts';
import { ailmentsOf, createPatience } from '../proof/ailments.ts';
import { endpointsProgress } from '../proof/endpoints.ts';
import { createPodNews } from '../proof/pod-news.ts';
import { rolloutProgress } from '../proof/rollout-status.ts';
import { done, type Progress, pending, waitFor } from '../proof/wait.ts';
import { emptySlot, freeSlot } from '../slots/autoscalers.ts';
import { deploymentRef, entryRef, slotServiceRef } from '../slots/names.ts';
import { createFenced, deleteOurs, scaleTo, slotDeploymentOf } from '../slots/ours.ts';
import { deploymentQuery, listPods, podQuery, sliceQuery } from '../slots/pods.ts';
import { portOperations } from '../slots/service-ports.ts';
import { slotDeployment, slotService } from '../slots/slot-objects.ts';
import type { Release, Step } from '../step.ts';
import { requireDesired } from './desired.ts';

/** Both slots have a Service of their own, so that a route can tell them apart. */
export const slotServices: Step = {
  id: 'slot-services',
  title: 'Give each slot a Service',
  async before({ cluster, names }) {
    const [blue, green] = await Promise.all([
      cluster.get(slotServiceRef(names, 'blue')),
      cluster.get(slotServiceRef(names, 'green')),
    ]);
    return { blue: blue !== undefined, green: green !== undefined };
  },
  async act(release) {
    const { cluster, names, token, candidate } = release;
    const { service } = requireDesired(release);
    const standing = await cluster.get(entryRef(names));
    for (const slot of ['blue', 'green'] as const) {
      const ref = slotServiceRef(names, slot);
      // What runs already has the ports that its callers know, whatever the manifests say now.
      const model = slot === candidate ? service : (standing ?? service);
      const wanted = slotService(model, names, slot, token);
      const { created } = await createFenced(release, wanted, ref);
      // The live slot's Service keeps the ports of what runs there.
      if (created || slot !== candidate) continue;
      await stampToken(cluster, ref, token);
      await fencedPatch(cluster, ref, token, (object) => serviceOperations(object, wanted));
    }
    return `${names.services.blue}, ${names.services.green}`;
  },
  async undo({ cluster, names, token }, before) {
    for (const slot of ['blue', 'green'] as const) {
      if (at(before, slot) === false) await deleteOurs(cluster, slotServiceRef(names, slot), token);
    }
  },
};

function serviceOperations(object: KubeObject, wanted: KubeObject): JsonPatchOperation[] {
  return [
    ...replaceField(object, ['spec', 'selector'], at(wanted, 'spec', 'selector')),
    ...portOperations(object, wanted),
  ];
}

/** Pods of an older release may still be warm in the candidate's slot: they go first, so that no check meets them. */
export const clearCandidate: Step = {
  id: 'clear-candidate',
  title: 'Empty the slot for the candidate',
  async act(release, deadline) {
    const { cluster, names, candidate, token, clock } = release;
    const ref = deploymentRef(names, candidate);
    const deployment = await slotDeploymentOf(cluster, names, candidate);
    // Also when the slot is empty: the run that emptied it may have died before it could write that down.
    const { previous } = release.journal.current;
    if (previous?.slot === candidate) release.journal.update({ previous: { ...previous, warm: false } });
    const isEmpty = deployment === undefined || at(deployment, 'spec', 'replicas') === 0;
    await (isEmpty ? freeSlot : emptySlot)(cluster, names, candidate, token);
    // Also of an empty slot: the pods of a release that was just undone may still be on their way out.
    await waitFor({
      cluster,
      clock,
      deadline,
      what: `the old pods of ${ref.name} to go`,
      queries: { pods: await podQuery(cluster, names, candidate, requireDesired(release).workload) },
      check: ({ pods }) => (pods.length === 0 ? done() : pending(`${pods.length} pods are left`)),
    });
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

/**
 * Replaces the pod template as a whole. Server-side apply would leave in place what other managers own of it: an
 * environment variable or sidecar of the version before (seen on kube-apiserver 1.34).
 */
async function replaceTemplate(
  { cluster, names, candidate, token }: Release,
  wanted: KubeObject,
): Promise<void> {
  const ref = deploymentRef(names, candidate);
  const sample = { ...wanted, metadata: { ...wanted.metadata, name: `${wanted.metadata.name}-check` } };
  const fresh = await cluster.create(sample, { dryRun: true });
  const fields = ['template', 'replicas', 'strategy', 'minReadySeconds', 'progressDeadlineSeconds'];
  const patched = await fencedPatch(cluster, ref, token, (object) =>
    fields.flatMap((field) => {
      const value = at(fresh, 'spec', field);
      return value === undefined ? [] : replaceField(object, ['spec', field], value);
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

export const candidateReady: Step = {
  id: 'candidate-ready',
  title: 'Wait until the candidate is ready',
  everyRun: true,
  act: async (release, deadline) => {
    const { cluster, names, candidate, clock, settings } = release;
    const name = names.deployments[candidate];
    const patience = createPatience(clock);
    const news = createPodNews(cluster, clock, release.log);
    return waitFor({
      cluster,
      clock,
      deadline: deadline.within(settings.progressDeadlineMs, `${name}`),
      what: `${name} to be ready`,
      queries: {
        deployments: deploymentQuery(names, candidate),
        pods: await podQuery(cluster, names, candidate),
        slices: sliceQuery(names, names.services[candidate]),
      },
      async check({ deployments, pods, slices }) {
        const [deployment] = deployments;
        if (deployment === undefined) return gone(name);
        const rollout = rolloutProgress(deployment, pods);
        if (rollout.state === 'done') return merge(rollout, endpointsProgress(slices, pods));
        if (rollout.state === 'failed') return rollout;
        const error = patience.outlasted(ailmentsOf(deployment, pods, schedulingTimeoutOf(settings)));
        if (error !== undefined) return { state: 'failed', error };
        const trouble = await news.look(pods);
        return pending(trouble === '' ? rollout.seen : `${rollout.seen}; ${trouble}`);
      },
    });
  },
};

/** The step before has made it, so somebody has deleted it since: nothing will bring it back. */
function gone(name: string): Progress {
  const message = `Deployment ${name} is gone: somebody deleted it while its pods were waited for`;
  const remedy = 'Find out who deletes it (a Git sync that prunes, a clean-up job), then release again.';
  return { state: 'failed', error: new StreamGateError('Failed', message, { remedy }) };
}

/** Enough for traffic that is to go back at once: somebody answers, and more come afterwards. */
export const candidateStands: Step = {
  id: 'candidate-stands',
  title: 'Look whether any pod of the older version is ready',
  everyRun: true,
  act: async ({ cluster, names, candidate, clock, settings }, deadline) =>
    waitFor({
      cluster,
      clock,
      deadline: deadline.within(settings.progressDeadlineMs, names.deployments[candidate]),
      what: `a pod of ${names.deployments[candidate]} to be ready`,
      queries: {
        pods: await podQuery(cluster, names, candidate),
        slices: sliceQuery(names, names.services[candidate]),
      },
      check: ({ pods, slices }) => endpointsProgress(slices, pods),
    }),
};
/** Where nobody says otherwise, room is there or it is not: few clusters add nodes. */
function schedulingTimeoutOf({ schedulingTimeoutMs = 30_000 }: Release['settings']): number {
  return schedulingTimeoutMs;
}

function merge(first: { readonly detail: string }, second: ReturnType<typeof endpointsProgress>) {
  return second.state === 'done' ? done(`${first.detail}, ${second.detail}`) : second;
}

/** Runs each gate on the candidate's pods alone, and learns what they call themselves. */
export const candidateGates: Step = {
  id: 'smoke',
  title: 'Test the candidate before it gets traffic',
  async act(release, deadline) {
    const { cluster, names, candidate, gates, recorder } = release;
    const { workload, service } = requireDesired(release);
    const pods = (await listPods(cluster, names, candidate)).map((pod) => ({
      name: pod.metadata.name,
      connect: (port: number) =>
        cluster.portForward(
          { apiVersion: 'v1', kind: 'Pod', namespace: names.namespace, name: pod.metadata.name },
          port,
        ),
    }));
    const reasons: string[] = [];
    for (const gate of gates) {
      const result = await gate.check({ pods, workload, service }, deadline);
      recorder.gate(result);
      if (result.verdict !== 'pass') {
        throw new StreamGateError('Failed', result.reason, {
          remedy: 'The candidate never received traffic. Mend it, or the check, and release again.',
        });
      }
      reasons.push(result.reason);
    }
    return reasons.join('; ');
  },
};
