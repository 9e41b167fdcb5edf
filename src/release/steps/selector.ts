import type { Step } from '../step.ts';
import { convergeDeadline, converged, stableOf } from './converged.ts';
import { allOffer, entryOffers, moveEntry } from './entry.ts';

/**
 * The switch of an app that no route leads to: the selector of its own Service, and its ports, in one fenced patch.
 * Callers that keep a connection open stay with the old pods; every new connection is proven to reach the candidate.
 */
export const switchEntry: Step = {
  ...moveEntry,
  id: 'switch-entry',
  title: "Send new connections to the candidate by the selector of the app's own Service",
  async act(release, deadline) {
    release.guard.arm();
    release.witness?.switchBegins();
    return moveEntry.act(release, deadline);
  },
  async verify(release, deadline) {
    const offered = await allOffer(release, release.candidate, deadline);
    return `${offered}; ${await converged(release, 'candidate', convergeDeadline(deadline))}`;
  },
  async undo(release, before, deadline) {
    release.recorder.mark('selector back');
    await moveEntry.undo?.(release, before, deadline);
    await entryOffers(release, stableOf(release), deadline);
    await converged(release, 'stable', convergeDeadline(deadline));
  },
};

/** The same for the way back: the older version is the one that gets the traffic, and nothing guards it. */
export const returnEntry: Step = {
  ...switchEntry,
  id: 'return-entry',
  title: "Send new connections back to the older version by the selector of the app's own Service",
  async act(release, deadline) {
    release.witness?.switchBegins();
    return moveEntry.act(release, deadline);
  },
  // Not proven by answers: the entry point may not answer at all, which is why people go back.
  async undo(release, before, deadline) {
    await moveEntry.undo?.(release, before, deadline);
    await entryOffers(release, stableOf(release), deadline);
  },
};
