import { whileHeld } from '../proof/hold.ts';
import type { Step } from '../step.ts';
import { convergeDeadline, converged, onlyTo, stableOf } from './converged.ts';
import { entryOffers } from './entry.ts';

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
