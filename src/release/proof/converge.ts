import {
  type Clock,
  type Deadline,
  formatDuration,
  type Milliseconds,
  StreamGateError,
} from '../../base/index.ts';
import type { Role, Sighting, Witness } from './witness.ts';

/**
 * Rows that prove a change: so many answers of the wanted side alone, over so long. What the time is for, a part of the
 * gateway that is late, many answers find sooner. Of answers that may come from any part, 25 miss one with a fifth of the
 * traffic once in 260 times, 5 once in 3; a connection that stays with one part tells of that part alone, so that the half
 * of the answers that come on connections of their own (12) miss it once in 15.
 */
export const sufficientRows: readonly { readonly answers: number; readonly overMs: Milliseconds }[] = [
  { answers: 5, overMs: 500 },
  { answers: 25, overMs: 250 },
];

/**
 * Whose answers tell where traffic goes. A gateway sends every request on its way anew: `all` do. Behind a Service a
 * connection stays with its pod for as long as it is open: only `fresh` ones do.
 */
export type Telling = 'all' | 'fresh';

/** Where the proof stands: a row of good answers of one side, unbroken. */
export interface Streak {
  readonly wanted: Role;
  readonly telling: Telling;
  /** Only requests sent after the change tell anything about it. */
  readonly since: Milliseconds;
  readonly count: number;
  readonly firstAt: Milliseconds | null;
  readonly broken: string;
}

export function newStreak(wanted: Role, since: Milliseconds, telling: Telling = 'all'): Streak {
  return { wanted, telling, since, count: 0, firstAt: null, broken: 'no answer yet' };
}

/** Counts an answer in. Any answer of another side, and any failure, begins the row anew. */
export function countSighting(streak: Streak, sighting: Sighting): Streak {
  if (sighting.sentAt < streak.since || sighting.ownSide) return streak;
  if (sighting.ofOthers && streak.wanted !== 'unknown') return streak;
  if (streak.telling === 'fresh' && sighting.population === 'kept') return streak;
  if (!sighting.ok) return { ...streak, count: 0, firstAt: null, broken: sighting.quote };
  if (sighting.role !== streak.wanted) {
    return { ...streak, count: 0, firstAt: null, broken: `still answered by ${sighting.role}` };
  }
  return { ...streak, count: streak.count + 1, firstAt: streak.firstAt ?? sighting.doneAt };
}

export function isProven(streak: Streak, now: Milliseconds): boolean {
  const { count, firstAt } = streak;
  if (firstAt === null) return false;
  return sufficientRows.some(({ answers, overMs }) => count >= answers && now - firstAt >= overMs);
}

/** Waits until the real entry point has answered by the wanted side alone, often and long enough. */
export async function provenBy(
  witness: Witness,
  wanted: Role,
  clock: Clock,
  deadline: Deadline,
  telling: Telling = 'all',
): Promise<string> {
  const began = clock.monotonic();
  let streak = newStreak(wanted, began, telling);
  const stopListening = witness.onSighting((sighting) => {
    streak = countSighting(streak, sighting);
  });
  try {
    while (!isProven(streak, clock.monotonic())) await clock.sleep(20, deadline.signal);
  } catch (thrown) {
    throw lastSeen(thrown, streak);
  } finally {
    stopListening();
  }
  const took = formatDuration((streak.firstAt ?? began) - began);
  const answers = telling === 'fresh' ? 'answers on connections of their own' : 'answers';
  return `${streak.count} ${answers} in a row by the ${wanted} version, the first after ${took}`;
}

function lastSeen(thrown: unknown, streak: Streak): unknown {
  if (!(thrown instanceof StreamGateError) || thrown.code !== 'Timeout') return thrown;
  const follower =
    streak.telling === 'fresh'
      ? 'what stands in front of the Service follows it'
      : 'the gateway follows the route';
  const seen = streak.count > 0 ? `${streak.count} answers in a row` : streak.broken;
  return new StreamGateError(
    'Timeout',
    `${thrown.message} while waiting for ${streak.wanted} to answer alone; last seen: ${seen}`,
    {
      cause: thrown,
      remedy: `Check that ${follower}, and that \`probe-url\` leads to this app: an older route for the same host, also in another namespace, would answer instead.`,
    },
  );
}
