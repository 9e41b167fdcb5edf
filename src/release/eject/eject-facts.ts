import { StreamGateError } from '../../base/index.ts';
import { readJournal } from '../journal/journal-store.ts';
import { readRevision } from '../journal/revisions.ts';
import { type PermissionFacts, plainFacts } from '../preflight/permission-facts.ts';
import type { RunRequest } from '../request.ts';
import { findAutoscalers } from '../slots/autoscalers.ts';
import { modeOf } from '../slots/names.ts';
import { findLedBudgets } from './plain-companions.ts';

type Subject = Pick<RunRequest, 'cluster' | 'namespace' | 'app'>;

/** What permissions handing back depends on. They are read from the journal, since nobody gives manifests. */
export async function readEjectFacts(subject: Subject): Promise<PermissionFacts> {
  try {
    return { ...plainFacts, ...(await readFromJournal(subject)), ejects: true };
  } catch (thrown) {
    // Reading takes what every run needs: the question that follows names all that is missing.
    if (thrown instanceof StreamGateError && thrown.code === 'Denied') return { ...plainFacts, ejects: true };
    throw thrown;
  }
}

async function readFromJournal({ cluster, namespace, app }: Subject): Promise<Partial<PermissionFacts>> {
  const journal = await readJournal(cluster, namespace, app);
  // Only its lock is left of it, or nothing at all.
  if (journal === undefined) return { mode: 'service', looksForRoutes: false };
  const { names, live } = journal;
  const revision = live === null ? undefined : await readRevision(cluster, journal, live.revision);
  const workload = revision?.workload;
  const found = await findAutoscalers(cluster, names, workload?.metadata.name ?? names.workload);
  const budgets = await findLedBudgets(cluster, names, workload);
  return {
    mode: modeOf(names),
    looksForRoutes: false,
    autoscales: [found.ofSlot.blue, found.ofSlot.green, found.onSlot].some((one) => one !== undefined),
    budgets: budgets.length > 0,
  };
}
