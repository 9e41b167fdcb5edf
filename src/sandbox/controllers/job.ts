import type { Clock, Milliseconds } from '../../base/index.ts';
import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { dropCondition, putCondition } from './conditions.ts';
import { follow, markDeleted, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { createEventRecorder } from './events.ts';
import { backOffMs, type JobCounts, verdictOn, wantedPods } from './job-progress.ts';
import { type Condition, conditionStatus, controllerOf, findCondition, isControlledBy } from './labels.ts';
import { createPodsOf } from './new-pod.ts';
import { isActive, isReady } from './pods.ts';
import { ageMs, timestamp } from './timestamps.ts';
import { createWorkQueue } from './work-queue.ts';

/** What became of the pods of one Job, also of those that are gone. */
interface Tally {
  readonly succeeded: Set<string>;
  readonly failed: Set<string>;
  lastFailureMs: Milliseconds;
}

/** Runs each Job's pods until enough of them succeeded or too many failed, and forgets it in time. */
export const startJobController: StartController = (context) => {
  const { store, clock, log } = context;
  const record = createEventRecorder(store, clock, 'job-controller');
  const tallies = new Map<string, Tally>();
  const queue = createWorkQueue(clock, log, 'Job', reconcile);

  function reconcile(namespace: string, name: string): void {
    const job = store.get(resources.jobs, namespace, name);
    if (job === undefined || job.metadata.deletionTimestamp !== undefined) return;
    const ending = findCondition(job, 'Complete') ?? findCondition(job, 'Failed');
    if (ending !== undefined) {
      forgetLater(job, ending);
      return;
    }
    const pods = store.list(resources.pods, namespace).filter((pod) => isControlledBy(pod, job));
    const active = pods.filter(isActive);
    const tally = countPods(job, pods);
    const startTime = job.spec.suspend === true ? undefined : (job.status?.startTime ?? timestamp(clock));
    const counts: JobCounts = {
      active: active.length,
      succeeded: tally.succeeded.size,
      failed: tally.failed.size,
      restarts: active.reduce((sum, pod) => sum + restartsOf(pod), 0),
    };
    const target = findCondition(job, 'FailureTarget');
    const verdict = target ? { ...target, type: 'Failed' } : verdictOn(job, counts, ageMs(clock, startTime));
    const going = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length;
    if (verdict !== undefined) for (const pod of active) remove(job, pod);
    else resize(job, active, counts, tally);
    report(job, counts, { verdict, startTime, going: going + (verdict ? active.length : 0), active });
    const deadline = job.spec.activeDeadlineSeconds;
    if (verdict === undefined && startTime !== undefined && deadline !== undefined)
      queue.add(namespace, name, Math.max(0, deadline * 1_000 - ageMs(clock, startTime)));
  }

  /** A pod that somebody deletes while it runs has failed, too. */
  function countPods({ metadata: { uid } }: StoredObject, pods: readonly StoredObject[]): Tally {
    const tally = tallies.get(uid) ?? { succeeded: new Set(), failed: new Set(), lastFailureMs: 0 };
    tallies.set(uid, tally);
    for (const { status, metadata } of pods) {
      if (status?.phase === 'Succeeded') tally.succeeded.add(metadata.uid);
      else if (status?.phase === 'Failed' || metadata.deletionTimestamp !== undefined) {
        if (!tally.failed.has(metadata.uid)) tally.lastFailureMs = clock.monotonic();
        tally.failed.add(metadata.uid);
      }
    }
    return tally;
  }

  function resize(job: StoredObject, active: readonly StoredObject[], counts: JobCounts, tally: Tally): void {
    const missing = wantedPods(job, counts) - active.length;
    for (const pod of active.slice(0, Math.max(0, -missing))) remove(job, pod);
    const waitMs = tally.lastFailureMs + backOffMs(tally.failed.size) - clock.monotonic();
    if (missing > 0 && waitMs > 0) {
      queue.add(namespaceOf(job), job.metadata.name, waitMs);
      return;
    }
    const refused = createPodsOf(context, record, job, missing) !== undefined;
    if (refused) queue.add(namespaceOf(job), job.metadata.name, 1_000);
  }

  function remove(job: StoredObject, pod: StoredObject): void {
    markDeleted(context, resources.pods, pod);
    record(job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  }

  function report(
    job: StoredObject,
    counts: JobCounts,
    seen: {
      readonly verdict: Pick<Condition, 'type' | 'reason' | 'message'> | undefined;
      readonly startTime: string | undefined;
      readonly going: number;
      readonly active: readonly StoredObject[];
    },
  ): void {
    const { verdict, startTime, going, active } = seen;
    // A failed Job has failed when the last of its pods is gone.
    const ends = verdict !== undefined && (verdict.type === 'Complete' || going === 0);
    const early = verdict?.type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
    const added = verdict === undefined ? [] : [early, ...(ends ? [verdict.type] : [])];
    const { reason, message } = verdict ?? {};
    const conditions = added.reduce<readonly Condition[]>(
      (list, type) => putJobCondition(list, { type, status: 'True', reason, message } as Condition, clock),
      suspension(job, clock),
    );
    if (ends && verdict?.type === 'Complete') record(job, 'Normal', 'Completed', 'Job completed');
    else if (ends) record(job, 'Warning', reason ?? '', message ?? '');
    const left = verdict === undefined ? activePods(job) : 0;
    writeStatus(store, resources.jobs, job, {
      ...(startTime !== undefined && { startTime }),
      active: left || undefined,
      ready: verdict === undefined ? active.filter(isReady).length : 0,
      terminating: going,
      succeeded: counts.succeeded || undefined,
      failed: counts.failed || undefined,
      uncountedTerminatedPods: {},
      ...(conditions.length > 0 && { conditions }),
      ...(ends && verdict?.type === 'Complete' && { completionTime: timestamp(clock) }),
    });
  }

  function activePods(job: StoredObject): number {
    const pods = store.list(resources.pods, namespaceOf(job));
    return pods.filter((pod) => isControlledBy(pod, job) && isActive(pod)).length;
  }

  /** Removes a finished Job, and with it its pods, when its time is over. */
  function forgetLater(job: StoredObject, ending: Condition): void {
    const { name, namespace = '', uid } = job.metadata;
    const seconds = job.spec.ttlSecondsAfterFinished;
    tallies.delete(uid);
    if (seconds === undefined || conditionStatus(job, ending.type) !== 'True') return;
    const leftMs = seconds * 1_000 - ageMs(clock, ending.lastTransitionTime);
    if (leftMs > 0) queue.add(namespace, name, leftMs);
    else store.remove(resources.jobs, namespace, name);
  }

  const stops = [
    follow(store, resources.jobs, (job) => queue.add(namespaceOf(job), job.metadata.name)),
    follow(store, resources.pods, (pod) => {
      const owner = controllerOf(pod);
      if (owner?.kind === 'Job') queue.add(namespaceOf(pod), owner.name);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};

function restartsOf({ status }: StoredObject): number {
  const statuses: readonly StoredObject[] = status?.containerStatuses ?? [];
  return statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

function suspension(job: StoredObject, clock: Clock): readonly Condition[] {
  const before: readonly Condition[] = job.status?.conditions ?? [];
  if (job.spec.suspend !== true) return dropCondition(before, 'Suspended');
  const suspended = { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' };
  return putJobCondition(before, suspended, clock);
}

/** Conditions of Jobs say when they were last looked at, which is when they came. */
function putJobCondition(list: readonly Condition[], next: Condition, clock: Clock): readonly Condition[] {
  const known = list.find(({ type, status }) => type === next.type && status === next.status);
  const probed = { ...next, lastProbeTime: known?.lastTransitionTime ?? timestamp(clock) };
  return putCondition(list, probed, clock);
}
