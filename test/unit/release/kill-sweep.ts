import { at, StreamGateError, silentLog } from '../../../src/base/index.ts';
import type { RunResult, TrafficMode } from '../../../src/release/index.ts';
import { takeLock } from '../../../src/release/journal/lock.ts';
import {
  type Doomed,
  describeWrite,
  type KillPoint,
  startDoomed,
  watchEntry,
} from '../../support/killed-run.ts';
import { listObjects } from '../../support/object-list.ts';
import { type Lab, namespace, openLab } from '../../support/release-lab.ts';

/** One deed, killed at each of its writes, and how another process then brings the app into order. */
export interface Sweep {
  /** Brings a fresh cluster to where the deed begins. */
  readonly arrange: (lab: Lab) => Promise<unknown>;
  readonly deed: (lab: Lab, change: Doomed['change']) => Promise<unknown>;
  readonly recover: (lab: Lab) => Promise<RunResult | undefined>;
  /** What an undisturbed life leaves behind, given what the dead run had carried out. */
  readonly wanted: Standing | ((carriedOut: Doomed['carriedOut']) => Standing);
  /** Left out where the time is wanted for others: what a write leaves is what stands before the next one. */
  readonly whens?: readonly KillPoint['when'][];
  /** False where nothing is served yet, as in the middle of a first release. */
  readonly watched: boolean;
  /** How the app's traffic moves; by its route when left out. */
  readonly mode?: TrafficMode;
}

/** All that the world can see of an app between two runs. */
export interface Standing {
  readonly objects: readonly string[];
  readonly serving: string | undefined;
}

export async function standingOf(lab: Lab): Promise<Standing> {
  return { objects: await listObjects(lab.cluster), serving: lab.serving() };
}

/** Where an undisturbed life leads: some deeds in a cluster of their own. */
export async function standingAfter(
  ...deeds: readonly ((lab: Lab) => Promise<unknown>)[]
): Promise<Standing> {
  return standingIn('gateway', ...deeds);
}

/** The same for an app whose traffic moves in another way. */
export async function standingIn(
  mode: TrafficMode,
  ...deeds: readonly ((lab: Lab) => Promise<unknown>)[]
): Promise<Standing> {
  const lab = await openLab({ mode });
  for (const deed of deeds) await deed(lab);
  await settle(lab);
  const standing = await standingOf(lab);
  await lab.close();
  return standing;
}

/** Pods that were told to go need their time. */
async function settle(lab: Lab): Promise<void> {
  await lab.clock.sleep(5_000);
}

/** A rollback may find that there is nothing to go back to: then nothing had been begun, or all is done. */
export async function rollbackIfAny(lab: Lab): Promise<RunResult | undefined> {
  return lab.rollback().catch((thrown: unknown) => {
    if (thrown instanceof StreamGateError && thrown.code === 'Refused') return undefined;
    throw thrown;
  });
}

/** Whether the dead run had come past the point of no return. */
export function hadPromoted(carriedOut: Doomed['carriedOut']): boolean {
  return carriedOut.some(({ body = '' }) => body.includes('\\"phase\\": \\"promoted\\"'));
}

export interface SweepReport {
  readonly tested: number;
  /** One entry for each point after which something was wrong. */
  readonly failures: readonly string[];
}

/** Kills the deed before and after each of its writes, one cluster for each point. */
export async function sweep(options: Sweep): Promise<SweepReport> {
  const failures: string[] = [];
  let tested = 0;
  const writes = await countWrites(options);
  for (let nth = 1; nth <= writes; nth++) {
    for (const when of options.whens ?? (['before', 'after'] as const)) {
      failures.push(...(await tryPoint(options, { nth, when })));
      tested += 1;
    }
  }
  return { tested, failures };
}

async function countWrites({ arrange, deed, mode }: Sweep): Promise<number> {
  const lab = await openLab({ mode });
  await arrange(lab);
  const undisturbed = startDoomed(lab);
  await deed(lab, undisturbed.change);
  await lab.close();
  return undisturbed.writes.length;
}

async function tryPoint(options: Sweep, point: KillPoint): Promise<string[]> {
  const lab = await openLab({ mode: options.mode });
  try {
    await options.arrange(lab);
    const doomed = startDoomed(lab, point);
    const entry = watchEntry(lab);
    const ended = await Promise.race([doomed.dead, options.deed(lab, doomed.change)]);
    if (ended !== 'dead') return [`point ${point.nth} was never reached`];
    const what = `${point.when} write ${point.nth} (${describeLast(doomed)})`;
    const problems: string[] = [];
    const result = await options.recover(lab).catch((thrown: unknown) => void problems.push(String(thrown)));
    await settle(lab);
    entry.end();
    const { wanted } = options;
    const standing = typeof wanted === 'function' ? wanted(doomed.carriedOut) : wanted;
    problems.push(...(await problemsOf(lab, standing)));
    if (options.watched && entry.lost.length > 0) problems.push(`lost: ${entry.lost.slice(0, 3).join(', ')}`);
    const told = result === undefined ? '' : ` [${result.outcome}: ${result.reason}]`;
    return problems.length === 0 ? [] : [`${what}${told}: ${problems.join('; ')}`];
  } finally {
    await lab.close();
  }
}

function describeLast({ writes }: Doomed): string {
  const last = writes.at(-1);
  if (last === undefined) return 'none';
  const steps = [...(last.body ?? '').matchAll(/\\"id\\": \\"([a-z-]+)\\",\\n\s+\\"state\\": \\"(\w+)/g)];
  const step = steps.at(-1);
  return `${describeWrite(last)}${step === undefined ? '' : `, ${step[1]} ${step[2]}`}`;
}

async function problemsOf(lab: Lab, wanted: Standing): Promise<string[]> {
  const found = await standingOf(lab);
  const missing = wanted.objects.filter((line) => !found.objects.includes(line));
  const extra = found.objects.filter((line) => !wanted.objects.includes(line));
  return [
    ...missing.map((line) => `missing ${shorten(line)}`),
    ...extra.map((line) => `extra ${shorten(line)}`),
    ...(missing.length + extra.length === 0 && found.objects.length !== wanted.objects.length
      ? [`${found.objects.length} objects instead of ${wanted.objects.length}`]
      : []),
    ...(found.serving === wanted.serving ? [] : [`serves ${found.serving}, should serve ${wanted.serving}`]),
    ...(await problemsOfVersions(lab)),
    ...(await problemsOfLock(lab)),
  ];
}

function shorten(line: string): string {
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

/** The lock is free, or that of the dead, which the next run may take within a minute. */
async function problemsOfLock({ cluster, clock, get }: Lab): Promise<string[]> {
  const lease = await get('coordination.k8s.io/v1', 'Lease', 'streamgate-shop');
  if (at(lease, 'spec', 'holderIdentity') === undefined) return [];
  const signal = new AbortController().signal;
  const request = { cluster, clock, log: silentLog, namespace, app: 'shop', identity: 'next', signal };
  const lock = await takeLock({ ...request, timeoutMs: 60_000 }).catch((thrown: unknown) => String(thrown));
  if (typeof lock === 'string') return [`the lock cannot be taken: ${lock}`];
  await lock.release();
  return [];
}

/** Exactly one version answers, however often one asks. */
async function problemsOfVersions(lab: Lab): Promise<string[]> {
  const versions = new Set<string>();
  for (let n = 0; n < 10; n++) {
    const { status, env } = lab.ask();
    versions.add(status === 200 ? (env.VERSION ?? 'unknown') : String(status));
  }
  return versions.size === 1 ? [] : [`answers of ${[...versions].join(' and ')} in ${namespace}`];
}
