import { formatBound, formatDuration } from '../../base/index.ts';
import type { Evidence, Failure } from '../evidence.ts';
import { factsOf, type Piece } from './facts.ts';
import { countOf, formatCount, formatCutover, formatShare } from './figures.ts';
import { type Html, html, htmlLines } from './html-escape.ts';
import { planPart } from './html-plan.ts';
import { gatesPart, stepsPart } from './html-proof.ts';
import { trafficPart } from './html-traffic.ts';
import { headOf, listed, manyLines, prose } from './plain.ts';
import { pageStyle } from './style.ts';
import { drawTimeline } from './svg.ts';
import { missesTraffic, outcomeSentence, verdictLook } from './words.ts';

/**
 * One self-contained page: no script, no network, light and dark, readable without colour and on paper.
 * The policy in its head forbids everything but its own style, should an escape ever be missing.
 */
export function renderHtml(evidence: Evidence): string {
  const sentence = outcomeSentence(evidence);
  const { word } = verdictLook[evidence.verdict];
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${`${word}: ${sentence}`}</title>
<style>
${{ html: pageStyle }}
</style>
</head>
<body>
<main class="page">
${header(evidence)}
${failurePart(evidence.failure)}
${nextPart(evidence.next)}
${warningsPart(evidence.warnings)}
${planPart(evidence.plan)}
${timelinePart(evidence)}
${logsPart(evidence.failure)}
${trafficPart(evidence)}
${gatesPart(evidence.gates)}
${stepsPart(evidence.steps)}
${factsPart(evidence)}
${footerPart(evidence)}
</main>
</body>
</html>`.html
  }\n`;
}

function header(evidence: Evidence): Html {
  const { glyph, word } = verdictLook[evidence.verdict];
  return html`<header>
<p class="eyebrow">StreamGate · ${evidence.command}</p>
<p class="verdict ${evidence.verdict}"><span class="icon" aria-hidden="true">${glyph}</span>${word}</p>
<h1>${outcomeSentence(evidence)}</h1>
<p class="lead">${prose(headOf(evidence))}</p>
<dl class="figures">${figures(evidence)}</dl>
</header>`;
}

/** The figures that a reader looks for first. */
function figures(evidence: Evidence): readonly Html[] {
  const { traffic, durationMs, release, plan } = evidence;
  const cell = (label: string, value: string, note: string) =>
    html`<div><dt>${label}</dt><dd>${value}<small>${note}</small></dd></div>`;
  const { stable, candidate } = release ?? { stable: null, candidate: null };
  const from = stable === null ? '' : `from revision ${stable.revision}, ${stable.slot}`;
  const revision =
    candidate === null ? [] : [cell('Revision', revisionOf(candidate), from || 'first release')];
  if (plan !== undefined) {
    const differing = plan.objects.filter(({ action }) => action !== 'unchanged').length;
    const basis = plan.basis === 'history' ? 'by earlier releases' : 'by estimate';
    return [
      cell('Would change', formatCount(differing), `of ${formatCount(plan.objects.length)} objects`),
      cell('Would take about', formatDuration(plan.durationMs), basis),
      ...revision,
    ];
  }
  const loss =
    traffic === null
      ? missesTraffic(evidence)
        ? [cell('Failed requests', 'not measured', 'nothing was probed')]
        : []
      : [
          cell(
            'Failed requests',
            `${formatCount(traffic.failed)} of ${formatCount(traffic.planned)}`,
            boundOf(traffic),
          ),
          cell('Cut-over', formatCutover(traffic), 'first new to last old answer'),
        ];
  return [...loss, cell('Duration', formatDuration(durationMs), 'of the whole run'), ...revision];
}

function revisionOf(side: { revision: number; slot: string }): string {
  return side.revision === 0 ? `none yet, ${side.slot}` : `${side.revision}, ${side.slot}`;
}

function boundOf(traffic: { bound95: number | null; planned: number; failed: number }): string {
  if (traffic.bound95 !== null) return `at most ${formatBound(traffic.bound95)} with 95 % confidence`;
  return traffic.planned > 0 ? `${formatShare(traffic.failed / traffic.planned)} of all` : 'no requests';
}

function failurePart(failure: Failure | null): Html | null {
  if (failure === null) return null;
  const [message, items] = listed(failure.message);
  const list =
    items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${prose(item)}</li>`)}</ul>`;
  const remedy =
    failure.remedy === null ? null : html`<p><strong>What to do:</strong> ${prose(failure.remedy)}</p>`;
  const seen =
    failure.evidence.length === 0
      ? null
      : html`<h3>What was seen before anything was cleaned up</h3><pre>${htmlLines(manyLines(failure.evidence, 400))}</pre>`;
  return html`<section class="failure" aria-labelledby="failure"><h2 id="failure">What went wrong</h2>
<p><strong class="bad">${failure.code}:</strong> ${prose(message)}</p>${list}${remedy}${seen}</section>`;
}

/** Below what they explain, and folded: they are many, and seldom all of interest. */
function logsPart(failure: Failure | null): Html | null {
  const { logs = [] } = failure ?? {};
  if (logs.length === 0) return null;
  const lines = manyLines(logs, 400);
  return html`<section aria-labelledby="logs"><h2 id="logs">Last log lines of its pods</h2><details><summary>${countOf(lines.length, 'line')}</summary><pre>${htmlLines(lines)}</pre></details></section>`;
}

function nextPart(next: string | null): Html | null {
  if (next === null) return null;
  return html`<section aria-labelledby="next"><h2 id="next">Next command</h2><pre><code>${htmlLines(manyLines([next], 20))}</code></pre></section>`;
}

function warningsPart(warnings: readonly string[]): Html | null {
  if (warnings.length === 0) return null;
  const items = warnings
    .slice(0, 500)
    .map((warning) => html`<li><strong class="doubtful">! Warning:</strong> ${prose(warning)}</li>`);
  return html`<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul class="warnings">${items}</ul></section>`;
}

function timelinePart(evidence: Evidence): Html | null {
  const drawn = drawTimeline(evidence);
  if (drawn === undefined) return null;
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Timeline, scrolls sideways">${drawn}</div>
<p class="note sideways">The timeline scrolls sideways; the tables below hold its figures.</p></section>`;
}

function factsPart(evidence: Evidence): Html {
  const { environment } = evidence;
  const about = [
    ['StreamGate', environment.streamgate],
    ['Node', environment.node],
    ['Kubernetes', environment.kubernetes],
    ['Platform', environment.platform],
    ['Digest', evidence.digest],
  ] as const;
  const rows = [
    ...factsOf(evidence).map(({ label, pieces }) => html`<dt>${label}</dt><dd>${pieces.map(pieceOf)}</dd>`),
    ...about.map(
      ([label, value]) => html`<dt>${label}</dt><dd><code>${value === '' ? 'unknown' : value}</code></dd>`,
    ),
  ];
  return html`<section aria-labelledby="facts"><h2 id="facts">Release and environment</h2><dl class="facts">${rows}</dl></section>`;
}

function pieceOf(piece: Piece): Html {
  if (piece.kind === 'link') return html`<a href="${piece.href}">${piece.text}</a>`;
  return piece.kind === 'code' ? html`<code>${piece.text}</code>` : html`${piece.text}`;
}

function footerPart({ schema }: Evidence): Html {
  return html`<footer>A view of one evidence document, schema <code>${schema}</code>. The digest covers the document's canonical JSON without the digest itself.</footer>`;
}
