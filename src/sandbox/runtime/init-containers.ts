import { timestamp } from '../controllers/timestamps.ts';
import { type Image, inertImage } from '../images.ts';
import type { StoredObject } from '../store.ts';
import { type ContainerPlace, type ContainerRunner, createContainerRunner } from './container-runner.ts';
import type { ContainerFacts } from './pod-status.ts';
import type { KubeletContext } from './pod-worker.ts';

/** What runs before the containers of a pod, one after the other, and the sidecars that then stay. */
export interface InitContainers {
  /** In the order of the manifest. */
  facts(): readonly ContainerFacts[];
  /** Those of which something runs, or seems to. */
  readonly runners: readonly ContainerRunner[];
  isDone(): boolean;
  /** Starts the next one, when the one before has done its work. Call it after each change. */
  advance(): void;
}

interface Step {
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  /** Absent for the work of an image that the sandbox does not run: it counts as done. */
  readonly runner?: ContainerRunner;
  readonly stays: boolean;
  state: 'waiting' | 'started' | 'done';
  doneAt: string;
}

export function createInitContainers(
  context: KubeletContext,
  pod: StoredObject,
  place: Omit<ContainerPlace, 'spec' | 'image' | 'restartPolicy'>,
): InitContainers {
  const specs: readonly StoredObject[] = pod.spec.initContainers ?? [];
  const policy = pod.spec.restartPolicy === 'Never' ? 'Never' : 'OnFailure';
  const steps = specs.map((spec): Step => {
    const reference = String(spec.image ?? '');
    const stays = spec.restartPolicy === 'Always';
    const known = context.findImage(reference);
    const runnable: Image | undefined = stays ? (known ?? inertImage(reference)) : known?.custom && known;
    const runner =
      runnable &&
      createContainerRunner(context, {
        ...place,
        spec,
        image: runnable,
        restartPolicy: stays ? 'Always' : policy,
      });
    return {
      name: String(spec.name),
      image: reference,
      imageId: (known ?? inertImage(reference)).id,
      ...(runner && { runner }),
      stays,
      state: 'waiting',
      doneAt: '',
    };
  });

  function hasDone({ runner, stays, state }: Step): boolean {
    if (state === 'waiting') return false;
    if (runner === undefined || state === 'done') return true;
    const facts = runner.facts();
    return stays ? facts.started : 'terminated' in facts.state && facts.state.terminated.exitCode === 0;
  }

  return {
    runners: steps.flatMap(({ runner }) => runner ?? []),
    isDone: () => steps.every(({ state }) => state === 'done'),
    facts: () =>
      steps.map((step) => (step.state === 'waiting' ? undefined : step.runner?.facts()) ?? accepted(step)),

    advance() {
      for (const step of steps) {
        if (step.state === 'waiting') {
          step.state = 'started';
          step.doneAt = timestamp(context.clock);
          step.runner?.start();
        }
        if (!hasDone(step)) return;
        step.state = 'done';
      }
    },
  };
}

/** Work that the sandbox cannot do counts as done when its turn comes. */
function accepted({ name, image, imageId, state, doneAt }: Step): ContainerFacts {
  const ended = { exitCode: 0, reason: 'Completed', startedAt: doneAt, finishedAt: doneAt };
  const done = state !== 'waiting';
  return {
    name,
    image,
    imageId: done ? imageId : '',
    state: done ? { terminated: ended } : { waiting: { reason: 'PodInitializing' } },
    lastState: undefined,
    restartCount: 0,
    started: false,
    ready: done,
  };
}
