import { formatDuration } from '../../base/index.ts';
import type { StepRecord } from '../evidence.ts';
import type { GateResult, Observation } from '../gate.ts';
import { countOf, formatCount } from './figures.ts';
import { type Html, html } from './html-escape.ts';
import { prose } from './plain.ts';
import { arePlanned, stepLook, verdictLook } from './words.ts';

const maxRows = 500;

/** A table that scrolls sideways by itself, so that the page never does. */
export function htmlTable(
  label: string,
  columns: readonly (readonly [string, string?])[],
  rows: readonly Html[],
): Html {
  const head = columns.map(([name, style]) => html`<th scope="col" class="${style ?? ''}">${name}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

export function leftOut(count: number, shown: number): Html | null {
  if (count <= shown) return null;
  return html`<p class="note">${formatCount(count - shown)} more are in the evidence file.</p>`;
}

const verdictTone = { pass: 'good', fail: 'bad', inconclusive: 'doubtful', invalid: 'doubtful' } as const;
const stepTone = {
  done: 'good',
  failed: 'bad',
  undone: 'doubtful',
  skipped: 'muted',
  planned: 'muted',
} as const;

export function gatesPart(gates: readonly GateResult[]): Html | null {
  if (gates.length === 0) return null;
  const shown = gates.slice(0, maxRows);
  return html`<section aria-labelledby="gates"><h2 id="gates">Gates</h2>${shown.map(gatePart)}${leftOut(gates.length, maxRows)}</section>`;
}

/** What failed stands open with its answer; what passed is folded when it is long. */
function gatePart(gate: GateResult): Html {
  const { glyph, word } = verdictLook[gate.verdict];
  const failed = gate.observations.filter(({ ok }) => !ok);
  const passed = gate.observations.filter(({ ok }) => ok);
  const folded =
    passed.length === 0
      ? null
      : html`<details><summary>${countOf(passed.length, 'observation')} passed</summary>${observationTable(gate, passed)}</details>`;
  return html`<h3>${gate.gate} <span class="${verdictTone[gate.verdict]}">${glyph} ${word}</span></h3>
<p>${prose(gate.reason)} <span class="muted">Took ${formatDuration(gate.durationMs)}.</span></p>
${failed.length === 0 ? null : observationTable(gate, failed)}${folded}`;
}

function observationTable(gate: GateResult, observations: readonly Observation[]): Html {
  const rows = observations.slice(0, maxRows).map((seen) => {
    const answer =
      seen.detail === undefined || seen.detail === ''
        ? null
        : html`<tr class="answer"><td colspan="5"><pre>${seen.detail}</pre></td></tr>`;
    const mark = seen.ok ? html`<span class="good">✓ ok</span>` : html`<span class="bad">✗ failed</span>`;
    const attempts = seen.attempts === undefined ? '' : formatCount(seen.attempts);
    return html`<tr><th scope="row" class="wide">${seen.name}</th><td class="word">${mark}</td><td>${seen.seen}</td><td>${seen.wanted}</td><td class="number">${attempts}</td></tr>${answer}`;
  });
  const columns = [['Looked at'], ['Result'], ['Seen'], ['Wanted'], ['Attempts', 'number']] as const;
  return html`${htmlTable(`Observations of ${gate.gate}`, columns, rows)}${leftOut(observations.length, maxRows)}`;
}

export function stepsPart(steps: readonly StepRecord[]): Html | null {
  if (steps.length === 0) return null;
  const planned = arePlanned(steps);
  const rows = steps.slice(0, maxRows).map((step) => {
    const { glyph, word } = stepLook[step.outcome];
    const took = step.startedAt === null ? expectedOf(step) : formatDuration(step.durationMs);
    const title = html`<th scope="row" class="wide">${prose(step.title)}</th>`;
    if (planned) return html`<tr>${title}<td class="number">${took}</td></tr>`;
    return html`<tr>${title}<td class="word ${stepTone[step.outcome]}">${glyph} ${word}</td><td class="number">${took}</td><td class="wide">${prose(step.detail)}</td></tr>`;
  });
  const columns = planned
    ? ([['Step'], ['Would take', 'number']] as const)
    : ([['Step'], ['Outcome'], ['Took', 'number'], ['Seen']] as const);
  return html`<section aria-labelledby="steps"><h2 id="steps">Steps</h2>${htmlTable('Steps', columns, rows)}${leftOut(steps.length, maxRows)}</section>`;
}

function expectedOf({ durationMs }: StepRecord): string {
  return durationMs > 0 ? `about ${formatDuration(durationMs)}` : '–';
}
