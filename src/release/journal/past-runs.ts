import { type Milliseconds, toInstant } from '../../base/index.ts';
import type { StepRecord } from '../../evidence/index.ts';
import type { Journal } from './journal.ts';

/** What takes equally long each time: a first release, a later one, a way back onto warm pods, or onto new ones. */
export type RunKind = 'first' | 'release' | 'warm' | 'cold';

/** How long one run took, step by step, up to the point of no return. */
export interface PastRun {
  readonly kind: RunKind;
  /** RFC 3339: when it was done. */
  readonly at: string;
  readonly steps: Readonly<Record<string, Milliseconds>>;
}

const kept = 10;
/** How long these take is given, not found out. */
const settled = ['observe', 'retire'];

/** The journal with one more run in it. A run that went on with another one has not done all of it, and is not kept. */
export function withRun(
  journal: Journal,
  kind: RunKind,
  records: readonly StepRecord[],
  now: Milliseconds,
): Pick<Journal, 'runs'> {
  const runs = runsOf(journal);
  if (records.some(({ outcome }) => outcome !== 'done')) return { runs };
  const timed = records.filter(({ id }) => !settled.includes(id));
  const steps = Object.fromEntries(timed.map(({ id, durationMs }) => [id, Math.round(durationMs)]));
  return { runs: [...runs, { kind, at: toInstant(now), steps }].slice(-kept) };
}

/** Journals of before had none. */
export function runsOf(journal: Journal | undefined): readonly PastRun[] {
  return journal?.runs ?? [];
}

/** How long each step took in the median of the runs of this kind; empty where none was timed. */
export function usualSteps(
  journal: Journal | undefined,
  kind: RunKind,
): Readonly<Record<string, Milliseconds>> {
  const runs = runsOf(journal).filter((run) => run.kind === kind);
  const ids = new Set(runs.flatMap(({ steps }) => Object.keys(steps)));
  return Object.fromEntries([...ids].map((id) => [id, median(runs.flatMap(({ steps }) => steps[id] ?? []))]));
}

export function totalOf({ steps }: PastRun): Milliseconds {
  return Object.values(steps).reduce((sum, ms) => sum + ms, 0);
}

/** Of an even number, the upper one: a forecast should rather be late than early. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
