import type { Deadline, Milliseconds } from '../../base/index.ts';
import type { KeptConnections, Population } from '../../evidence/index.ts';

export type Role = 'stable' | 'candidate' | 'unknown';

/** One answer of the real entry point, told apart by role. */
export interface Sighting {
  /** When the request was sent and answered, monotonic. */
  readonly sentAt: Milliseconds;
  readonly doneAt: Milliseconds;
  readonly role: Role;
  /** Whether its connection was open before, or is its own. */
  readonly population: Population;
  readonly ok: boolean;
  /** A failure of the prober's own side: never held against a release. */
  readonly ownSide: boolean;
  /** The failing answer in words; empty when ok. */
  readonly quote: string;
  /**
   * A good answer without the name of a side, where somebody else has a share of the callers: it may be theirs, and tells
   * nothing about a side that has a name.
   */
  readonly ofOthers?: boolean;
}

/** What watches the real entry point while traffic moves. */
export interface Witness {
  /**
   * Begins to send; answers of pods of the two sides are told apart by what these call themselves.
   * With `firstAnswerBy`, for an entry point that is just being opened, nothing counts before it has answered well.
   */
  start(versions: KnownVersions, firstAnswerBy?: Deadline): Promise<void>;
  /**
   * Begins to send before anybody needs it, so that there is a baseline when it is asked for. What is only watched ahead
   * is not told. Left out where watching costs something.
   */
  watchAhead?(): void;
  /** From now on a failure that no version answered for is the switch's. */
  switchBegins(): void;
  onSighting(listener: (sighting: Sighting) => void): () => void;
  /**
   * Looks, now that traffic has moved, at the connections that stayed open: where a Service's selector moved it, they go
   * on with their old pods. The evidence keeps the first look. Null unless both
   * sides are known by names of their own.
   */
  countKept(): KeptConnections | null;
}

/** What the pods of each side call themselves; empty when they do not. */
export interface KnownVersions {
  readonly stable: readonly string[];
  readonly candidate: readonly string[];
  /** Whether somebody else has a share of the callers, so that an answer of neither side is no mistake. */
  readonly isShared?: boolean;
}
