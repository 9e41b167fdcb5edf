import { at, formatDuration } from '../../base/index.ts';
import { podSpecOf } from '../desired/pod-template.ts';
import { deploymentRef } from '../slots/names.ts';
import { type Check, warn } from './check.ts';
import { workloadName } from './workload.ts';

/** What Kubernetes gives a pod when nobody says otherwise; also what gateways often allow a request. */
const usualSeconds = 30;

/**
 * What the old pods have begun ends with them: requests that take long, WebSockets. From the moment at which nothing
 * new comes they have the rollback window and then their grace period.
 */
export const findBriefFarewells: Check = async ({ request, journal, names, running }) => {
  const { live } = journal ?? { live: null };
  const old = live === null ? running : await request.cluster.get(deploymentRef(names, live.slot));
  if (old === undefined) return [];
  const { rollbackWindowMs } = request.settings;
  const graceSeconds = Number(at(podSpecOf(old), 'terminationGracePeriodSeconds') ?? usualSeconds);
  const leftMs = rollbackWindowMs + graceSeconds * 1_000;
  if (leftMs >= usualSeconds * 1_000) return [];
  return [
    warn(
      `The pods of ${workloadName(old)} are killed ${formatDuration(leftMs)} after the switch (rollback-window ${Math.round(rollbackWindowMs / 1_000)} s, terminationGracePeriodSeconds ${graceSeconds}): requests and connections that they still hold then are cut`,
      'Keep rollback-window longer than your longest request, or raise terminationGracePeriodSeconds in a release before this one.',
    ),
  ];
};
