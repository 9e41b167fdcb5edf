import type { Milliseconds } from '../../base/index.ts';
import type { Evidence, Mark, Traffic, TrafficBin } from '../evidence.ts';
import { cutoverWindow } from './figures.ts';

/** Where things stand on the timeline, in the units of its view box. Pure geometry: nothing here draws. */
export interface Scale {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly left: number;
  readonly right: number;
  /** Horizontal position of a wall-clock time, kept inside of the plot. */
  x(at: Milliseconds): number;
}

export interface PlacedMark {
  readonly x: number;
  readonly label: string;
  /** 0 is the row nearest to the plot. */
  readonly row: number;
}

export function scaleBetween(from: Milliseconds, to: Milliseconds, left: number, right: number): Scale {
  const span = Math.max(1, to - from);
  return {
    from,
    to: from + span,
    left,
    right,
    x: (at) => left + Math.min(1, Math.max(0, (at - from) / span)) * (right - left),
  };
}

/** From the first thing that happened to the last; undefined when nothing did, as in a plan, or none can be read. */
export function timeSpan(evidence: Evidence): { from: Milliseconds; to: Milliseconds } | undefined {
  const spans = [evidence, ...evidence.steps, ...(evidence.traffic === null ? [] : [evidence.traffic])]
    .map((part) => ({ from: Date.parse(part.startedAt ?? ''), lasted: part.durationMs }))
    .filter(({ from, lasted }) => Number.isFinite(from) && Number.isFinite(lasted) && lasted >= 0);
  const happened = evidence.traffic !== null || evidence.steps.some((step) => step.startedAt !== null);
  if (!happened || spans.length === 0) return undefined;
  const from = Math.min(...spans.map((span) => span.from));
  return { from, to: Math.max(from + 1, ...spans.map((span) => span.from + span.lasted)) };
}

/** Round steps of 1, 2 or 5 (of 15 or 30 for minutes and hours) that give about `count` ticks. */
export function timeTicks(span: Milliseconds, count = 8): readonly Milliseconds[] {
  const step = niceSteps.find((candidate) => span / candidate <= count) ?? 86_400_000;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step);
}

const niceSteps: readonly Milliseconds[] = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
  [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200].map((s) => s * 1_000),
);

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `value`. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= value * 0.999) ?? 10) * power;
}

export interface Column extends Omit<TrafficBin, 'offsetMs'> {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Merges bins until at most `limit` are left: a page stays small however long the run. */
export function columnsOf(traffic: Traffic, limit: number): readonly Column[] {
  const start = Date.parse(traffic.startedAt);
  if (!Number.isFinite(start) || !(traffic.binMs > 0)) return [];
  const size = Math.max(1, Math.ceil(traffic.bins.length / limit));
  const groups = Array.from({ length: Math.ceil(traffic.bins.length / size) }, (_, group) =>
    traffic.bins.slice(group * size, (group + 1) * size),
  );
  return groups.map((group) => ({
    from: start + Math.min(...group.map((bin) => bin.offsetMs)),
    to: start + Math.max(...group.map((bin) => bin.offsetMs)) + traffic.binMs,
    stable: sum(group, 'stable'),
    candidate: sum(group, 'candidate'),
    unknown: sum(group, 'unknown'),
    failed: sum(group, 'failed'),
  }));
}

function sum(bins: readonly TrafficBin[], key: 'stable' | 'candidate' | 'unknown' | 'failed'): number {
  return bins.reduce((total, bin) => total + bin[key], 0);
}

/** The recorded marks and the cut-over, in order of time; at most `limit`. */
export function marksOf(evidence: Evidence, cutover: string, limit: number): readonly Mark[] {
  const window = evidence.traffic === null ? undefined : cutoverWindow(evidence.traffic);
  const measured = window === undefined ? [] : [{ at: new Date(window.from).toISOString(), label: cutover }];
  return [...measured, ...evidence.marks]
    .filter((mark) => Number.isFinite(Date.parse(mark.at)))
    .slice(0, limit)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * Gives each label, which begins at its line, a row in which it covers no other label and no other line.
 * From right to left: a label that reaches over a later line goes above that line's label, where the line
 * has not begun yet.
 */
export function placeMarks(
  marks: readonly Mark[],
  scale: Scale,
  widthOf: (label: string) => number,
): readonly PlacedMark[] {
  const placed: PlacedMark[] = [];
  for (const mark of [...marks].reverse()) {
    const x = scale.x(Date.parse(mark.at));
    const reached = placed.filter((later) => later.x < x + widthOf(mark.label));
    placed.push({ x, label: mark.label, row: Math.max(-1, ...reached.map((later) => later.row)) + 1 });
  }
  return placed.reverse();
}
