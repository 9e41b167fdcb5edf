import { at } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';

export interface PodTrouble {
  readonly message: string;
  readonly remedy: string;
}

/** Reasons for which a container waits and that more patience will not mend, with what to do. */
const hopeless: Readonly<Record<string, string>> = {
  ErrImagePull: 'Check the name and tag of the image, and that the cluster may pull it (imagePullSecrets).',
  ImagePullBackOff:
    'Check the name and tag of the image, and that the cluster may pull it (imagePullSecrets).',
  InvalidImageName: 'Correct the name of the image.',
  ErrImageNeverPull: 'The image is not on the node and its pull policy is Never.',
  CreateContainerConfigError: 'A ConfigMap or Secret that the container names is missing or lacks the key.',
  CreateContainerError: 'The container cannot be created: see the events of the pod.',
  RunContainerError: 'The container cannot be started: check its command.',
  CrashLoopBackOff: 'The program ends by itself: see its last log lines below.',
};

/** How often a container may start again before it counts as crashing. */
const toleratedRestarts = 2;

/** What is wrong with a pod that waiting will not mend; undefined while there is hope. */
export function troubleOf(pod: KubeObject): PodTrouble | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  for (const status of containerStatuses(pod)) {
    const trouble = containerTrouble(pod, status);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

/** How a container of a pod that was ready came to its end; undefined when none has. One end is enough. */
export function endOf(pod: KubeObject): PodTrouble | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  for (const status of statusesIn(pod, 'containerStatuses')) {
    const ended = at(status, 'state', 'terminated') ?? at(status, 'lastState', 'terminated');
    if (ended === undefined) continue;
    const subject = subjectOf(pod, status);
    if (at(ended, 'reason') === 'OOMKilled') return outOfMemory(subject);
    return {
      message: `${subject} has ended (exit code ${String(at(ended, 'exitCode') ?? 'unknown')})`,
      remedy: hopeless.CrashLoopBackOff ?? '',
    };
  }
  return undefined;
}

/** How many ends the containers of a pod had so far, those included that were not followed by a new start yet. */
export function countEnds(pod: KubeObject): number {
  return statusesIn(pod, 'containerStatuses').reduce<number>((sum, status) => {
    const isOver = at(status, 'state', 'terminated') !== undefined;
    return sum + Number(at(status, 'restartCount') ?? 0) + (isOver ? 1 : 0);
  }, 0);
}

function outOfMemory(subject: string): PodTrouble {
  return {
    message: `${subject} was killed for using more memory than its limit (OOMKilled)`,
    remedy: 'Raise its memory limit.',
  };
}

function subjectOf(pod: KubeObject, status: unknown): string {
  return `Container ${String(at(status, 'name'))} of pod ${pod.metadata.name}`;
}

function containerStatuses(pod: KubeObject): readonly unknown[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((field) => statusesIn(pod, field));
}

function statusesIn(pod: KubeObject, field: string): readonly unknown[] {
  const statuses = at(pod, 'status', field);
  return Array.isArray(statuses) ? statuses : [];
}

function containerTrouble(pod: KubeObject, status: unknown): PodTrouble | undefined {
  const subject = subjectOf(pod, status);
  const reason = String(at(status, 'state', 'waiting', 'reason') ?? '');
  const remedy = hopeless[reason];
  if (remedy !== undefined) {
    const said = String(at(status, 'state', 'waiting', 'message') ?? '');
    return { message: `${subject} cannot run (${reason})${said === '' ? '' : `: ${said}`}`, remedy };
  }
  const ended = at(status, 'lastState', 'terminated') ?? at(status, 'state', 'terminated');
  const restarts = Number(at(status, 'restartCount') ?? 0);
  if (at(ended, 'reason') === 'OOMKilled') return outOfMemory(subject);
  if (restarts > toleratedRestarts) {
    const exit = String(at(ended, 'exitCode') ?? 'unknown');
    return {
      message: `${subject} ended ${restarts} times (exit code ${exit})`,
      remedy: hopeless.CrashLoopBackOff ?? '',
    };
  }
  return undefined;
}
