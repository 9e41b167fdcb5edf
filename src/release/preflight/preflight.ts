import type { KubeObject } from '../../cluster/index.ts';
import { findRunning } from '../adoption/find-running.ts';
import { refuseOlder } from '../journal/commit-order.ts';
import { isLive } from '../journal/is-live.ts';
import { isInFlight, type Journal } from '../journal/journal.ts';
import { readJournal } from '../journal/journal-store.ts';
import { refuseOtherPreview } from '../journal/parked.ts';
import { plainResult } from '../plain-result.ts';
import type { DeployRequest, RunResult, TrafficWatch } from '../request.ts';
import type { Names } from '../slots/names.ts';
import { leftUntidy } from '../tidy-up.ts';
import { askAll, type Finding } from './check.ts';
import { checks } from './checks.ts';
import { readPermissionFacts } from './permission-facts.ts';
import { requirePermissions } from './permissions.ts';
import { settleConfig } from './settle-config.ts';
import { settleNames } from './settle-names.ts';
import { settleScopes } from './settle-scopes.ts';

export interface Preflight {
  /** As it was given, with its configuration made part of what is released. */
  readonly request: DeployRequest;
  readonly journal: Journal | undefined;
  readonly names: Names;
  /** The Deployment that is to be taken over; undefined where nothing is. */
  readonly running: KubeObject | undefined;
  /** How the run ends when there is nothing to do. */
  readonly nothingNew: RunResult | undefined;
  /** Null when nobody probes. */
  readonly watch: TrafficWatch | null;
  /** What the checks found and let pass. */
  readonly warnings: readonly Finding[];
}

/** Everything that can be refused is refused here, before the lock is taken and anything is touched. */
export async function preflight(given: DeployRequest): Promise<Preflight> {
  // Asked before anything is read, so that one answer names all that is missing.
  const facts = await readPermissionFacts(given);
  await requirePermissions(given.cluster, given.namespace, facts);
  const request = await settleConfig(await settleScopes(given));
  const journal = await readJournal(request.cluster, request.namespace, request.app);
  const running = await findRunning(request, journal);
  const names = await settleNames(request, journal, running);
  const warnings = await askAll(checks, { request, journal, names, running });
  if (journal !== undefined && !request.force && !request.allowOlder) await refuseOlder(journal, request);
  refuseOtherPreview(request, journal);
  const nothingNew = (await isNothingNew(request, journal)) ? nothingToRelease(request, journal) : undefined;
  // Where to probe is settled now: an entry point that cannot be found ends the run here.
  return { request, journal, names, running, nothingNew, watch: await request.watch(names), warnings };
}

async function isNothingNew(request: DeployRequest, journal: Journal | undefined): Promise<boolean> {
  if (request.force || journal === undefined || journal.live === null || isInFlight(journal.release))
    return false;
  if (leftUntidy(journal)) return false;
  if (request.until === 'retired' && journal.previous?.warm) return false;
  return isLive(request, journal);
}

function nothingToRelease({ desired }: DeployRequest, journal: Journal | undefined): RunResult {
  const { live = null, previous = null } = journal ?? {};
  const left = [...desired.others, ...desired.later].length;
  const applied =
    left === 0
      ? ''
      : `; ${left === 1 ? 'the other object' : `the ${left} other objects`} of the manifests ${left === 1 ? 'was' : 'were'} not applied (\`force\` releases all the same)`;
  const reason = `Revision ${live?.revision ?? 0} is live and has the same pod template: there is nothing to release${applied}`;
  const standing = { activeSlot: live?.slot ?? null, previousRevision: previous?.revision ?? 0 };
  return plainResult({ outcome: 'NothingToRelease', verdict: 'pass', reason }, standing);
}
