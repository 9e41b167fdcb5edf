import type { RouteTarget } from '../../traffic/index.ts';
import { whileHeld } from '../proof/hold.ts';
import type { Release, Step } from '../step.ts';
import { onlyTo } from './converged.ts';

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
