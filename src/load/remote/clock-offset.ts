import type { Milliseconds } from '../../base/index.ts';

/** One question for the time of another machine. `sentAt` and `heardAt` are ours, `at` is theirs, in between. */
export interface Reading {
  readonly sentAt: Milliseconds;
  readonly at: Milliseconds;
  readonly heardAt: Milliseconds;
}

/** What to add to a time of the other machine: the truth lies between the two. */
export interface Offset {
  readonly earliest: Milliseconds;
  readonly latest: Milliseconds;
}

/** More than these would be older than the drift of two clocks allows: at one reading a second they lose about 1 ms. */
const keptReadings = 20;

export function addReading(readings: readonly Reading[], reading: Reading): readonly Reading[] {
  return [...readings, reading].slice(-keptReadings);
}

/**
 * Their time was read after we asked and before we heard, so each reading bounds the offset from both sides, and all of
 * them together bound it best (the intersection of Marzullo's algorithm, for one honest clock).
 */
export function offsetOf(readings: readonly Reading[]): Offset | undefined {
  if (readings.length === 0) return undefined;
  const earliest = Math.max(...readings.map(({ sentAt, at }) => sentAt - at));
  const latest = Math.min(...readings.map(({ heardAt, at }) => heardAt - at));
  // Drift may have moved the newest bound past the oldest: then the newest reading alone is believed.
  const newest = readings.at(-1);
  if (earliest > latest && newest !== undefined) return offsetOf([newest]);
  return { earliest, latest };
}
