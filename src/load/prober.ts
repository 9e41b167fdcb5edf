import type { Clock, Log, Milliseconds } from '../base/index.ts';
import type { AnswerClass, Population } from '../evidence/index.ts';

/** Where an answer says which version gave it. */
export type VersionSource =
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'jsonpath'; readonly path: string }
  | { readonly kind: 'none' };

export interface ProberOptions {
  /** `http:` or `https:`; the path and query are sent as they are. */
  readonly url: URL;
  /** Sent as `Host` (and used for SNI) when the URL names an address instead of the public name. */
  readonly host?: string | undefined;
  readonly ratePerSecond: number;
  /** A request without a whole answer by then ends as `timeout`. */
  readonly timeoutMs: Milliseconds;
  readonly version: VersionSource;
  /** Statuses that are an answer; everything else ends as `status`. Default: 200 to 399. */
  readonly wantedStatus?: (status: number) => boolean;
  /** Prefix of the ids sent as `x-request-id`: `<runId>-<n>`. */
  readonly runId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** The prober stops by itself after this long, whatever happens to its owner. */
  readonly maxDurationMs: Milliseconds;
}

/** How one request ended. Times are milliseconds on the monotonic clock. */
export interface Answer {
  readonly id: string;
  readonly population: Population;
  /** Which of the kept connections it used; null for one of its own, or when none could be had. */
  readonly connection: number | null;
  readonly plannedAt: Milliseconds;
  readonly sentAt: Milliseconds;
  readonly doneAt: Milliseconds;
  readonly class: AnswerClass;
  readonly status: number | null;
  readonly version: string | null;
  /** The failing answer, shortened. When ok, where a redirect without a version leads to, else empty. */
  readonly detail: string;
}

/** An open-loop client on the real entry point that never retries. */
export interface Prober {
  /** Calls back for each request as it ends; the returned function unsubscribes. */
  onAnswer(listener: (answer: Answer) => void): () => void;
  /** Ends the arrivals, waits for those in flight, closes the connections. Idempotent. */
  stop(): Promise<void>;
  /** What happened so far, or in all once stopped. */
  tally(): ProberTally;
}

export interface ProberTally {
  readonly startedAt: Milliseconds;
  /** Wall clock at `startedAt`, to turn monotonic times into instants. */
  readonly startedAtEpoch: Milliseconds;
  readonly endedAt: Milliseconds | null;
  /** Arrivals that were due. After `stop`, planned = number of answers, or the count cannot be trusted. */
  readonly planned: number;
  readonly answers: readonly Answer[];
  readonly inFlight: number;
}

export type StartProber = (options: ProberOptions) => Prober;

/** The same for a prober that has to be brought up first, somewhere else. */
export type StartProberAnywhere = (options: ProberOptions) => Prober | Promise<Prober>;
