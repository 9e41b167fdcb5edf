import { modeOf, otherSlot, slotLabel } from '../slots/names.ts';
import type { Journal } from './journal.ts';

/** The way back with nothing but kubectl, kept beside the journal for the day on which nothing else works. */
export function writeHowto(journal: Journal): string {
  const { names, live, previous, release } = journal;
  const kubectl = `kubectl --namespace ${names.namespace}`;
  const safe =
    release?.phase === 'running' || release?.phase === 'undoing' ? release.stable : (previous ?? null);
  const lines = [
    `App ${names.app}: ${live === null ? 'nothing is live yet' : `revision ${live.revision} is live in slot ${live.slot}`}.`,
  ];
  if (safe === null) return `${lines[0]}\nThere is no other revision to go back to.\n`;
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
    `Keep this ConfigMap: the next release, or \`streamgate rollback ${names.app}\`, goes on from it.`,
  );
  return `${lines.join('\n')}\n`;
}
