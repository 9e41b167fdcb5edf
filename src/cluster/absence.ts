import type { Clock, Milliseconds } from '../base/index.ts';

/** For how long the API gave nobody of us an answer, while somebody waited for one. */
export interface Absence {
  /** Total up to now. */
  totalMs(): Milliseconds;
  /** A request that was sent then came to nothing. */
  missed(sentAt: Milliseconds): void;
  /** Somebody was answered. */
  answered(): void;
}

export function watchAbsence(clock: Clock): Absence {
  let pastMs = 0;
  let lastAnswerAt = Number.NEGATIVE_INFINITY;
  let since: Milliseconds | undefined;
  const presentMs = () => (since === undefined ? 0 : clock.monotonic() - since);
  return {
    totalMs: () => pastMs + presentMs(),
    missed(sentAt) {
      // Those who were answered meanwhile show that it was there at that time.
      since ??= Math.max(sentAt, lastAnswerAt);
    },
    answered() {
      pastMs += presentMs();
      since = undefined;
      lastAnswerAt = clock.monotonic();
    },
  };
}
