import type { Milliseconds } from '../../base/index.ts';
import type { Release } from '../step.ts';
import { tellsSurely } from './sides.ts';

/**
 * How long a gateway is given to follow its route when answers do not show it: its word that it accepted the route comes
 * before its proxies do so, and most are done within a second.
 */
const followWithinMs: Milliseconds = 5_000;

/**
 * Comes before pods go that traffic was just taken from: what cannot be seen to have moved is given time to move. So it
 * is when nobody watches, and when the answers of both versions look the same.
 */
export async function letGatewayFollow(
  { witness, versions, clock }: Pick<Release, 'witness' | 'versions' | 'clock'>,
  signal?: AbortSignal,
): Promise<void> {
  if (witness === null || !tellsSurely(versions.current)) await clock.sleep(followWithinMs, signal);
}
