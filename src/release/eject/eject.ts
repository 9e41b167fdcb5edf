import { StreamGateError, toStreamGateError } from '../../base/index.ts';
import { findDrift } from '../drift.ts';
import { beginning } from '../journal/beginning.ts';
import { isInFlight, type Journal, type JournaledRelease, type Placement } from '../journal/journal.ts';
import { claimJournal, readJournal, takeJournal } from '../journal/journal-store.ts';
import type { Lock } from '../journal/lock.ts';
import { readRevision } from '../journal/revisions.ts';
import { underLock } from '../journal/under-lock.ts';
import { plainResult } from '../plain-result.ts';
import { requirePermissions } from '../preflight/permissions.ts';
import { refuseServing } from '../refuse-serving.ts';
import type { RunRequest, RunResult } from '../request.ts';
import { failureOf, openSession, run } from '../session.ts';
import { journalRef, leaseRef, otherSlot } from '../slots/names.ts';
import { deleteOurs } from '../slots/ours.ts';
import { ejecting } from '../strategies.ts';
import { requireJournal } from '../target.ts';
import { readEjectFacts } from './eject-facts.ts';

/**
 * Hands an app back to its owner: what serves goes on serving as a plain Deployment behind plain Services and routes, and
 * everything else of ours is deleted. Nothing of it is undone; a run that died is ended by the same command.
 */
export async function eject(request: RunRequest): Promise<RunResult> {
  const { cluster, namespace, app } = request;
  await requirePermissions(cluster, namespace, await readEjectFacts(request));
  const known = await readJournal(cluster, namespace, app);
  const isLast = known === undefined && (await cluster.get(leaseRef(namespace, app))) !== undefined;
  if (!isLast) await refuseUnfit(request, requireJournal(known, request));
  const result = await underLock(request, async (lock) => {
    const journal = await takeJournal(cluster, namespace, app, lock.token);
    // A run that had deleted all but its own lock.
    return journal === undefined ? handedBack(app) : ejectUnderLock(request, journal, lock);
  });
  if (result.outcome === 'Ejected') await cluster.delete(leaseRef(namespace, app));
  return result;
}

async function ejectUnderLock(request: RunRequest, found: Journal, lock: Lock): Promise<RunResult> {
  const { cluster } = request;
  await refuseUnfit(request, found);
  const journal: Journal = { ...found, token: lock.token };
  const live = liveOf(found);
  const release = isEjecting(found) ? found.release : begin(request, journal, live);
  await claimJournal(cluster, { ...journal, release });
  const data = await readRevision(cluster, journal, live.revision);
  const { names } = journal;
  const desired =
    data === undefined
      ? undefined
      : {
          followers: [],
          autoscalers: [],
          ...data,
          budgets: [],
          routes: [],
          others: [],
          later: [],
          copies: [],
        };
  const options = { request, journal, release, desired, replicas: 0, lock, watch: null, steps: ejecting };
  const session = openSession({ ...options, guarded: false });
  session.ledger.listener.plan(ejecting.finish);
  try {
    await run(session, ejecting.finish);
    await deleteOurs(cluster, journalRef(names.namespace, names.app), lock.token);
  } catch (thrown) {
    const error = toStreamGateError(thrown);
    const reason = `${names.app} is not handed back yet: ${error.message}`;
    const remedy = `${error.remedy ?? ''} Then run \`streamgate release ${names.app} --eject\` again: it goes on.`;
    const failure = failureOf(new StreamGateError(error.code, reason, { cause: error, remedy }));
    return plainResult(
      { outcome: 'Inconclusive', verdict: 'inconclusive', reason },
      { failure, steps: session.ledger.records },
    );
  } finally {
    session.deadline.clear();
  }
  return { ...handedBack(names.app), steps: session.ledger.records, warnings: session.record.warnings };
}

function handedBack(app: string): RunResult {
  const reason = `${app} is handed back: plain objects serve it, and StreamGate keeps no record of it`;
  return plainResult({ outcome: 'Ejected', verdict: 'pass', reason });
}

export function isEjecting(journal: Journal): journal is Journal & { readonly release: JournaledRelease } {
  return journal.release?.strategy === 'eject';
}

function liveOf({ live, names }: Journal): Placement {
  if (live !== null) return live;
  throw new StreamGateError('Refused', `Nothing of ${names.app} is live: there is nothing to hand back`, {
    remedy: 'Release it first, or delete what is left by hand.',
  });
}

/** Only what stands as its last release left it can be handed back. */
async function refuseUnfit({ cluster, app }: RunRequest, journal: Journal): Promise<void> {
  const live = liveOf(journal);
  if (isEjecting(journal)) return;
  if (isInFlight(journal.release)) {
    throw new StreamGateError('Refused', `Release ${journal.release.id} of ${app} has not ended`, {
      remedy: `Let it end, or put it back with \`streamgate rollback ${app}\`; then hand the app back.`,
    });
  }
  const [drift] = (await findDrift(cluster, journal)).filter(({ of }) => of === 'live' || of === 'workload');
  if (drift !== undefined) throw new StreamGateError('Refused', drift.message, { remedy: drift.remedy });
  await refuseServing(cluster, journal, otherSlot(live.slot));
}

/** For every other command: an app that is being handed back is no longer to be released. */
export function refuseEjecting(journal: Journal): void {
  if (!isEjecting(journal)) return;
  const { app } = journal.names;
  throw new StreamGateError('Refused', `${app} is being handed back, and that has not ended`, {
    remedy: `End it with \`streamgate release ${app} --eject\`; after that it can be released as if for the first time.`,
  });
}

function begin(request: RunRequest, { previous, release }: Journal, live: Placement): JournaledRelease {
  return beginning(request, {
    called: 'eject',
    strategy: 'eject',
    candidate: { slot: otherSlot(live.slot), revision: previous?.revision ?? 0 },
    stable: live,
    template: release?.template ?? '',
  });
}
