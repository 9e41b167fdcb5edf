import { type Deadline, StreamGateError } from '../../base/index.ts';
import type { RouteTarget, Way } from '../../traffic/index.ts';
import { provenBy } from '../proof/converge.ts';
import { seenAs } from '../proof/sides.ts';
import { modeOf, type Slot } from '../slots/names.ts';
import type { Release } from '../step.ts';

/** All traffic to one slot. */
export function onlyTo(slot: Slot): RouteTarget {
  return { kind: 'split', blue: slot === 'blue' ? 100 : 0, green: slot === 'green' ? 100 : 0 };
}

export function stableOf({ stable, candidate }: Release): Slot {
  return stable ?? candidate;
}

/** The control plane has taken the change up, and the real entry point is answered by one side alone. */
export async function converged(
  release: Release,
  wanted: 'stable' | 'candidate',
  deadline: Deadline,
  way: Way = 'forward',
): Promise<string> {
  const { clock, names, witness } = release;
  const mode = modeOf(names);
  await takenUp(release, deadline, way);
  if (witness === null) {
    return mode === 'gateway' ? 'the gateway has accepted the route; loss not measured' : 'loss not measured';
  }
  // A run that continues another one may have to prove something before it came to its own beginning of watching.
  await witness.start(release.versions.current);
  const telling = mode === 'gateway' ? 'all' : 'fresh';
  return provenBy(witness, seenAs(release.versions.current, wanted), clock, deadline, telling);
}

async function takenUp({ cluster, clock, router }: Release, { signal }: Deadline, way: Way): Promise<void> {
  const bound = cluster.with(signal);
  let reason: string | undefined;
  try {
    for (;;) {
      reason = await router.pending(bound, way);
      if (reason === undefined) return;
      await clock.sleep(50, signal);
    }
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Timeout' || reason === undefined)
      throw thrown;
    const message = `${thrown.message} while waiting for the route to be taken up; last seen: ${reason}`;
    const remedy = 'Mend what the gateway says of the route, then run the same command again.';
    throw new StreamGateError('Timeout', message, { cause: thrown, remedy });
  }
}

const convergeWithinMs = 60_000;

export function convergeDeadline(deadline: Deadline): Deadline {
  return deadline.within(convergeWithinMs, 'The gateway');
}
