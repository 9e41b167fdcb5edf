import { at } from '../../base/index.ts';
import { podSpecOf } from '../desired/pod-template.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';
import { lastingContainers, workloadName } from './workload.ts';

const hook = '`lifecycle: { preStop: { sleep: { seconds: 5 } } }`';

/** Endpoints and routes are followed late: a pod that is told to end must go on serving until nobody sends to it. */
export const findHastyEnds: Check = async ({ request: { desired } }) => {
  const name = workloadName(desired.workload);
  const given = at(podSpecOf(desired.workload), 'terminationGracePeriodSeconds');
  const graceSeconds = Number(given ?? 30);
  if (graceSeconds === 0) {
    return [
      refuse(
        `${name} has terminationGracePeriodSeconds 0: its pods are killed in the middle of their requests`,
        'Give them time to end what they have begun; 30 seconds are what you get when you leave it out.',
      ),
    ];
  }
  const serving = lastingContainers(desired.workload).filter(
    (container) => container.readinessProbe !== undefined,
  );
  return serving.flatMap((container): Finding[] => {
    const subject = `Container ${String(container.name)} of ${name}`;
    const preStop = at(container, 'lifecycle', 'preStop');
    if (preStop === undefined) {
      return [
        warn(
          `${subject} has no preStop hook: it is told to end while gateways and nodes still send to it`,
          `Add ${hook}, longer than your gateway takes to follow, unless the program goes on serving after SIGTERM.`,
        ),
      ];
    }
    const sleeps = Number(at(preStop, 'sleep', 'seconds') ?? 0);
    if (sleeps < graceSeconds) return [];
    return [
      refuse(
        `${subject} sleeps ${sleeps} s before it ends, and is killed after ${graceSeconds} s (terminationGracePeriodSeconds)`,
        'Raise terminationGracePeriodSeconds above the sleep, and leave time for the last requests.',
      ),
    ];
  });
};
