import { at, type Deadline, fieldsAt, isJsonObject, StreamGateError } from '../../base/index.ts';
import {
  describeRef,
  fencedPatch,
  type JsonPatchOperation,
  type KubeObject,
  type ObjectRef,
  refOf,
  replaceField,
  stampToken,
} from '../../cluster/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { endpointsProgress } from '../proof/endpoints.ts';
import { rolloutProgress } from '../proof/rollout-status.ts';
import { pending, waitFor } from '../proof/wait.ts';
import { type Autoscalers, findAutoscalers, freeSlot, sortAutoscalers } from '../slots/autoscalers.ts';
import { deploymentRef, type Slot } from '../slots/names.ts';
import { createFenced, scaleTo, unstamp } from '../slots/ours.ts';
import { deploymentQuery, podQuery, sliceQuery } from '../slots/pods.ts';
import {
  autoscalerKind,
  autoscalerRef,
  forgetLimits,
  givenLimits,
  isHeld,
  leadTo,
  leansOnFloor,
  noteLimits,
  raiseLimits,
  restoreLimits,
  slotAutoscaler,
} from '../slots/slot-autoscaler.ts';
import type { Release, Step } from '../step.ts';
import { begunMove } from './moving.ts';

function autoscalersOf({ cluster, names, desired }: Release): Promise<Autoscalers> {
  return findAutoscalers(cluster, names, desired?.workload.metadata.name);
}

/** The same as they stood before the first change of this run. */
async function firstSeen(release: Release): Promise<Autoscalers> {
  const { names, desired, companions } = release;
  return companions.seen === undefined
    ? autoscalersOf(release)
    : sortAutoscalers(companions.seen.autoscalers, names, desired?.workload.metadata.name);
}

/** How many pods the live version is meant to have now, whoever said so; at 0 it serves nobody, and is no measure. */
async function liveSize({ cluster, names, stable, replicas }: Release): Promise<number> {
  if (stable === null) return replicas;
  return Number(at(await cluster.get(deploymentRef(names, stable)), 'spec', 'replicas') ?? 0) || replicas;
}

/** Changes an autoscaler under our token. */
async function change(
  { cluster, token }: Release,
  ref: ObjectRef,
  compute: (object: KubeObject) => readonly JsonPatchOperation[],
): Promise<void> {
  if ((await stampToken(cluster, ref, token)) !== undefined) await fencedPatch(cluster, ref, token, compute);
}

function led(release: Release, slot: Slot): (object: KubeObject) => readonly JsonPatchOperation[] {
  return (object) => replaceField(object, ['spec', 'scaleTargetRef'], leadTo(release.names, slot));
}

/**
 * The autoscaler of a workload that was there before us counts the pods of both versions, since the selector of that
 * workload does: pods without traffic make it believe that half the size would do. Its floor is held from before the
 * candidate starts.
 */
export const holdFloor: Step = {
  id: 'hold-floor',
  title: "Hold the floor of the live version's own autoscaler",
  async before(release) {
    const { onSlot } = await firstSeen(release);
    if (release.stable === null || onSlot === undefined) return null;
    // Read again: a person may have changed it since all were listed, and an undo must not take that back.
    const object = await release.cluster.get(refOf(onSlot.object));
    if (object === undefined) return null;
    const { min, max } = givenLimits(object);
    const spec = { ...fieldsAt(object, 'spec'), minReplicas: min, maxReplicas: max };
    return { name: object.metadata.name, spec };
  },
  async act(release) {
    const { stable } = release;
    const { onSlot } = await firstSeen(release);
    if (stable === null || onSlot === undefined) return 'there is none';
    const size = await liveSize(release);
    await change(release, refOf(onSlot.object), (object) => [
      ...led(release, stable)(object),
      ...raiseLimits(object, size),
    ]);
    return `${onSlot.object.metadata.name} keeps at least ${size} pods`;
  },
  async undo(release, before, deadline) {
    if (!isJsonObject(before)) return;
    const ref = { ...autoscalerKind, namespace: release.names.namespace, name: String(before.name) };
    await letMeasure(release, ref, deadline);
    await change(release, ref, (object) => [
      ...forgetLimits(object),
      ...replaceField(object, ['spec'], before.spec),
    ]);
    if (release.journal.release.adopts) await unstamp(release.cluster, ref, release.token);
  },
};

/**
 * Before any traffic moves, the candidate has as many pods as the live version has now, and neither side can shrink:
 * an autoscaler follows metrics that are older than the switch, and would take the pods away that it is about.
 */
export const matchSize: Step = {
  id: 'match-size',
  title: 'Bring the candidate to the size of the live version, and hold both',
  // The live version may have grown since an earlier run.
  everyRun: true,
  async act(release, deadline) {
    const within = deadline.within(
      release.settings.progressDeadlineMs,
      release.names.deployments[release.candidate],
    );
    for (;;) {
      const size = await holdBoth(release);
      await sized(release, size, within);
      if ((await liveSize(release)) <= size) return `at least ${size} pods`;
    }
  },
  async undo(release, _before, deadline) {
    const { cluster, names, candidate, stable, token, journal } = release;
    requireTrafficBack(release);
    const { onSlot, ofSlot } = await autoscalersOf(release);
    await freeSlot(cluster, names, candidate, token);
    if (stable === null) return;
    if (onSlot !== undefined) {
      const ref = refOf(onSlot.object);
      await change(release, ref, led(release, stable));
      // What it is to fall back to is for the step that held it first. One that was made after that step has only us.
      if (!isJsonObject(beforeOf(journal.release, holdFloor.id))) {
        await letDown(release, ref, deadline);
        if (journal.release.adopts) await unstamp(cluster, ref, token);
      }
    }
    if (ofSlot[stable] !== undefined) await letDown(release, autoscalerRef(names, stable), deadline);
  },
};

const { everyRun: _everyRun, ...matchedOnce } = matchSize;

/**
 * The same of a way back in haste, whose traffic came first. Done once: a run that goes on after it finds the floor let
 * down already, and nobody would let it down again.
 */
export const growReturned: Step = {
  ...matchedOnce,
  title: 'Bring the older version to the size of the abandoned one',
};

/** Answers the size that both sides are held at. Only ever raises; each side has one autoscaler at most, or none. */
async function holdBoth(release: Release): Promise<number> {
  const { cluster, names, candidate, stable, token, desired } = release;
  const found = await autoscalersOf(release);
  const model = modelOf(release, found);
  const size = Math.max(await liveSize(release), stable === null && model ? givenLimits(model).min : 0);
  if (stable !== null && found.ofSlot[stable] !== undefined)
    await change(release, autoscalerRef(names, stable), (object) => raiseLimits(object, size));
  if (found.ofSlot[candidate] !== undefined) {
    await change(release, autoscalerRef(names, candidate), (object) => raiseLimits(object, size));
    return size;
  }
  // Nobody else owns the size of this slot yet.
  const ref = deploymentRef(names, candidate);
  const standing = Number(at(await cluster.get(ref), 'spec', 'replicas') ?? 0);
  const ownerThere = found.onSlot?.slot === candidate;
  if (standing < size && !ownerThere) await scaleTo(cluster, ref, size, token);
  if (found.onSlot !== undefined) {
    await change(release, refOf(found.onSlot.object), (object) => {
      const wanted = slotAutoscaler(desired?.autoscalers[0] ?? object, names, candidate, size, token);
      return [...replaceField(object, ['spec'], wanted.spec), ...noteLimits(object, wanted)];
    });
  } else if (model !== undefined) {
    await createFenced(
      release,
      slotAutoscaler(model, names, candidate, size, token),
      autoscalerRef(names, candidate),
    );
  }
  return size;
}

/** What the candidate's autoscaler is made of. A way back takes what it finds where its revision kept none. */
function modelOf({ desired, journal, stable }: Release, found: Autoscalers): KubeObject | undefined {
  const given = desired?.autoscalers[0] ?? found.unled;
  if (given !== undefined || journal.release.strategy !== 'rollback' || stable === null) return given;
  const standing = found.ofSlot[stable];
  if (standing === undefined) return undefined;
  const { min, max } = givenLimits(standing);
  return { ...standing, spec: { ...fieldsAt(standing, 'spec'), minReplicas: min, maxReplicas: max } };
}

/** Waits until the candidate has at least so many pods, all of them ready and offered. */
async function sized(release: Release, size: number, deadline: Deadline): Promise<string> {
  const { cluster, names, candidate, clock } = release;
  return waitFor({
    cluster,
    clock,
    deadline,
    what: `${names.deployments[candidate]} to have ${size} pods`,
    queries: {
      deployments: deploymentQuery(names, candidate),
      pods: await podQuery(cluster, names, candidate),
      slices: sliceQuery(names, names.services[candidate]),
    },
    check({ deployments, pods, slices }) {
      const wanted = Number(at(deployments[0], 'spec', 'replicas') ?? 0);
      if (wanted < size) return pending(`its size is ${wanted}`);
      const rollout = rolloutProgress(deployments[0], pods);
      return rollout.state === 'done' ? endpointsProgress(slices, pods) : rollout;
    },
  });
}

/** While it is not certain who serves, no side may shrink. */
function requireTrafficBack({ journal }: Release): void {
  const begun = begunMove(journal.release);
  if (begun === undefined) return;
  throw new StreamGateError('Failed', `Both sides keep their size, since ${begun} could not be undone`);
}

/** The version that serves now scales by its own limits again; the one that does not keeps the size that it has. */
export const settleAutoscalers: Step = {
  id: 'settle-autoscalers',
  title: 'Give the autoscaler its own limits back',
  async act(release, deadline) {
    const { cluster, names, candidate, stable, token } = release;
    if (stable !== null) await freeSlot(cluster, names, stable, token);
    const { ofSlot, onSlot } = await autoscalersOf(release);
    const live = ofSlot[candidate] ?? onSlot?.object;
    if (live === undefined) return 'there is none';
    await letDown(release, refOf(live), deadline);
    const { min, max } = givenLimits(live);
    return `${live.metadata.name}: ${min} to ${max} pods`;
  },
};

async function letDown(release: Release, ref: ObjectRef, deadline: Deadline): Promise<void> {
  await letMeasure(release, ref, deadline);
  await change(release, ref, restoreLimits);
}

/** Metrics are up to a minute old: those of before the traffic came say that fewer pods would do. */
const measureWithinMs = 60_000;

/** Waits until an autoscaler would keep its size without the floor, or has seen a minute of the traffic of now. */
async function letMeasure(
  { cluster, clock, log }: Release,
  ref: ObjectRef,
  deadline: Deadline,
): Promise<void> {
  const until = clock.monotonic() + measureWithinMs;
  for (;;) {
    const autoscaler = await cluster.get(ref);
    if (autoscaler === undefined || !isHeld(autoscaler) || !leansOnFloor(autoscaler)) return;
    if (clock.monotonic() >= until) break;
    await clock.sleep(1_000, deadline.signal);
  }
  log.info(`${describeRef(ref)} asks for fewer pods than it has: it may shrink now`);
}
