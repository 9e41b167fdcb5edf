import { type Milliseconds, messageOf } from '../../base/index.ts';
import { namespaceOf } from '../controllers/controller.ts';
import { resolvePort } from '../controllers/endpoint-slices.ts';
import { timestamp } from '../controllers/timestamps.ts';
import type { Image } from '../images.ts';
import type { StoredObject } from '../store.ts';
import { findPort } from './addresses.ts';
import type { Container } from './container.ts';
import { type ContainerLog, createContainerLog } from './container-log.ts';
import { startContainerProbes } from './container-probes.ts';
import { resolveEnvironment } from './environment.ts';
import type { ContainerFacts, ContainerState } from './pod-status.ts';
import type { KubeletContext } from './pod-worker.ts';
import { preStopSleepMs } from './pre-stop.ts';

/** One container of a pod through all of its runs. */
export interface ContainerRunner {
  readonly name: string;
  /** Whether a program stands behind its image. */
  readonly isReal: boolean;
  facts(): ContainerFacts;
  isRunning(): boolean;
  /** Of the present or the last run, and of the one before. */
  readonly log: ContainerLog;
  readonly previousLog: ContainerLog | undefined;
  /** Environment of the present run; fake answers are made from it. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the manifest's port is on this machine; undefined when this container does not listen on it. */
  hostPort(port: number): number | undefined;
  start(): void;
  /** preStop, then SIGTERM. */
  stop(): void;
  /** SIGKILL at the end of the grace period. */
  kill(): void;
  /** SIGKILL out of the blue. */
  crash(): void;
  destroy(): Promise<void>;
}

export interface ContainerPlace {
  /** As it is now. */
  pod(): StoredObject;
  readonly spec: StoredObject;
  readonly address: string;
  /** Undefined: it cannot be pulled. */
  readonly image: Image | undefined;
  /** For containers that do not follow the policy of their pod. */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  onChange(): void;
}

/**
 * A tenth of what a kubelet waits (10 s doubling to 5 min): a crash loop is to be seen in a demo that lasts a minute.
 * A container that ran for a minute starts over without waiting.
 */
const backOff = { firstMs: 1_000, maxMs: 30_000, forgivenAfterMs: 60_000 } as const;
const notInTable = 'is not in the table of images of the sandbox';
const configRetryMs: Milliseconds = 1_000;

export function createContainerRunner(context: KubeletContext, place: ContainerPlace): ContainerRunner {
  const { clock, record } = context;
  const { spec } = place;
  const name = String(spec.name);
  const imageName = String(spec.image ?? '');
  const { image } = place;
  const waiting = (reason: string, message?: string): ContainerState => ({
    waiting: { reason, ...(message && { message }) },
  });

  let state: ContainerState = waiting('ContainerCreating');
  let lastState: ContainerState | undefined;
  let restartCount = 0;
  let crashes = 0;
  let started = false;
  let ready = false;
  let stopping = false;
  let container: Container | undefined;
  let env: Readonly<Record<string, string>> = {};
  let log = createContainerLog();
  let previousLog: ContainerLog | undefined;
  let ports = new Map<number, number>();
  let cancelNext = () => {};
  let stopProbes = () => {};
  let onGone = () => {};

  function event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    record(place.pod(), type, reason, message);
  }

  function pull(): Image | undefined {
    if (image !== undefined) {
      event('Normal', 'Pulled', `Container image "${imageName}" already present on machine`);
      if (image.program === '')
        event('Warning', 'NotRun', `${imageName} ${notInTable}: nothing runs for ${name}`);
      return image;
    }
    const why = `Failed to pull image "${imageName}": it ${notInTable}`;
    event('Normal', 'Pulling', `Pulling image "${imageName}"`);
    event('Warning', 'Failed', why);
    event('Warning', 'Failed', 'Error: ErrImagePull');
    change(waiting('ErrImagePull', why));
    // The table never changes, so the kubelet's further attempts are left out.
    cancelNext = clock.after(backOff.firstMs, () => {
      event('Normal', 'BackOff', `Back-off pulling image "${imageName}"`);
      event('Warning', 'Failed', 'Error: ImagePullBackOff');
      change(waiting('ImagePullBackOff', `Back-off pulling image "${imageName}"`));
    });
    return undefined;
  }

  async function run(program: Image): Promise<void> {
    const pod = place.pod();
    try {
      env = resolveEnvironment(context.store, pod, spec, program.env);
    } catch (error) {
      const message = messageOf(error);
      event('Warning', 'Failed', `Error: ${message}`);
      change(waiting('CreateContainerConfigError', message));
      cancelNext = clock.after(configRetryMs, () => begin(program));
      return;
    }
    // A manifest may say 0.0.0.0, which here would be the addresses of all pods.
    env = { HOSTNAME: pod.metadata.name, ...env, HOST: place.address };
    if (context.real && program.program !== '') {
      const wanted = Number(env.PORT || 8080);
      const free = await findPort(place.address, wanted);
      ports = new Map([[wanted, free]]);
      env = { ...env, PORT: String(free) };
      if (stopping) return;
    }
    const startedAt = timestamp(clock);
    const startedMs = clock.monotonic();
    const ownLog = log;
    container = context.start(
      { program: program.program, env, ...(program.custom?.fake && { fake: program.custom.fake }) },
      {
        onOutput(text) {
          ownLog.append(text);
          context.onOutput({ namespace: namespaceOf(pod), name: pod.metadata.name }, text);
        },
        onExit: (code) => exited(code, startedAt, startedMs, program),
      },
    );
    event('Normal', 'Started', `Container ${name} started`);
    change({ running: { startedAt } });
    probe(container.readyAfterMs);
  }

  function begin(program: Image): void {
    run(program).catch((error) => change(waiting('CreateContainerError', messageOf(error))));
  }

  function probe(readyAfterMs: Milliseconds | undefined): void {
    stopProbes = startContainerProbes({
      clock,
      spec,
      readyAfterMs,
      locate,
      onStarted() {
        started = true;
        place.onChange();
      },
      onReady(healthy) {
        ready = healthy;
        place.onChange();
      },
      onUnhealthy: restart,
      warn: (reason, message) => event('Warning', reason, message),
    });
  }

  function locate(port: number | string) {
    const number = resolvePort(place.pod(), port);
    return number === undefined ? undefined : { host: place.address, port: ports.get(number) ?? number };
  }

  /** A probe gave up on it: SIGTERM, and SIGKILL at the end of the grace period. */
  function restart(probeName: string): void {
    // On its way out it is no longer asked whether it lives.
    if (stopping) return;
    stopProbes();
    event('Normal', 'Killing', `Container ${name} failed ${probeName} probe, will be restarted`);
    container?.signal('SIGTERM');
    const graceMs = (place.pod().spec.terminationGracePeriodSeconds ?? 30) * 1_000;
    cancelNext = clock.after(graceMs, () => container?.signal('SIGKILL'));
  }

  function exited(exitCode: number, startedAt: string, startedMs: Milliseconds, program: Image): void {
    stopProbes();
    cancelNext();
    container = undefined;
    log.end();
    started = false;
    ready = false;
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    const ended = { terminated: { exitCode, reason, startedAt, finishedAt: timestamp(clock) } };
    change(ended);
    onGone();
    const policy = place.restartPolicy ?? place.pod().spec.restartPolicy ?? 'Always';
    if (stopping || policy === 'Never' || (policy === 'OnFailure' && exitCode === 0)) return;
    if (clock.monotonic() - startedMs >= backOff.forgivenAfterMs) crashes = 0;
    const waitMs = crashes === 0 ? 0 : Math.min(backOff.maxMs, backOff.firstMs * 2 ** (crashes - 1));
    crashes += 1;
    lastState = ended;
    if (waitMs > 0) {
      event(
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${name} in pod ${place.pod().metadata.name}`,
      );
      change(waiting('CrashLoopBackOff', `back-off ${waitMs} ms restarting failed container=${name}`));
    }
    cancelNext = clock.after(waitMs, () => {
      restartCount += 1;
      previousLog = log;
      log = createContainerLog();
      begin(program);
    });
  }

  function change(next: ContainerState): void {
    state = next;
    place.onChange();
  }

  return {
    name,
    isReal: image !== undefined && image.program !== '',
    get log() {
      return log;
    },
    get previousLog() {
      return previousLog;
    },
    get env() {
      return env;
    },
    hostPort: (port) => ports.get(port),
    isRunning: () => container !== undefined,
    facts: () => ({
      name,
      image: imageName,
      imageId: image?.id ?? '',
      state,
      lastState,
      restartCount,
      started,
      ready,
    }),

    start() {
      const program = pull();
      if (program !== undefined) begin(program);
    },

    stop() {
      stopping = true;
      cancelNext();
      if (container === undefined) return;
      event('Normal', 'Killing', `Stopping container ${name}`);
      const sleepMs = preStopSleepMs(spec.lifecycle?.preStop);
      if (sleepMs === undefined)
        event('Warning', 'FailedPreStopHook', 'Only a sleep is supported before the stop');
      cancelNext = clock.after(sleepMs ?? 0, () => container?.signal('SIGTERM'));
    },

    kill() {
      cancelNext();
      container?.signal('SIGKILL');
    },

    crash() {
      container?.signal('SIGKILL');
    },

    async destroy() {
      stopping = true;
      cancelNext();
      stopProbes();
      if (container === undefined) return;
      const gone = new Promise<void>((resolve) => {
        onGone = resolve;
      });
      container.signal('SIGKILL');
      if (context.real) await gone;
    },
  };
}
