import { formatDuration } from '../../base/index.ts';
import type { Evidence, FailedRequest, Traffic, VersionTraffic } from '../evidence.ts';
import {
  accountingProblem,
  answeredCount,
  attributionSentence,
  formatCount,
  formatCutover,
  keptSentence,
  lossSentence,
  occurredClasses,
  sparkline,
  timeOfDay,
} from './figures.ts';
import { code, folded, table, text } from './markdown-escape.ts';
import { classMeaning, missesTraffic, populationPhrase } from './words.ts';

/** What callers saw: the loss, who answered when, how requests ended. */
export function trafficSection(evidence: Evidence): string | undefined {
  const { traffic } = evidence;
  if (traffic === null)
    return missesTraffic(evidence)
      ? '### Traffic\n\n**Loss was not measured:** nothing was probed.'
      : undefined;
  const problem = accountingProblem(traffic);
  return [
    '### Traffic',
    `**Failed requests: ${text(lossSentence(traffic))}.** ${blame(traffic)}`,
    probedBy(traffic),
    problem === undefined ? '' : `⚠️ **Invalid count:** ${problem}`,
    figuresTable(traffic),
    sentenceOf(keptSentence(traffic)),
    traffic.byVersion.length === 0 ? '' : versionTable(traffic.byVersion),
    overTime(traffic),
    classTable(traffic),
    failuresList(traffic.failures),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Whom the failed ones are attributed to. */
function blame(traffic: Traffic): string {
  return sentenceOf(attributionSentence(traffic));
}

function sentenceOf(words: string): string {
  return words === '' ? '' : `${text(words)}.`;
}

function probedBy(traffic: Traffic): string {
  const host = traffic.host === null ? '' : ` as ${code(traffic.host)}`;
  const rate = `Probed with ${formatCount(traffic.ratePerSecond)} requests/s for ${formatDuration(traffic.durationMs)}`;
  return `${rate} on ${code(traffic.url)}${host}, versions told apart by ${code(traffic.versionSource)}.`;
}

function figuresTable(traffic: Traffic): string {
  const { latencyMs } = traffic;
  const latency =
    latencyMs === null ? 'unknown' : [latencyMs.p50, latencyMs.p99, latencyMs.max].map(formatDuration);
  return table(
    [
      ['Planned', 'right'],
      ['Answered', 'right'],
      ['Failed', 'right'],
      ['Cut-over', 'right'],
      ['Latency p50 / p99 / max', 'right'],
      ["Prober's lag p99", 'right'],
    ],
    [
      [
        formatCount(traffic.planned),
        formatCount(answeredCount(traffic)),
        formatCount(traffic.failed),
        formatCutover(traffic),
        typeof latency === 'string' ? latency : latency.join(' / '),
        formatDuration(traffic.lagP99Ms),
      ],
    ],
  );
}

function versionTable(versions: readonly VersionTraffic[]): string {
  const rows = versions
    .slice(0, 100)
    .map((seen) => [
      seen.version === null ? 'not said' : code(seen.version),
      seen.role,
      populationPhrase[seen.population],
      formatCount(seen.answers),
      formatCount(seen.failed),
      text(timeOfDay(seen.firstAt)),
      text(timeOfDay(seen.lastAt)),
    ]);
  return table(
    [
      ['Version'],
      ['Role'],
      ['Connections'],
      ['Answers', 'right'],
      ['Failed', 'right'],
      ['First answer (UTC)'],
      ['Last answer (UTC)'],
    ],
    rows,
  );
}

/** One line per role, all to one scale, so that the hand-over can be seen. */
function overTime({ bins }: Traffic): string {
  if (bins.length < 2) return '';
  const top = Math.max(...bins.map((bin) => bin.stable + bin.candidate + bin.unknown));
  const line = (name: string, values: readonly number[]) =>
    values.some((value) => value > 0) ? `${name.padEnd(10)}${sparkline(values, 60, top)}` : '';
  const lines = [
    line(
      'stable',
      bins.map((bin) => bin.stable),
    ),
    line(
      'candidate',
      bins.map((bin) => bin.candidate),
    ),
    line(
      'unknown',
      bins.map((bin) => bin.unknown),
    ),
    line(
      'failed',
      bins.map((bin) => bin.failed),
    ),
  ].filter((text) => text !== '');
  return ['```text', ...lines, '```'].join('\n');
}

function classTable(traffic: Traffic): string {
  const ended = occurredClasses(traffic);
  if (ended.length === 0) return '';
  const rows = ended.map((entry) => [code(entry.class), formatCount(entry.count), classMeaning[entry.class]]);
  const list = table([['Class'], ['Requests', 'right'], ['Meaning']], rows);
  return ended.length === 1 ? folded('How the requests ended', list) : list;
}

function failuresList(failures: readonly FailedRequest[]): string {
  if (failures.length === 0) return '';
  const rows = failures
    .slice(0, 100)
    .map((failed) => [
      text(timeOfDay(failed.at)),
      code(failed.class),
      failed.status === null ? '' : String(failed.status),
      failed.version === null ? 'not said' : code(failed.version),
      failed.attribution,
      populationPhrase[failed.population],
      code(failed.detail, 300),
      code(failed.id),
    ]);
  const columns = [
    'At (UTC)',
    'Class',
    'Status',
    'Version',
    'Attributed to',
    'Connection',
    'Answer',
    'Request',
  ];
  const list = table(
    columns.map((name) => [name] as const),
    rows,
  );
  return failures.length > 5 ? folded(`The first ${rows.length} failed requests`, list) : list;
}
