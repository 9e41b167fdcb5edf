import type { Milliseconds } from '../../base/index.ts';
import type { Release } from '../step.ts';

/**
 * How long a gateway is given to follow its route when nobody watches: its word that it accepted the route comes before
 * its proxies do so, and most are done within a second.
 */
const followWithinMs: Milliseconds = 5_000;

/** Comes before pods go that traffic was just taken from: what cannot be seen to have moved is given time to move. */
export async function letGatewayFollow(
  { witness, clock }: Pick<Release, 'witness' | 'clock'>,
  signal?: AbortSignal,
): Promise<void> {
  if (witness === null) await clock.sleep(followWithinMs, signal);
}
