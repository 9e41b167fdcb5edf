import { formatDuration } from '../../base/index.ts';
import type { Evidence, StepRecord } from '../evidence.ts';
import { cutoverWindow, formatCutover } from './figures.ts';
import { type Html, html } from './html-escape.ts';
import { shorten } from './plain.ts';
import { drawTraffic } from './svg-traffic.ts';
import {
  marksOf,
  type PlacedMark,
  placeMarks,
  type Scale,
  scaleBetween,
  timeSpan,
  timeTicks,
} from './timeline.ts';
import { stepLook } from './words.ts';

const width = 1_080;
const gutter = 268;
const markRow = 20;
const stepRow = 24;
const plotHeight = 168;
const maxSteps = 40;

/** Width of a label in the view box: a little more than letters of the size need, so that none touch. */
function labelWidth(label: string): number {
  return label.length * 6.9 + 16;
}

/**
 * Requests per second by role, failures, steps and marks over one axis of time.
 * Undefined when nothing happened that could be drawn.
 */
export function drawTimeline(evidence: Evidence): Html | undefined {
  const span = timeSpan(evidence);
  if (span === undefined) return undefined;
  const marks = marksOf(evidence, `cut-over ${cutoverOf(evidence)}`, 12).map((mark) => ({
    ...mark,
    label: shorten(mark.label, 30),
  }));
  const scale = scaleFor(span, marks);
  const placed = placeMarks(marks, scale, labelWidth);
  const rows = Math.max(0, ...placed.map((mark) => mark.row + 1));
  const top = 12 + rows * markRow + (evidence.traffic === null ? 0 : 28);
  const plotBottom = evidence.traffic === null ? top : top + plotHeight;
  const axis = plotBottom + 24;
  const steps = evidence.steps.slice(0, maxSteps);
  const bottom = axis + 16 + steps.length * stepRow;
  return html`<svg viewBox="0 0 ${width} ${bottom + 8}" role="img" aria-labelledby="timeline-title timeline-desc" class="timeline">
<title id="timeline-title">Timeline of the release</title>
<desc id="timeline-desc">${describe(evidence)}</desc>
<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" class="candidate"/><line x1="0" y1="0" x2="0" y2="7" class="hatch"/></pattern></defs>
${drawCutover(evidence, scale, top, bottom)}
${drawAxis(scale, top, bottom, axis)}
${evidence.traffic === null ? null : drawTraffic(evidence.traffic, scale, top, plotBottom)}
${drawMarks(placed, rows, bottom)}
${steps.map((step, index) => drawStep(step, scale, axis + 16 + index * stepRow))}
</svg>`;
}

/** The margin on the right holds the labels that begin near the end. */
function scaleFor(
  span: { from: number; to: number },
  marks: readonly { at: string; label: string }[],
): Scale {
  const full = scaleBetween(span.from, span.to, gutter, width - 24);
  const overhang = marks.map((mark) => full.x(Date.parse(mark.at)) + labelWidth(mark.label) - full.right);
  return scaleBetween(span.from, span.to, gutter, width - 24 - Math.max(0, ...overhang));
}

function cutoverOf({ traffic }: Evidence): string {
  return traffic === null ? '' : formatCutover(traffic);
}

function describe(evidence: Evidence): string {
  const steps = evidence.steps.map((step) => `${step.title}: ${stepLook[step.outcome].word}`).join('; ');
  const { traffic } = evidence;
  const requests =
    traffic === null
      ? 'No requests were sent.'
      : `${traffic.planned} requests were sent, ${traffic.failed} failed, cut-over ${formatCutover(traffic)}.`;
  return `${requests} Steps: ${steps === '' ? 'none' : steps}. The tables below hold the same figures.`;
}

function drawAxis(scale: Scale, top: number, bottom: number, axis: number): Html {
  const ticks = timeTicks(scale.to - scale.from).map((offset) => {
    const x = scale.x(scale.from + offset);
    const label = offset === 0 ? '0' : formatDuration(offset);
    return html`<line class="grid" x1="${x}" y1="${top}" x2="${x}" y2="${bottom}"/><text class="tick" x="${x}" y="${axis - 8}" text-anchor="middle">${label}</text>`;
  });
  return html`<g>${ticks}</g>`;
}

/** While both versions answered. */
function drawCutover({ traffic }: Evidence, scale: Scale, top: number, bottom: number): Html | null {
  const window = traffic === null ? undefined : cutoverWindow(traffic);
  if (window === undefined || window.to <= window.from) return null;
  const x = scale.x(window.from);
  return html`<rect class="cutover" x="${x}" y="${top}" width="${Math.max(1, scale.x(window.to) - x)}" height="${bottom - top}"/>`;
}

function drawMarks(placed: readonly PlacedMark[], rows: number, bottom: number): Html {
  const drawn = placed.map(({ x, label, row }) => {
    const y = 12 + (rows - 1 - row) * markRow;
    return html`<line class="mark" x1="${x}" y1="${y}" x2="${x}" y2="${bottom}"/><circle class="mark-dot" cx="${x}" cy="${y}" r="3"/><text class="mark-label" x="${x + 8}" y="${y + 4}">${label}</text>`;
  });
  return html`<g>${drawn}</g>`;
}

/** A band of a step with its glyph and duration; a step that never began is words only. */
function drawStep(step: StepRecord, scale: Scale, y: number): Html {
  const { glyph, word } = stepLook[step.outcome];
  const title = html`<text class="step-title" x="0" y="${y + 15}"><tspan class="glyph-${step.outcome}">${glyph}</tspan><tspan x="18">${shorten(step.title, 36)}</tspan><title>${`${step.title}: ${word}`}</title></text>`;
  const start = Date.parse(step.startedAt ?? '');
  if (!Number.isFinite(start)) {
    return html`${title}<text class="tick" x="${scale.left}" y="${y + 15}">${word}</text>`;
  }
  const from = scale.x(start);
  const to = scale.x(start + step.durationMs);
  const note =
    step.outcome === 'done' ? formatDuration(step.durationMs) : `${word}, ${formatDuration(step.durationMs)}`;
  const right = to + 6 + labelWidth(note) <= width;
  return html`${title}<rect class="step step-${step.outcome}" x="${from}" y="${y + 4}" width="${Math.max(2, to - from)}" height="14" rx="2"/><text class="step-note" x="${right ? to + 6 : from - 6}" y="${y + 15}" text-anchor="${right ? 'start' : 'end'}">${note}</text>`;
}
