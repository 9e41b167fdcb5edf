import { at, type Clock, formatDuration, type Milliseconds, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { conditionOf } from './rollout-status.ts';

/** Something that may pass by itself, and ends the release when it does not in time. */
export interface Ailment {
  /** The same for the same trouble of the same object. */
  readonly key: string;
  readonly message: string;
  readonly remedy: string;
  readonly graceMs: Milliseconds;
}

/** A pod that is refused may be let in a moment later: what else counts against a quota may be on its way out. */
const refusedGraceMs: Milliseconds = 5_000;

/** What stands in the way of a Deployment's pods now, beyond what no waiting mends. */
export function ailmentsOf(
  deployment: KubeObject | undefined,
  pods: readonly KubeObject[],
  schedulingTimeoutMs: Milliseconds,
): readonly Ailment[] {
  return [...refusedPods(deployment), ...pods.flatMap((pod) => unscheduled(pod, schedulingTimeoutMs))];
}

/** The Deployment passes on what its ReplicaSet was answered: a quota, a policy, a webhook. */
function refusedPods(deployment: KubeObject | undefined): readonly Ailment[] {
  const failure = conditionOf(deployment, 'ReplicaFailure');
  if (deployment === undefined || at(failure, 'status') !== 'True') return [];
  const said = String(at(failure, 'message') ?? '');
  return [
    {
      key: 'refused',
      message: `Pods of ${deployment.metadata.name} are refused (${String(at(failure, 'reason'))}): ${said}`,
      remedy: remedyOf(said),
      graceMs: refusedGraceMs,
    },
  ];
}

function remedyOf(said: string): string {
  if (said.includes('exceeded quota')) {
    return 'While both versions run, the app needs its resources twice: raise the quota of the namespace, or lower requests or replicas.';
  }
  if (said.includes('webhook')) {
    return 'A webhook of the cluster decides about pods: do what it says, or ask those who run it.';
  }
  if (said.includes('PodSecurity'))
    return 'Change the securityContext as the policy of the namespace wants it.';
  return 'Change the pod template so that the API server takes its pods.';
}

/** Nodes may be on their way, so room is waited for; some clusters take minutes to add one. */
function unscheduled(pod: KubeObject, graceMs: Milliseconds): readonly Ailment[] {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (pod.metadata.deletionTimestamp !== undefined || at(scheduled, 'status') !== 'False') return [];
  return [
    {
      key: `unscheduled ${pod.metadata.name}`,
      message: `Pod ${pod.metadata.name} has found no node for ${formatDuration(graceMs)} (${String(at(scheduled, 'reason'))}): ${String(at(scheduled, 'message') ?? '')}`,
      remedy:
        'Make room, lower its requests, or correct what ties it to nodes. Where nodes are added on demand, give them time with `scheduling-timeout`.',
      graceMs,
    },
  ];
}

/** Remembers since when each trouble has been seen, by our own clock: those of cluster and runner may differ. */
export interface Patience {
  /** The first trouble that has outlasted its grace. */
  outlasted(ailments: readonly Ailment[]): StreamGateError | undefined;
}

export function createPatience(clock: Clock): Patience {
  const since = new Map<string, Milliseconds>();
  return {
    outlasted(ailments) {
      const now = clock.monotonic();
      const current = new Set(ailments.map(({ key }) => key));
      for (const key of since.keys()) if (!current.has(key)) since.delete(key);
      for (const { key } of ailments) if (!since.has(key)) since.set(key, now);
      const worn = ailments.find(({ key, graceMs }) => now - (since.get(key) ?? now) >= graceMs);
      return worn && new StreamGateError('Failed', worn.message, { remedy: worn.remedy });
    },
  };
}
