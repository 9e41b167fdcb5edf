import type { Clock, Log, Milliseconds } from '../../base/index.ts';
import { namespaceOf, writeStatus } from '../controllers/controller.ts';
import type { RecordEvent } from '../controllers/events.ts';
import { isFinished } from '../controllers/pods.ts';
import { type Image, inertImage } from '../images.ts';
import { resources } from '../resources.ts';
import type { SandboxOptions } from '../sandbox.ts';
import type { Store, StoredObject } from '../store.ts';
import type { StartContainer } from './container.ts';
import { type ContainerRunner, createContainerRunner } from './container-runner.ts';
import { createInitContainers } from './init-containers.ts';
import { podStatus } from './pod-status.ts';

export interface KubeletContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly record: RecordEvent;
  readonly start: StartContainer;
  /** Undefined: no such image. */
  findImage(reference: string): Image | undefined;
  readonly onOutput: NonNullable<SandboxOptions['onPodOutput']>;
  /** Whether pods have sockets that can be probed. */
  readonly real: boolean;
}

/** One pod on this node, from its admission to its removal. */
export interface PodWorker {
  readonly pod: StoredObject;
  readonly address: string;
  /** With the init containers of which something runs. */
  readonly containers: readonly ContainerRunner[];
  /** Without any init containers. */
  readonly mains: readonly ContainerRunner[];
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
  const place = { pod: () => read() ?? pod, address, onChange: publish };
  const images = specs.map((spec) => context.findImage(String(spec.image ?? '')));
  // Sidecars that the sandbox does not know stand in the pod beside an app that it does.
  const hasApp = images.some((image) => image !== undefined);
  const mains = specs.map((spec, index) => {
    const image = images[index] ?? (hasApp ? inertImage(String(spec.image ?? '')) : undefined);
    return createContainerRunner(context, { ...place, spec, image });
  });
  const inits = createInitContainers(context, pod, place);
  const containers = [...mains, ...inits.runners];
  let begun = false;

  function publish(): void {
    if (phase === 'gone') return;
    const current = read();
    if (current === undefined) return;
    proceed();
    const facts = {
      mains: mains.map((main) => main.facts()),
      inits: inits.facts(),
      initialized: inits.isDone(),
    };
    const status = podStatus(current, facts, address, clock);
    writeStatus(store, resources.pods, current, status);
    // What only helps the others has no reason to stay without them.
    if (isFinished({ ...current, status })) for (const sidecar of inits.runners) sidecar.stop();
    if (phase === 'terminating' && containers.every((container) => !container.isRunning())) finish();
  }

  function proceed(): void {
    if (begun || phase !== 'alive') return;
    inits.advance();
    if (begun || !inits.isDone()) return;
    begun = true;
    for (const main of mains) main.start();
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
  }

  admit();
  return {
    pod,
    address,
    containers,
    mains,

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
