import { isInFlight } from '../journal/journal.ts';
import { modeOf, type TrafficMode } from '../slots/names.ts';
import { type Check, refuse } from './check.ts';

const how: Readonly<Record<TrafficMode, string>> = {
  gateway: 'by its HTTPRoutes',
  service: 'by the selector of its Service',
};

/**
 * An app may gain or lose its routes between two releases, and then its traffic moves in another way. One that has not
 * ended is still to be put back the way it came.
 */
export const findModeChange: Check = async ({ journal, names }) => {
  if (journal === undefined || !isInFlight(journal.release)) return [];
  const [before, now] = [modeOf(journal.names), modeOf(names)];
  if (before === now) return [];
  return [
    refuse(
      `Release ${journal.release.id} of ${names.app} has not ended. It moves traffic ${how[before]}, and this one would move it ${how[now]}`,
      `Put it back first: streamgate rollback ${names.app} --namespace ${names.namespace}. Or bring the routes back to what they were when it began.`,
    ),
  ];
};
