import type { Clock, Log, Milliseconds } from '../../base/index.ts';
import { namespaceOf, writeStatus } from '../controllers/controller.ts';
import type { RecordEvent } from '../controllers/events.ts';
import { resources } from '../resources.ts';
import type { SandboxOptions } from '../sandbox.ts';
import type { Store, StoredObject } from '../store.ts';
import type { StartContainer } from './container.ts';
import { type ContainerRunner, createContainerRunner } from './container-runner.ts';
import { podStatus } from './pod-status.ts';

export interface KubeletContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly record: RecordEvent;
  readonly start: StartContainer;
  readonly onOutput: NonNullable<SandboxOptions['onPodOutput']>;
  /** Whether pods have sockets that can be probed. */
  readonly real: boolean;
}

/** One pod on this node, from its admission to its removal. */
export interface PodWorker {
  readonly pod: StoredObject;
  readonly address: string;
  readonly containers: readonly ContainerRunner[];
  /** Graceful deletion; a second call may shorten the grace. */
  terminate(graceMs: Milliseconds): void;
  /** SIGKILL to its processes, which start again by the pod's restart policy. */
  crash(): void;
  /** SIGKILL, and never again. Resolves when the last process is gone. */
  destroy(): Promise<void>;
}

export function startPod(context: KubeletContext, pod: StoredObject, address: string): PodWorker {
  const { store, clock, record } = context;
  const { name, uid } = pod.metadata;
  const namespace = namespaceOf(pod);
  let phase: 'alive' | 'terminating' | 'gone' = 'alive';
  let cancelKill = () => {};
  const read = () => {
    const current = store.get(resources.pods, namespace, name);
    return current?.metadata.uid === uid ? current : undefined;
  };

  const specs: readonly StoredObject[] = pod.spec.containers ?? [];
  const containers = specs.map((spec) =>
    createContainerRunner(context, { pod: () => read() ?? pod, spec, address, onChange: publish }),
  );

  function publish(): void {
    if (phase === 'gone') return;
    const current = read();
    if (current === undefined) return;
    const facts = containers.map((container) => container.facts());
    writeStatus(store, resources.pods, current, podStatus(current, facts, address, clock));
    if (phase === 'terminating' && containers.every((container) => !container.isRunning())) finish();
  }

  /** The last process is gone: so is the pod, unless somebody's finalizer still holds it. */
  function finish(): void {
    phase = 'gone';
    cancelKill();
    const current = read();
    if ((current?.metadata.finalizers ?? []).length > 0) return;
    if (current !== undefined) store.remove(resources.pods, namespace, name);
  }

  function admit(): void {
    store.update(resources.pods, namespace, name, (current) => ({
      ...current,
      spec: { ...current.spec, nodeName: current.spec.nodeName ?? 'sandbox' },
    }));
    record(pod, 'Normal', 'Scheduled', `Successfully assigned ${namespace}/${name} to sandbox`);
    publish();
    for (const container of containers) container.start();
  }

  admit();
  return {
    pod,
    address,
    containers,

    terminate(graceMs) {
      if (phase === 'gone') return;
      cancelKill();
      cancelKill = clock.after(graceMs, () => {
        for (const container of containers) container.kill();
      });
      if (phase === 'terminating') return;
      phase = 'terminating';
      for (const container of containers) container.stop();
      publish();
    },

    crash() {
      for (const container of containers) container.crash();
    },

    async destroy() {
      phase = 'gone';
      cancelKill();
      await Promise.all(containers.map((container) => container.destroy()));
    },
  };
}
