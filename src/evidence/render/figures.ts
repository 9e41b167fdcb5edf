import { formatBound, formatDuration, type Milliseconds } from '../../base/index.ts';
import type { AnswerClass, Traffic } from '../evidence.ts';

/** `12,000`: the same on every machine, whatever its locale. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return 'unknown';
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 observation`, `6 observations`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `36 by the candidate, 1 by the switch, 4 on the prober's own side`; empty when nothing failed. */
export function attributionSentence(traffic: Traffic): string {
  return attributions
    .map(([attribution, phrase]) => [traffic.byAttribution[attribution] ?? 0, phrase] as const)
    .filter(([count]) => count > 0)
    .map(([count, phrase]) => `${formatCount(count)} ${phrase}`)
    .join(', ');
}

const attributions = [
  ['candidate', 'by the candidate'],
  ['switch', 'by the switch'],
  ['stable', 'by the stable version'],
  ['own-side', "on the prober's own side"],
] as const;

/** A share with two significant digits: `0.025 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Number((share * 100).toPrecision(2))} %` : 'unknown';
}

/**
 * `0 of 12,000 (95 % bound 3/12,000 = 0.025 %)` or `37 of 12,000 (0.31 %)`.
 * None of N failed bounds the true share by 3/N with 95 % confidence: the rule of three.
 */
export function lossSentence(traffic: Traffic): string {
  const total = formatCount(traffic.planned);
  const counted = `${formatCount(traffic.failed)} of ${total}`;
  if (traffic.bound95 !== null) return `${counted} (95 % bound 3/${total} = ${formatBound(traffic.bound95)})`;
  return traffic.planned > 0 ? `${counted} (${formatShare(traffic.failed / traffic.planned)})` : counted;
}

/**
 * `3 of 8 kept connections still talked to the old version when the traffic had moved; 0 requests on them ended without
 * an answer`; empty where connections follow their route.
 */
export function keptSentence({ keptConnections: kept }: Traffic): string {
  if (kept === null) return '';
  const stayed = `${formatCount(kept.onAbandoned)} of ${countOf(kept.connections, 'kept connection')} still talked to the old version when the traffic had moved`;
  return `${stayed}; ${countOf(kept.cut, 'request')} on kept connections ended without an answer`;
}

export function answeredCount(traffic: Traffic): number {
  return traffic.byVersion.reduce((sum, version) => sum + version.answers, 0);
}

/** Classes that occurred, most frequent first. */
export function occurredClasses(traffic: Traffic): readonly { class: AnswerClass; count: number }[] {
  return knownClasses
    .map((name) => ({ class: name, count: traffic.byClass[name] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

const knownClasses: readonly AnswerClass[] = [
  'ok',
  'status',
  'refused',
  'reset',
  'eof',
  'truncated',
  'timeout',
  'wrong-version',
  'protocol',
  'tls',
  'own-side',
];

/** Said when the classes do not add up to the plan; undefined when every request is accounted for. */
export function accountingProblem(traffic: Traffic): string | undefined {
  const counted = occurredClasses(traffic).reduce((sum, { count }) => sum + count, 0);
  if (counted === traffic.planned) return undefined;
  return `${formatCount(counted)} requests ended, but ${formatCount(traffic.planned)} were planned: this count cannot be trusted.`;
}

/** The instants between which both versions answered: first of the candidate, last of the stable one. */
export function cutoverWindow(traffic: Traffic): { from: Milliseconds; to: Milliseconds } | undefined {
  if (traffic.cutoverMs === null) return undefined;
  const telling = traffic.byVersion.filter(
    ({ population }) => traffic.keptConnections === null || population === 'fresh',
  );
  const first = telling.filter((v) => v.role === 'candidate').map((v) => Date.parse(v.firstAt));
  const last = telling.filter((v) => v.role === 'stable').map((v) => Date.parse(v.lastAt));
  const from = Math.min(...first);
  const to = Math.max(...last);
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : undefined;
}

export function formatCutover(traffic: Traffic): string {
  return traffic.cutoverMs === null ? 'not seen' : formatDuration(traffic.cutoverMs);
}

/** Time of day of an instant in UTC, `14:03:12.480`; the text itself when it is no instant. */
export function timeOfDay(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(11, 23) : instant;
}

/** `2026-03-14 14:03:12 UTC`; the text itself when it is no instant. */
export function dayAndTime(instant: string): string {
  const ms = Date.parse(instant);
  if (!Number.isFinite(ms)) return instant;
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/** A bar of block characters, `width` long at share 1; anything above nothing is visible. */
export function blockBar(share: number, width: number): string {
  if (!(share > 0)) return '';
  const steps = Math.max(1, Math.round(Math.min(1, share) * width * 8));
  return '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '');
}

const levels = ' ▁▂▃▄▅▆▇█';

/** Numbers over time as one line of at most `width` characters; a dot where nothing happened. */
export function sparkline(values: readonly number[], width: number, top = Math.max(...values, 0)): string {
  const columns = Math.min(width, values.length);
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    const slice = values.slice(from, to);
    const mean = slice.reduce((sum, value) => sum + value, 0) / slice.length;
    return mean > 0 && top > 0 ? (levels[Math.max(1, Math.round(Math.min(1, mean / top) * 8))] ?? '█') : '·';
  }).join('');
}
