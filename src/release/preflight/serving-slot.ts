import { isInFlight } from '../journal/journal.ts';
import { findServing } from '../refuse-serving.ts';
import { otherSlot } from '../slots/names.ts';
import { type Check, refuse } from './check.ts';

/**
 * The candidate would take the place of what serves, where somebody has moved the traffic by hand. A release that has not
 * ended may have led callers there itself: whoever goes on with it, or puts it back, knows.
 */
export const findServingSlot: Check = async ({ request: { cluster }, journal, names }) => {
  if (journal === undefined || journal.live === null || isInFlight(journal.release)) return [];
  const serving = await findServing(cluster, { ...journal, names }, otherSlot(journal.live.slot));
  return serving === undefined ? [] : [refuse(serving.message, serving.remedy)];
};
