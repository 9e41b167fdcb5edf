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

export interface PodFacts {
  readonly mains: readonly ContainerFacts[];
  /** Also those that stay beside the mains. */
  readonly inits: readonly ContainerFacts[];
  readonly initialized: boolean;
}

/** The status of a pod, made anew from what is known of its containers. */
export function podStatus(
  pod: StoredObject,
  { mains, inits, initialized }: PodFacts,
  address: string,
  clock: Clock,
): Record<string, unknown> {
  const allReady =
    initialized && [...mains, ...inits.filter(isRunning)].every((container) => container.ready);
  const condition = (type: string, isTrue: boolean, reason?: string) => {
    const before = findCondition(pod, type);
    const status = isTrue ? 'True' : 'False';
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : timestamp(clock);
    return { type, status, lastProbeTime: null, lastTransitionTime, ...(isTrue ? {} : { reason }) };
  };
  const ours = [
    condition('PodScheduled', true),
    condition('Initialized', initialized, 'ContainersNotInitialized'),
    condition('ContainersReady', allReady, 'ContainersNotReady'),
    condition('Ready', allReady, 'ContainersNotReady'),
  ];
  const before: readonly StoredObject[] = pod.status?.conditions ?? [];
  return {
    ...pod.status,
    phase: phaseOf(pod, mains, inits),
    conditions: [...before.filter(({ type }) => !ours.some((own) => own.type === type)), ...ours],
    hostIP: '127.0.0.1',
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: pod.status?.startTime ?? timestamp(clock),
    qosClass: pod.status?.qosClass ?? 'BestEffort',
    ...(inits.length > 0 && { initContainerStatuses: inits.map(statusOf) }),
    containerStatuses: mains.map((facts) => statusOf(initialized ? facts : initializing(facts))),
  };
}

function statusOf({ imageId, lastState, started, state, ...facts }: ContainerFacts) {
  return { ...facts, imageID: imageId, started, state, lastState: lastState ?? {} };
}

function initializing(facts: ContainerFacts): ContainerFacts {
  return { ...facts, state: { waiting: { reason: 'PodInitializing' } } };
}

function isRunning({ state }: ContainerFacts): boolean {
  return 'running' in state;
}

function phaseOf(
  pod: StoredObject,
  mains: readonly ContainerFacts[],
  inits: readonly ContainerFacts[],
): string {
  const before = pod.status?.phase;
  if (before === 'Succeeded' || before === 'Failed') return before;
  const restarts = pod.spec.restartPolicy ?? 'Always';
  const codes = mains.map(exitCodeOf);
  if (restarts === 'Never' && inits.some((init) => (exitCodeOf(init) ?? 0) !== 0)) return 'Failed';
  if (restarts !== 'Always' && codes.every((code) => code === 0)) return 'Succeeded';
  if (restarts === 'Never' && codes.every((code) => code !== undefined)) return 'Failed';
  const begun = mains.every(({ state, restartCount }) => !('waiting' in state) || restartCount > 0);
  return begun ? 'Running' : 'Pending';
}

function exitCodeOf({ state }: ContainerFacts): number | undefined {
  return 'terminated' in state ? state.terminated.exitCode : undefined;
}
