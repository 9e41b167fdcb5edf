import type { Deadline, Milliseconds } from '../base/index.ts';
import type { Verdict } from './verdict.ts';

/** One thing that a gate looked at, with the limit it was held against. */
export interface Observation {
  /** What was looked at: `GET /healthz on pod shop-green-7d4f-x2x`. */
  readonly name: string;
  readonly ok: boolean;
  /** What was seen, short: `503 in 12 ms`. */
  readonly seen: string;
  /** What was wanted, short: `200 within 2 s`. */
  readonly wanted: string;
  /** The failing answer itself, shortened; empty when all was well. */
  readonly detail?: string;
  readonly durationMs?: Milliseconds;
  /** How many attempts it took. */
  readonly attempts?: number;
  /** At least once there was no whole answer: a connection was refused, broke off or stayed silent. */
  readonly unanswered?: true;
}

export interface GateResult {
  /** Name of the gate: `smoke`, `baseline`, `traffic`. */
  readonly gate: string;
  readonly verdict: Verdict;
  /** One sentence; on a failure it quotes what was answered. */
  readonly reason: string;
  readonly observations: readonly Observation[];
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: Milliseconds;
}

/** A check handed to a release as a value. `Subject` is what it looks at. */
export interface Gate<Subject> {
  readonly name: string;
  /** Never throws for a bad subject: that is a `fail`. Throws only when cancelled. */
  check(subject: Subject, deadline: Deadline): Promise<GateResult>;
}
