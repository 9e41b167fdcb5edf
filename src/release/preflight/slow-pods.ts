import { at, formatDuration } from '../../base/index.ts';
import { type Check, refuse } from './check.ts';
import { workloadName } from './workload.ts';

/** A pod counts as available only after `minReadySeconds`: with less time than that, every release would fail. */
export const findSlowPods: Check = async ({ request: { desired, settings } }) => {
  const minReadyMs = 1_000 * Number(at(desired.workload, 'spec', 'minReadySeconds') ?? 0);
  if (minReadyMs < settings.progressDeadlineMs) return [];
  return [
    refuse(
      `${workloadName(desired.workload)} has minReadySeconds of ${formatDuration(minReadyMs)}, and its pods must be ready within ${formatDuration(settings.progressDeadlineMs)} (\`progress-deadline\`)`,
      'Raise `progress-deadline` above it, with time for the pods to start, or lower minReadySeconds.',
    ),
  ];
};
