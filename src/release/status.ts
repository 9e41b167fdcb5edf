import { at } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import type { RouteTarget } from '../traffic/index.ts';
import { type Drift, findDrift } from './drift.ts';
import type { Journal, JournaledRelease } from './journal/journal.ts';
import { readJournal } from './journal/journal-store.ts';
import { type KeptRevision, listRevisions } from './journal/revisions.ts';
import { routerOf } from './router-of.ts';
import {
  deploymentRef,
  entryRef,
  leaseRef,
  modeOf,
  type Slot,
  slotLabel,
  type TrafficMode,
} from './slots/names.ts';
import { requireJournal } from './target.ts';

export interface SlotStatus {
  readonly slot: Slot;
  readonly deployment: string;
  readonly role: 'live' | 'previous' | 'candidate' | 'empty';
  readonly revision: number;
  readonly ready: number;
  readonly wanted: number;
}

/** Where an app stands, read from the cluster alone. */
export interface AppStatus {
  readonly app: string;
  readonly namespace: string;
  readonly live: Journal['live'];
  readonly previous: Journal['previous'];
  readonly release: {
    readonly id: string;
    readonly phase: string;
    readonly commit: string;
    readonly startedAt: string;
    /** Until when a parked preview waits; null when it is none, or waits without an end. */
    readonly parkedUntil: string | null;
    /** Id of the step that was begun last; empty before the first. */
    readonly step: string;
  } | null;
  readonly slots: readonly SlotStatus[];
  /** Slot that the app's own Service selects; empty when it selects none. */
  readonly entrySelects: string;
  /** What moves its traffic: the weights of routes, or the selector of its own Service. */
  readonly mode: TrafficMode;
  /** Null when the routes disagree or cannot be read. */
  readonly route: RouteTarget | null;
  /** What somebody else has changed since the last release. */
  readonly drift: readonly Drift[];
  readonly lock: { readonly holder: string; readonly renewedAt: string } | null;
  /** Kept for rollbacks, newest first. */
  readonly revisions: readonly KeptRevision[];
}

export async function readStatus(cluster: Cluster, namespace: string, app: string): Promise<AppStatus> {
  const journal = requireJournal(await readJournal(cluster, namespace, app), { app, namespace });
  const { names, live, previous, release } = journal;
  const router = routerOf(names);
  const [entry, lease, route, revisions] = await Promise.all([
    cluster.get(entryRef(names)),
    cluster.get(leaseRef(namespace, app)),
    router.target(cluster).catch(() => undefined),
    listRevisions(cluster, { namespace, app }),
  ]);
  const holder = String(at(lease, 'spec', 'holderIdentity') ?? '');
  return {
    app,
    namespace,
    live,
    previous,
    release: release === null ? null : summariseRelease(release),
    slots: await Promise.all([readSlot(cluster, journal, 'blue'), readSlot(cluster, journal, 'green')]),
    entrySelects: String(at(entry, 'spec', 'selector', slotLabel) ?? ''),
    mode: modeOf(names),
    route: route ?? null,
    drift: await findDrift(cluster, journal),
    lock: holder === '' ? null : { holder, renewedAt: String(at(lease, 'spec', 'renewTime') ?? '') },
    revisions,
  };
}

function summariseRelease(release: JournaledRelease): AppStatus['release'] {
  const { id, phase, commit, startedAt, steps, parkedUntil = null } = release;
  const waits = phase === 'parked' ? parkedUntil : null;
  return { id, phase, commit, startedAt, parkedUntil: waits, step: steps.at(-1)?.id ?? '' };
}

async function readSlot(
  cluster: Cluster,
  { names, live, previous, release }: Journal,
  slot: Slot,
): Promise<SlotStatus> {
  const deployment = await cluster.get(deploymentRef(names, slot));
  const placed = [
    { role: 'live' as const, placement: live },
    {
      role: 'candidate' as const,
      placement: release?.phase === 'running' || release?.phase === 'parked' ? release.candidate : null,
    },
    { role: 'previous' as const, placement: previous },
  ].find(({ placement }) => placement?.slot === slot);
  return {
    slot,
    deployment: names.deployments[slot],
    role: placed?.role ?? 'empty',
    revision: placed?.placement?.revision ?? 0,
    ready: Number(at(deployment, 'status', 'readyReplicas') ?? 0),
    wanted: Number(at(deployment, 'spec', 'replicas') ?? 0),
  };
}
