import { StreamGateError } from '../../base/index.ts';
import type { RunFacts } from '../../evidence/index.ts';
import type { RunRequest } from '../request.ts';
import type { CommitOrder, Journal } from './journal.ts';

/** How our commit stands to another one in the history of the repository. */
export type CommitRelation = 'same' | 'newer' | 'older' | 'diverged' | 'unknown';

export interface CommitComparison {
  readonly relation: CommitRelation;
  /** Why it is unknown, in a few words; empty otherwise. */
  readonly detail: string;
}

/** Compares our commit with one that was released. Handed in: who knows the history is no business of a release. */
export type CompareWith = (released: string) => Promise<CommitComparison>;

/**
 * Throws when the app has its traffic from something newer already: queues and re-runs let an older commit come last.
 * `Superseded` when a later run released it, or our commit is an ancestor of the released one; `Refused` when the two
 * cannot be ordered. The ids of workflow runs grow with the time at which the runs were created; outside of a workflow
 * there is no order, and nothing is refused.
 */
export async function refuseOlder(
  { order, names, repository, release }: Journal,
  { run: facts, compareWith }: Pick<RunRequest, 'run' | 'compareWith'>,
): Promise<void> {
  // A preview waits for its own run, or for a newer one.
  if (release?.phase === 'parked' && isOlderRun(facts, release))
    throw superseded(facts, release, names.app, 'is older than', 'whose preview is parked for');
  if (order === null) return;
  if (isOlderRun(facts, order)) throw superseded(facts, order, names.app, 'is older than');
  const isOneHistory = repository === '' || repository === facts.repository;
  if (compareWith === undefined || !isOneHistory || order.commit === '' || facts.commit === '') return;
  const { relation, detail } = await compareWith(order.commit);
  if (relation === 'older') throw superseded(facts, order, names.app, 'has an older commit than');
  if (relation === 'diverged' || relation === 'unknown') throw unordered(facts, order, relation, detail);
}

function isOlderRun({ runId }: RunFacts, order: CommitOrder): boolean {
  return isNumber(order.runId) && isNumber(runId) && BigInt(runId) < BigInt(order.runId);
}

function superseded(
  facts: RunFacts,
  order: CommitOrder,
  app: string,
  how: string,
  did = 'which released',
): StreamGateError {
  return new StreamGateError(
    'Superseded',
    `Run ${facts.runId}${called(facts.commit)} ${how} run ${order.runId}${called(order.commit)}, ${did} ${app} already`,
    {
      remedy: `Nothing was touched. To go back on purpose, use \`streamgate rollback ${app}\`; to release the older commit all the same, set \`allow-older: true\`.`,
    },
  );
}

function unordered(
  facts: RunFacts,
  order: CommitOrder,
  relation: 'diverged' | 'unknown',
  detail: string,
): StreamGateError {
  const why =
    relation === 'diverged'
      ? 'neither is an ancestor of the other'
      : `GitHub does not say which of them is newer: ${detail}`;
  return new StreamGateError(
    'Refused',
    `Commit ${facts.commit.slice(0, 12)} and the released commit ${order.commit.slice(0, 12)} have no order: ${why}`,
    {
      remedy:
        'Nothing was touched. Rebase or merge so that the released commit is an ancestor, or set `allow-older: true` to release this one all the same.',
    },
  );
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

function called(commit: string): string {
  return commit === '' ? '' : ` (commit ${commit.slice(0, 12)})`;
}
