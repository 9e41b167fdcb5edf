import type { JobLog } from './job-log.ts';

/** What does the work of an action that is not ours. */
export type StandIn = (given: Readonly<Record<string, string>>, place: Place) => void;

/** How long a runner waits before it becomes more insistent. */
export interface CancelWaits {
  readonly beforeTermMs: number;
  readonly beforeKillMs: number;
}

/** As GitHub's runner does it. */
export const runnerWaits: CancelWaits = { beforeTermMs: 7_500, beforeKillMs: 2_500 };

/** Where the steps of a job run. */
export interface Place {
  /** Folder with `actions/` and `dist/`: the output of a build. */
  readonly from: string;
  readonly workspace: string;
  readonly temporary: string;
  /** Variables that the runner sets for every step. */
  readonly variables: Readonly<Record<string, string>>;
  /** By `owner/repository`. */
  readonly standIns: Readonly<Record<string, StandIn>>;
  readonly waits: CancelWaits;
  readonly log: JobLog;
}
