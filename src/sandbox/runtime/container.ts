import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type Clock, type Milliseconds, parseDuration } from '../../base/index.ts';
import type { CustomImage } from '../images.ts';

export interface ContainerSpec {
  /** File below the folder of programs, or an absolute path; empty: nothing runs. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly fake?: CustomImage['fake'];
}

export interface ContainerEvents {
  onOutput(text: string): void;
  /** Once. 137 after SIGKILL, as a container runtime says it. */
  onExit(exitCode: number): void;
}

/** A running container. */
export interface Container {
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** How long a container that nobody can probe takes to be ready; undefined: ask its probes. */
  readonly readyAfterMs: Milliseconds | undefined;
}

export type StartContainer = (spec: ContainerSpec, events: ContainerEvents) => Container;

/**
 * Containers as processes of this machine: only programs of the image table, with the environment of the manifest and
 * nothing of ours. They end with us, because the pipe to their standard input then closes.
 */
export function processContainers(programs: string, clock: Clock): StartContainer {
  return ({ program, env }, { onOutput, onExit }) => {
    if (program === '') return inertContainer(clock, onExit);
    const child = spawn(process.execPath, [resolve(programs, program)], {
      env: { ...env, EXIT_WITH_PARENT: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let ended = false;
    const end = (code: number) => {
      if (!ended) onExit(code);
      ended = true;
    };
    child.stdin.on('error', () => {});
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
    child.on('error', (error) => {
      onOutput(`${error.message}\n`);
      end(128);
    });
    // `close` comes after the last output was read, `exit` may come before.
    child.on('close', (code, signal) => end(code ?? signalCodes[signal ?? ''] ?? 128));
    return { readyAfterMs: undefined, signal: (signal) => void child.kill(signal) };
  };
}

const signalCodes: Readonly<Record<string, number>> = {
  SIGINT: 130,
  SIGABRT: 134,
  SIGKILL: 137,
  SIGTERM: 143,
};

/** Containers that only pass time, on the clock, by the same knobs as the demo program. */
export function fakeContainers(clock: Clock): StartContainer {
  return ({ program, env, fake }, { onOutput, onExit }) => {
    if (program === '') return inertContainer(clock, onExit);
    const knob = (name: string) => parseDuration(env[name] ?? '0') ?? 0;
    let ended = false;
    const end = (code: number) => {
      cancelCrash?.();
      if (!ended) onExit(code);
      ended = true;
    };
    if (fake !== undefined) {
      clock.after(fake.afterMs, () => {
        if (!ended && fake.output) onOutput(fake.output);
        end(fake.exitCode);
      });
    }
    const cancelCrash = env.CRASH_AFTER ? clock.after(knob('CRASH_AFTER'), () => end(1)) : undefined;
    return {
      readyAfterMs: env.START_DELAY ? knob('START_DELAY') : 1_000,
      signal(signal) {
        if (signal === 'SIGKILL') clock.after(0, () => end(137));
        else if (env.EXIT_ON_SIGTERM === '1') clock.after(0, () => end(143));
        else clock.after(knob('STOP_DELAY'), () => end(0));
      },
    };
  };
}

/** A container that is there and does nothing: it is ready at once, and ends when it is told to. */
function inertContainer(clock: Clock, onExit: ContainerEvents['onExit']): Container {
  let ended = false;
  return {
    readyAfterMs: 0,
    signal(signal) {
      if (ended) return;
      ended = true;
      clock.after(0, () => onExit(signal === 'SIGKILL' ? 137 : 0));
    },
  };
}
