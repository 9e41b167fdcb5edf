import { StreamGateError } from '../../base/index.ts';
import type { RunFacts } from '../../evidence/index.ts';
import type { Journal } from './journal.ts';

/**
 * Throws `Superseded` when a later run has given the app its traffic already: queues and re-runs let an older commit
 * come last. The ids of workflow runs grow with the time at which the runs were created; outside of a workflow there
 * is no order, and nothing is refused.
 */
export function refuseOlder({ order, names }: Journal, { runId, commit }: RunFacts): void {
  if (order === null || !isNumber(order.runId) || !isNumber(runId) || BigInt(runId) >= BigInt(order.runId))
    return;
  throw new StreamGateError(
    'Superseded',
    `Run ${runId}${called(commit)} is older than run ${order.runId}${called(order.commit)}, which released ${names.app} already`,
    {
      remedy: `Nothing was touched. To go back on purpose, use \`streamgate rollback ${names.app}\`; to release the older commit all the same, set \`force\`.`,
    },
  );
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

function called(commit: string): string {
  return commit === '' ? '' : ` (commit ${commit.slice(0, 12)})`;
}
