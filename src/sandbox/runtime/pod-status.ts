import type { Clock } from '../../base/index.ts';
import { findCondition } from '../controllers/labels.ts';
import { timestamp } from '../controllers/timestamps.ts';
import type { StoredObject } from '../store.ts';

export interface Terminated {
  readonly exitCode: number;
  readonly reason: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | { readonly terminated: Terminated };

/** What the kubelet knows of one container. */
export interface ContainerFacts {
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState | undefined;
  readonly restartCount: number;
  readonly started: boolean;
  readonly ready: boolean;
}

/** The status of a pod, made anew from what is known of its containers. */
export function podStatus(
  pod: StoredObject,
  containers: readonly ContainerFacts[],
  address: string,
  clock: Clock,
): Record<string, unknown> {
  const allReady = containers.every((container) => container.ready);
  const condition = (type: string, isTrue: boolean, reason?: string) => {
    const before = findCondition(pod, type);
    const status = isTrue ? 'True' : 'False';
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : timestamp(clock);
    return { type, status, lastProbeTime: null, lastTransitionTime, ...(isTrue ? {} : { reason }) };
  };
  const ours = [
    condition('PodScheduled', true),
    condition('Initialized', true),
    condition('ContainersReady', allReady, 'ContainersNotReady'),
    condition('Ready', allReady, 'ContainersNotReady'),
  ];
  const before: readonly StoredObject[] = pod.status?.conditions ?? [];
  return {
    ...pod.status,
    phase: phaseOf(pod, containers),
    conditions: [...before.filter(({ type }) => !ours.some((own) => own.type === type)), ...ours],
    hostIP: '127.0.0.1',
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: pod.status?.startTime ?? timestamp(clock),
    qosClass: pod.status?.qosClass ?? 'BestEffort',
    containerStatuses: containers.map(({ imageId, lastState, started, state, ...facts }) => ({
      ...facts,
      imageID: imageId,
      started,
      state,
      lastState: lastState ?? {},
    })),
  };
}

function phaseOf(pod: StoredObject, containers: readonly ContainerFacts[]): string {
  const restarts = pod.spec.restartPolicy ?? 'Always';
  const codes = containers.map(({ state }) =>
    'terminated' in state ? state.terminated.exitCode : undefined,
  );
  const over = codes.every((code) => code !== undefined && restarts !== 'Always');
  if (over) return codes.every((code) => code === 0) ? 'Succeeded' : 'Failed';
  const begun = containers.every(({ state, restartCount }) => !('waiting' in state) || restartCount > 0);
  return begun ? 'Running' : 'Pending';
}
