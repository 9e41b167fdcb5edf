import { formatDuration } from '../../base/index.ts';
import type { Evidence, FailedRequest, Traffic, VersionTraffic } from '../evidence.ts';
import {
  accountingProblem,
  answeredCount,
  attributionSentence,
  formatCount,
  keptSentence,
  lossSentence,
  occurredClasses,
  timeOfDay,
} from './figures.ts';
import { type Html, html } from './html-escape.ts';
import { htmlTable } from './html-proof.ts';
import { classMeaning, missesTraffic, populationPhrase } from './words.ts';

/** What callers saw: the loss, who answered when, how requests ended. */
export function trafficPart(evidence: Evidence): Html | null {
  const { traffic } = evidence;
  if (traffic === null) {
    if (!missesTraffic(evidence)) return null;
    return html`<section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2><p>Loss was not measured: nothing was probed.</p></section>`;
  }
  const blame = attributionSentence(traffic);
  const kept = keptSentence(traffic);
  const problem = accountingProblem(traffic);
  return html`<section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2>
<p>Failed: <strong>${lossSentence(traffic)}</strong>${blame === '' ? '' : `: ${blame}`}. ${formatCount(answeredCount(traffic))} were answered.</p>
${problem === undefined ? null : html`<p><strong class="doubtful">! Invalid count:</strong> ${problem}</p>`}
${kept === '' ? null : html`<p>${kept}.</p>`}
${versionTable(traffic.byVersion)}
${classTable(traffic)}
${failureTable(traffic.failures)}
${probing(traffic)}</section>`;
}

function probing(traffic: Traffic): Html {
  const { latencyMs } = traffic;
  const host = traffic.host === null ? null : html` as <code>${traffic.host}</code>`;
  const latency =
    latencyMs === null
      ? ''
      : ` Latency: median ${formatDuration(latencyMs.p50)}, 99th percentile ${formatDuration(latencyMs.p99)}, longest ${formatDuration(latencyMs.max)}.`;
  return html`<p class="note">Probed from the ${traffic.from} with ${formatCount(traffic.ratePerSecond)} requests per second for ${formatDuration(traffic.durationMs)} on <code>${traffic.url}</code>${host}, versions told apart by <code>${traffic.versionSource}</code>.${latency} The prober itself sent at most ${formatDuration(traffic.lagP99Ms)} late in 99 % of cases.</p>`;
}

function versionTable(versions: readonly VersionTraffic[]): Html | null {
  if (versions.length === 0) return null;
  const rows = versions
    .slice(0, 200)
    .map(
      (seen) =>
        html`<tr><th scope="row">${seen.version === null ? 'not said' : html`<code>${seen.version}</code>`}</th><td>${seen.role}</td><td>${populationPhrase[seen.population]}</td><td class="number">${formatCount(seen.answers)}</td><td class="number ${seen.failed > 0 ? 'bad' : ''}">${formatCount(seen.failed)}</td><td class="number">${timeOfDay(seen.firstAt)}</td><td class="number">${timeOfDay(seen.lastAt)}</td></tr>`,
    );
  const columns = [
    ['Version'],
    ['Role'],
    ['Connections'],
    ['Answers', 'number'],
    ['Failed', 'number'],
    ['First answer, UTC', 'number'],
    ['Last answer, UTC', 'number'],
  ] as const;
  return html`<h3>By version</h3>${htmlTable('Answers by version', columns, rows)}`;
}

function classTable(traffic: Traffic): Html | null {
  const ended = occurredClasses(traffic);
  if (ended.length === 0) return null;
  const rows = ended.map(
    (entry) =>
      html`<tr><th scope="row"><code>${entry.class}</code></th><td class="number">${formatCount(entry.count)}</td><td>${classMeaning[entry.class]}</td></tr>`,
  );
  const columns = [['Class'], ['Requests', 'number'], ['Meaning']] as const;
  return html`<h3>How requests ended</h3>${htmlTable('Requests by class', columns, rows)}`;
}

function failureTable(failures: readonly FailedRequest[]): Html | null {
  if (failures.length === 0) return null;
  const rows = failures
    .slice(0, 100)
    .map(
      (failed) =>
        html`<tr><th scope="row" class="word">${timeOfDay(failed.at)}</th><td><code>${failed.class}</code></td><td>${failed.status ?? '–'}</td><td>${failed.version ?? 'not said'}</td><td>${failed.attribution}</td><td>${populationPhrase[failed.population]}</td><td class="wide"><code>${failed.detail}</code></td><td><code>${failed.id}</code></td></tr>`,
    );
  const columns = [
    'At, UTC',
    'Class',
    'Status',
    'Version',
    'Attributed to',
    'Connection',
    'Answer',
    'Request',
  ];
  const table = htmlTable(
    'Failed requests',
    columns.map((name) => [name] as const),
    rows,
  );
  const heading = html`<h3>Failed requests</h3>`;
  if (failures.length <= 10) return html`${heading}${table}`;
  return html`${heading}<details><summary>The first ${rows.length} failed requests</summary>${table}</details>`;
}
