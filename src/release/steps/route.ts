import { type Deadline, StreamGateError } from '../../base/index.ts';
import type { RouteTarget, Way } from '../../traffic/index.ts';
import { provenBy } from '../proof/converge.ts';
import { whileHeld } from '../proof/hold.ts';
import type { Role } from '../proof/witness.ts';
import { modeOf, type Slot } from '../slots/names.ts';
import type { Release, Step } from '../step.ts';
import { entryOffers } from './entry.ts';

/** All traffic to one slot. */
function onlyTo(slot: Slot): RouteTarget {
  return { kind: 'split', blue: slot === 'blue' ? 100 : 0, green: slot === 'green' ? 100 : 0 };
}

function stableOf({ stable, candidate }: Release): Slot {
  return stable ?? candidate;
}

/** The control plane has taken the change up, and the real entry point is answered by one side alone. */
async function converged(
  release: Release,
  wanted: Role,
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
  return provenBy(witness, witness.tellsApart ? wanted : 'unknown', clock, deadline, telling);
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

function convergeDeadline(deadline: Deadline): Deadline {
  return deadline.within(convergeWithinMs, 'The gateway');
}

/** The route names both slots, with all traffic still on the stable one: the gateway gets to know the candidate. */
export const splitRoute: Step = {
  id: 'split-route',
  title: 'Name both slots in the route, all traffic on the stable one',
  before: ({ cluster, router }) => router.image(cluster),
  async act(release) {
    release.guard.arm();
    release.witness?.switchBegins();
    await release.router.send(release.cluster, onlyTo(stableOf(release)), release.token);
    return `${stableOf(release)} 100`;
  },
  verify: (release, deadline) => converged(release, 'stable', convergeDeadline(deadline)),
  async undo(release, before, deadline) {
    // The route leads to the app's own Service again: that one must offer the stable pods before.
    await entryOffers(release, stableOf(release), convergeDeadline(deadline));
    await release.router.restore(release.cluster, before, release.token);
    await converged(release, 'stable', convergeDeadline(deadline));
  },
};

/** The way back while the old pods are warm: one patch for each route, from whatever form it has. */
export const returnRoute: Step = {
  id: 'return-route',
  title: 'Send all traffic back to the older version',
  before: ({ cluster, router }) => router.image(cluster),
  async act(release) {
    release.witness?.switchBegins();
    release.recorder.mark('weights back');
    await release.router.send(release.cluster, onlyTo(release.candidate), release.token);
    return `${release.candidate} 100`;
  },
  verify: (release, deadline) => converged(release, 'candidate', convergeDeadline(deadline)),
  async undo(release, before, deadline) {
    await entryOffers(release, stableOf(release), convergeDeadline(deadline));
    await release.router.restore(release.cluster, before, release.token);
  },
};

/** The switch itself: one patch for each route. */
export const shiftWeights: Step = {
  id: 'shift-weights',
  title: 'Send all traffic to the candidate',
  async act(release) {
    release.recorder.mark('weights');
    await release.router.send(release.cluster, onlyTo(release.candidate), release.token);
    return `${release.candidate} 100`;
  },
  verify: (release, deadline) =>
    whileHeld(release, { target: onlyTo(release.candidate) }, convergeDeadline(deadline), (held) =>
      converged(release, 'candidate', held),
    ),
  async undo(release, _before, deadline) {
    release.recorder.mark('weights back');
    await release.router.send(release.cluster, onlyTo(stableOf(release)), release.token);
    await converged(release, 'stable', convergeDeadline(deadline), 'back');
  },
};

/** Between releases the route is what its manifest says, so applying that again does no harm. */
export const restoreRoute: Step = {
  id: 'restore-route',
  title: 'Give the route its own form back',
  before: ({ cluster, router }) => router.image(cluster),
  async act(release) {
    await release.router.send(release.cluster, { kind: 'entry' }, release.token);
    return `backend ${release.names.entry}`;
  },
  verify: (release, deadline) => converged(release, 'candidate', convergeDeadline(deadline)),
  async undo(release, before) {
    await release.router.restore(release.cluster, before, release.token);
  },
};

/** What the route should look like meanwhile; a run before this one may have given it its own form back already. */
function heldRoute({ journal, stable, candidate }: Release): { readonly target?: RouteTarget } {
  if (stable === null) return { target: { kind: 'entry' } };
  const restored = journal.release.steps.some(
    ({ id, state }) => id === 'restore-route' && state !== 'undone',
  );
  return restored ? {} : { target: onlyTo(candidate) };
}

/** Watches real traffic on the candidate for a while; the guard ends this at the first failure too many. */
export const observe: Step = {
  id: 'observe',
  title: 'Watch real traffic on the candidate',
  // What an earlier run saw is gone with it, and the verdict on the traffic needs some.
  everyRun: true,
  async act(release, deadline) {
    const { clock, settings, witness, versions, guard, candidate } = release;
    if (witness === null) return 'nobody watches: loss not measured';
    await witness.start(versions.current);
    guard.arm();
    let answers = 0;
    const stopListening = witness.onSighting(() => {
      answers += 1;
    });
    try {
      await whileHeld(release, { ...heldRoute(release), selected: candidate }, deadline, ({ signal }) =>
        clock.sleep(settings.observeMs, signal),
      );
    } finally {
      stopListening();
    }
    return `${answers} answers`;
  },
};

export { convergeDeadline, converged, stableOf };
