import type { Traffic } from '../evidence.ts';
import { formatCount } from './figures.ts';
import { type Html, html } from './html-escape.ts';
import { type Column, columnsOf, niceCeiling, type Scale } from './timeline.ts';

const maxColumns = 200;
const roles = ['stable', 'candidate', 'unknown'] as const;
/** From the axis upwards. A request is in one of these only, so together they are the rate of arrivals. */
const layers = [...roles, 'failed'] as const;

/** Stacked requests per second by role; failures lie on top and are counted above the plot. */
export function drawTraffic(traffic: Traffic, scale: Scale, top: number, bottom: number): Html {
  const columns = columnsOf(traffic, maxColumns);
  const ceiling = niceCeiling(Math.max(...columns.map((column) => height(column, layers.length)), 0));
  const y = (rate: number) => bottom - (Math.min(rate, ceiling) / ceiling) * (bottom - top);
  const levels = [0, ceiling / 2, ceiling].map(
    (rate) =>
      html`<line class="grid" x1="${scale.left}" y1="${y(rate)}" x2="${scale.right}" y2="${y(rate)}"/><text class="tick" x="${scale.left - 10}" y="${y(rate) + 4}" text-anchor="end">${rateLabel(rate)}</text>`,
  );
  return html`<g>${levels}<text class="axis-title" x="0" y="${top + 4}">Requests per second</text>
${drawKey(traffic, top + 30)}
${layers.map((layer, index) => drawLayer(layer, index, columns, scale, y))}
${drawFailures(columns, scale, top - 16)}</g>`;
}

/** Requests per second of the first `count` layers together. */
function height(column: Column, count: number): number {
  const requests = layers.slice(0, count).reduce((sum, layer) => sum + column[layer], 0);
  return (requests * 1_000) / (column.to - column.from);
}

function rateLabel(rate: number): string {
  return rate < 10 ? String(Number(rate.toFixed(1))) : formatCount(rate);
}

/** One layer as one stepped outline: along its upper edge and back along its lower one. */
function drawLayer(
  layer: (typeof layers)[number],
  index: number,
  columns: readonly Column[],
  scale: Scale,
  y: (rate: number) => number,
): Html | null {
  if (columns.every((column) => column[layer] <= 0)) return null;
  const edge = (column: Column, count: number) => {
    const level = y(height(column, count)).toFixed(1);
    return [`${scale.x(column.from).toFixed(1)} ${level}`, `${scale.x(column.to).toFixed(1)} ${level}`];
  };
  const upper = columns.flatMap((column) => edge(column, index + 1));
  const lower = columns.flatMap((column) => edge(column, index)).reverse();
  const outline = { html: `M${[...upper, ...lower].join('L')}Z` };
  return html`<path class="bar-${layer}" d="${outline}"/>`;
}

/** Crosses that would touch become one with the sum beside it. */
function drawFailures(columns: readonly Column[], scale: Scale, y: number): Html | null {
  const groups: { x: number; count: number }[] = [];
  for (const column of columns.filter(({ failed }) => failed > 0)) {
    const x = scale.x((column.from + column.to) / 2);
    const last = groups.at(-1);
    if (last !== undefined && x - last.x < 44) last.count += column.failed;
    else groups.push({ x, count: column.failed });
  }
  if (groups.length === 0) return null;
  const crosses = groups.map(
    ({ x, count }) =>
      html`<path class="cross" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/><text class="failed-count" x="${x + 8}" y="${y + 4}">${formatCount(count)}</text>`,
  );
  return html`<g><text class="failed-title" x="${scale.left - 10}" y="${y + 4}" text-anchor="end">Failed</text>${crosses}</g>`;
}

/** Names of the roles beside the plot, each with its fill; only those that answered. */
function drawKey(traffic: Traffic, top: number): readonly Html[] {
  const versionsOf = (role: (typeof roles)[number]) => [
    ...new Set(
      traffic.byVersion.filter((seen) => seen.role === role).map((seen) => seen.version ?? 'not said'),
    ),
  ];
  return roles
    .filter((role) => traffic.bins.some((bin) => bin[role] > 0))
    .map((role, index) => {
      const y = top + index * 22;
      const versions = versionsOf(role).slice(0, 2).join(', ').slice(0, 14);
      return html`<rect class="bar-${role}" x="0" y="${y - 10}" width="12" height="12"/><text class="key" x="20" y="${y}">${role} ${versions}</text>`;
    });
}
