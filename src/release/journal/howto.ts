import { modeOf, otherSlot, slotLabel } from '../slots/names.ts';
import { heldWayBack, isInFlight, type Journal, type Placement } from './journal.ts';

/** The way back with nothing but kubectl, kept beside the journal for the day on which nothing else works. */
export function writeHowto(journal: Journal): string {
  const { names, live, previous, release } = journal;
  const kubectl = `kubectl --namespace ${names.namespace}`;
  const safe = safePlacement(journal);
  const lines = [
    `App ${names.app}: ${live === null ? 'nothing is live yet' : `revision ${live.revision} is live in slot ${live.slot}`}.`,
  ];
  if (safe === null) {
    const other =
      previous === null
        ? 'There is no other revision to go back to.'
        : `The slot of revision ${previous.revision} has held another version since, so kubectl alone does not bring it back: \`streamgate rollback ${names.app}\` starts it from its ControllerRevision.`;
    return `${lines[0]}\n${other}\n`;
  }
  lines.push(
    `To send all traffic to revision ${safe.revision} (slot ${safe.slot}) by hand:`,
    `  ${kubectl} rollout status deployment/${names.deployments[safe.slot]}   # must be ready; else scale it up first`,
    `  ${kubectl} patch service ${names.entry} --type merge --patch '${JSON.stringify({ spec: { selector: { [slotLabel]: safe.slot } } })}'`,
    ...names.routes.map(
      (route) =>
        `  ${kubectl} edit httproute ${route}   # replace each backendRef ${names.services.blue} or ${names.services.green} by ${names.entry}`,
    ),
    ...(modeOf(names) === 'service' && live !== null
      ? [
          'Callers that keep a connection open stay with its pod until that is gone:',
          `  ${kubectl} scale deployment/${names.deployments[otherSlot(safe.slot)]} --replicas=0   # once the other one serves`,
        ]
      : []),
    isInFlight(release)
      ? `Keep this ConfigMap: the next release, or \`streamgate rollback ${names.app}\`, goes on from it.`
      : `Keep this ConfigMap, and then run \`streamgate rollback ${names.app}\`: it makes revision ${safe.revision} the live one. Until then releases are refused.`,
  );
  return `${lines.join('\n')}\n`;
}

/** The version that somebody with kubectl alone may send everybody to: its slot holds it, and nothing else. */
function safePlacement(journal: Journal): Placement | null {
  const { release } = journal;
  if (release?.phase === 'undoing') return release.stable;
  // A way back leads away from the version that served: what is left is what is broken.
  if (release?.phase === 'running')
    return release.strategy === 'rollback' && !release.drill ? release.candidate : release.stable;
  return heldWayBack(journal);
}
