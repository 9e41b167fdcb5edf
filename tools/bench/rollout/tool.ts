import { type AppVersion, deadlineSeconds } from './app.ts';
import type { Arena, ArenaOptions } from './arena.ts';

/** How a tool says that a release or rollback ended. */
export interface Ended {
  readonly succeeded: boolean;
  /** Its last words, for the results. */
  readonly said: string;
  /** Where the evidence of StreamGate lies. */
  readonly evidence?: string;
}

/** What a release is looked at by, before and while it takes traffic. */
export type Checks =
  /** The path that callers use. */
  | 'traffic-path'
  /** Only that of the readiness probe, so that nothing but real traffic meets the errors. */
  | 'probe-path';

/** A tool in one namespace, with v1 of the app behind the gateway. */
export interface Installed {
  /** Ends when the tool says that it is over. */
  release(version: AppVersion): Promise<Ended>;
  /** The fastest way back that a person has: after a finished release, or out of a bad one. */
  takeBack(from: 'finished' | 'bad'): Promise<Ended>;
  /** Stops what was started for this turn; the namespace is deleted by the arena. */
  close(): Promise<void>;
}

/** What is said of the deadline among the settings of a tool: its name there, and what it would be by default. */
export function deadlineSetting(name: string, byDefault: string): string {
  const { usual, whenNeverReady } = deadlineSeconds;
  return `${name} ${usual} s, ${whenNeverReady} s for pods that never become ready (${byDefault})`;
}

export interface Tool {
  /** `argo-blue-green` */
  readonly name: string;
  /** Version, settings, defaults and floors, so that nobody is flattered. */
  readonly settings: string;
  /** Whether it notices a bad version by itself; else a person reacts after a fixed time. */
  readonly watches: (checks: Checks) => boolean;
  /** Takes minutes for a turn, and so gets as many of them as the scenarios that are not `good`. */
  readonly slow?: boolean;
  /** What is missing here, undefined when it can run. */
  hindrance(options: ArenaOptions): Promise<string | undefined>;
  install(arena: Arena, version: AppVersion, checks: Checks): Promise<Installed>;
}
