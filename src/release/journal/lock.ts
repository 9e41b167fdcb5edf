import { randomUUID } from 'node:crypto';
import {
  at,
  type Clock,
  formatDuration,
  type Log,
  type Milliseconds,
  messageOf,
  StreamGateError,
  toInstant,
} from '../../base/index.ts';
import { type Cluster, type KubeObject, type ObjectRef, tokenOf } from '../../cluster/index.ts';
import { copyTokens } from '../slots/config-copies.ts';
import { journalRef, leaseRef, ourLabels } from '../slots/names.ts';

/** A holder that has not renewed for this long is taken for dead, where its lease does not say otherwise. */
const usualLeaseMs = 30_000;
/** Three renewals in a row may be lost before anybody takes a holder for dead. */
const renewalsPerLease = 4;
const lookEveryMs = 1_000;
/** Tells one claim from another of the same run. */
const claimAnnotation = 'streamgate.io/claim';
const processAnnotation = 'streamgate.io/process';

export interface LockRequest {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly log: Log;
  readonly namespace: string;
  readonly app: string;
  /** Who we are, for whoever finds the lock taken: `repository run/attempt commit`. */
  readonly identity: string;
  /** How long to wait for another holder. */
  readonly timeoutMs: Milliseconds;
  /** How long we may be silent before others take us for dead; 30 s when left out. */
  readonly leaseMs?: Milliseconds | undefined;
  readonly signal: AbortSignal;
  /** Which process asks: for whoever has to clear up after it. */
  readonly process?: string | undefined;
  /** A process that is known to have ended. What it holds is taken at once, instead of waiting until it is stale. */
  readonly endedProcess?: string | undefined;
  /** Secrets that are released with the pods: where there are some, those of earlier releases may be read. */
  readonly versionSecrets?: readonly string[] | undefined;
}

export interface Lock {
  /** Grows with each lock of the app: the number that fences our writes. */
  readonly token: number;
  /** Aborted when the lock was lost to another run. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Takes the app's Lease. Another live holder is waited for, then named in a `Conflict`. */
export async function takeLock(request: LockRequest): Promise<Lock> {
  const { clock, namespace, app } = request;
  const ref = leaseRef(namespace, app);
  const giveUpAt = clock.monotonic() + request.timeoutMs;
  // Whether the holder is alive is judged by its renewals on our own clock: the clocks of two machines may disagree.
  let watched: { readonly renewed: string; readonly since: Milliseconds } | undefined;
  let lostClaims = 0;
  for (;;) {
    const lease = await request.cluster.get(ref);
    const renewed = String(at(lease, 'spec', 'renewTime') ?? '');
    if (watched?.renewed !== renewed) watched = { renewed, since: clock.monotonic() };
    const leaseMs = durationOf(lease);
    const stale = clock.monotonic() - watched.since >= leaseMs;
    const dead = stale || isOfEnded(lease, request);
    if (dead && isHeld(lease))
      request.log.warn(
        `The lock of ${app} is ${stale ? 'stale' : 'of a run that ended'}; taking it from ${holderOf(lease)}`,
      );
    if (lease === undefined || !isHeld(lease) || dead) {
      const token = await claim(request, ref, lease);
      if (token !== undefined) return holdLock(request, ref, token);
      // Another run was faster: the next look, at once, can name it. A server that only says so is not asked without end.
      lostClaims += 1;
      if (lostClaims === 1) continue;
    } else lostClaims = 0;
    if (clock.monotonic() + lookEveryMs > giveUpAt) throw taken(app, lease, clock);
    await clock.sleep(lookEveryMs, request.signal);
  }
}

/** A lease says itself how long it lasts: its holder renews it accordingly. */
function durationOf(lease: KubeObject | undefined): Milliseconds {
  const seconds = Number(at(lease, 'spec', 'leaseDurationSeconds'));
  return seconds > 0 ? seconds * 1_000 : usualLeaseMs;
}

function isHeld(lease: KubeObject | undefined): boolean {
  return holderOf(lease) !== '';
}

function isOfEnded(lease: KubeObject | undefined, { endedProcess }: LockRequest): boolean {
  return endedProcess !== undefined && lease?.metadata.annotations?.[processAnnotation] === endedProcess;
}

function holderOf(lease: KubeObject | undefined): string {
  return String(at(lease, 'spec', 'holderIdentity') ?? '');
}

function transitionsOf(lease: KubeObject): number {
  return Number(at(lease, 'spec', 'leaseTransitions') ?? 0);
}

/**
 * A Lease that somebody deleted begins anew, but its number must not: the objects carry the one before. Where the journal
 * is gone as well, as after an app was handed back, copies of its configuration may still stand, since pods read them.
 */
async function tokenBefore(request: LockRequest): Promise<number> {
  const { cluster, namespace, app, versionSecrets = [] } = request;
  const journal = await cluster.get(journalRef(namespace, app));
  if (journal !== undefined) return tokenOf(journal) ?? 0;
  const place = { app, namespace };
  const tokens = [
    ...(await copyTokens(cluster, { kind: 'ConfigMap', ...place })),
    ...(versionSecrets.length > 0 ? await copyTokens(cluster, { kind: 'Secret', ...place }) : []),
  ];
  return Math.max(0, ...tokens);
}

/** Writes ourselves in; undefined when another run was faster. */
async function claim(
  request: LockRequest,
  ref: ObjectRef,
  lease: KubeObject | undefined,
): Promise<number | undefined> {
  const token = 1 + (lease === undefined ? await tokenBefore(request) : transitionsOf(lease));
  const annotations = {
    [claimAnnotation]: randomUUID(),
    ...(request.process === undefined ? {} : { [processAnnotation]: request.process }),
  };
  const now = microTime(request.clock);
  const spec = {
    holderIdentity: request.identity,
    // Whole seconds: Kubernetes knows no others here.
    leaseDurationSeconds: Math.ceil((request.leaseMs ?? usualLeaseMs) / 1_000),
    acquireTime: now,
    renewTime: now,
    leaseTransitions: token,
  };
  try {
    if (lease === undefined) {
      const labels = ourLabels(request.app);
      const metadata = { name: ref.name, namespace: ref.namespace, labels, annotations };
      await request.cluster.create({ apiVersion: ref.apiVersion, kind: ref.kind, metadata, spec });
    } else {
      await request.cluster.patch(ref, [
        { op: 'test', path: '/metadata/resourceVersion', value: lease.metadata.resourceVersion },
        { op: 'replace', path: '/spec', value: spec },
        { op: 'add', path: '/metadata/annotations', value: annotations },
      ]);
    }
    return token;
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;
    // The first answer may have been lost, and the repetition have met what was written already: by us, then.
    const standing = await request.cluster.get(ref);
    const claimed = standing?.metadata.annotations?.[claimAnnotation];
    return claimed === annotations[claimAnnotation] ? token : undefined;
  }
}

function holdLock(request: LockRequest, ref: ObjectRef, token: number): Lock {
  const { clock, log } = request;
  const lost = new AbortController();
  const ended = new AbortController();
  const renewEveryMs = (request.leaseMs ?? usualLeaseMs) / renewalsPerLease;
  // The lock must outlive a cancelled run until its way back is done, so its calls do not end with the run's signal.
  const renew = async () => {
    while (!ended.signal.aborted) {
      await clock.sleep(renewEveryMs, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      await request.cluster
        .patch(ref, [
          { op: 'test', path: '/spec/leaseTransitions', value: token },
          { op: 'replace', path: '/spec/renewTime', value: microTime(clock) },
        ])
        .catch(async (thrown: unknown) => {
          const isDoubtful = thrown instanceof StreamGateError && thrown.code === 'Conflict';
          // A server may answer 409 for reasons of its own: the lock is lost only to who stands there.
          if (isDoubtful && (await isTaken())) lost.abort(takenOver(request.app));
          else log.warn(`The lock of ${request.app} could not be renewed: ${messageOf(thrown)}`);
        })
        .catch((thrown: unknown) => log.warn(`The lock of ${request.app}: ${messageOf(thrown)}`));
    }
  };
  const isTaken = async () => {
    const lease = await request.cluster.get(ref);
    return lease !== undefined && transitionsOf(lease) !== token;
  };
  renew().catch((thrown: unknown) => log.warn(`The heartbeat of the lock ended: ${messageOf(thrown)}`));
  return {
    token,
    lost: lost.signal,
    async release() {
      ended.abort();
      await request.cluster
        .patch(ref, [
          { op: 'test', path: '/spec/leaseTransitions', value: token },
          // As client-go does it, but without an empty name: a free lock is one without a holder.
          { op: 'remove', path: '/spec/holderIdentity' },
        ])
        .catch((thrown: unknown) =>
          log.warn(`The lock of ${request.app} could not be given back: ${messageOf(thrown)}`),
        );
    },
  };
}

/** `MicroTime` of Kubernetes wants six digits. */
function microTime(clock: Clock): string {
  return toInstant(clock.now()).replace('Z', '000Z');
}

function taken(app: string, lease: KubeObject | undefined, clock: Clock): StreamGateError {
  if (!isHeld(lease))
    return new StreamGateError('Conflict', `The lock of ${app} is free, and yet cannot be taken`, {
      remedy:
        'Other runs take it each time, or the API server refuses it with 409. Run the same command again.',
    });
  const since = Date.parse(String(at(lease, 'spec', 'acquireTime')));
  const age = Number.isNaN(since) ? 'an unknown time' : formatDuration(Math.max(0, clock.now() - since));
  return new StreamGateError('Conflict', `${app} is being released by ${holderOf(lease)}, for ${age}`, {
    remedy:
      'Wait for it, or let this run wait with `lock-timeout`. ' +
      `A lock whose holder died is taken over after ${formatDuration(durationOf(lease))} without a sign of life.`,
  });
}

function takenOver(app: string): StreamGateError {
  return new StreamGateError('Superseded', `Another run took over the release of ${app}`, {
    remedy: 'Nothing needs to be done: the other run goes on from the journal.',
  });
}
