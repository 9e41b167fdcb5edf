import type { ObjectChange, Plan } from '../plan.ts';
import { formatCount } from './figures.ts';
import { type Html, html, htmlLines } from './html-escape.ts';
import { htmlTable, leftOut } from './html-proof.ts';
import { manyLines, prose } from './plain.ts';
import {
  actionLook,
  comparedWith,
  cpuOf,
  matchWord,
  memoryOf,
  planSentence,
  shownValue,
  totalOf,
} from './plan-words.ts';

const maxRows = 500;
const tones = { create: 'good', change: 'doubtful', unchanged: 'muted' } as const;

/** What would happen, as the page shows it; nothing without a plan. */
export function planPart(plan: Plan | undefined): Html | null {
  if (plan === undefined) return null;
  const objects = plan.objects.slice(0, maxRows).map(objectPart);
  const notes = plan.notes.slice(0, maxRows).map((note) => html`<li>Not seen: ${prose(note)}</li>`);
  return html`<section aria-labelledby="plan"><h2 id="plan">What would change</h2><p>${planSentence(plan)}.</p>
${objects}${leftOut(plan.objects.length, maxRows)}${notes.length === 0 ? null : html`<ul class="warnings">${notes}</ul>`}</section>
${capacityPart(plan)}${selectorsPart(plan)}
<section aria-labelledby="role"><h2 id="role">Permissions that it takes</h2><details><summary>As a Role</summary><pre>${htmlLines(manyLines([plan.role]))}</pre></details></section>`;
}

function objectPart(change: ObjectChange): Html {
  const { object, action, fields } = change;
  const { glyph, word } = actionLook[action];
  const sentence = comparedWith(change);
  const compared =
    sentence === ''
      ? null
      : html`<p class="note">${sentence[0]?.toUpperCase() ?? ''}${sentence.slice(1)}.</p>`;
  const rows = fields
    .slice(0, maxRows)
    .map(
      ({ path, before, after }) =>
        html`<tr><th scope="row" class="wide"><code>${path}</code></th><td class="wide"><code>${shownValue(before)}</code></td><td class="wide"><code>${shownValue(after)}</code></td></tr>`,
    );
  const columns = [['Field'], ['Before'], ['After']] as const;
  const list = rows.length === 0 ? null : htmlTable(`Fields of ${object}`, columns, rows);
  return html`<h3><span class="${tones[action]}">${glyph} ${word}</span> <code>${object}</code></h3>${compared}${list}`;
}

function capacityPart({ capacity }: Plan): Html | null {
  if (capacity.length === 0) return null;
  const row = (name: string, of: ReturnType<typeof totalOf>) =>
    html`<tr><th scope="row">${name}</th><td class="number">${formatCount(of.replicas)}</td><td class="number">${cpuOf(of.cpuMillis)}</td><td class="number">${memoryOf(of.memoryBytes)}</td></tr>`;
  const rows = capacity.map((slot) => row(`${slot.role} (${slot.slot})`, slot));
  const total = capacity.length > 1 ? [row('both, while both run', totalOf(capacity))] : [];
  const columns = [
    ['Pods of'],
    ['Replicas', 'number'],
    ['CPU requested', 'number'],
    ['Memory requested', 'number'],
  ] as const;
  return html`<section aria-labelledby="capacity"><h2 id="capacity">Capacity</h2>${htmlTable('Capacity', columns, [...rows, ...total])}</section>`;
}

function selectorsPart({ selectors }: Plan): Html | null {
  if (selectors.length === 0) return null;
  const rows = selectors.slice(0, maxRows).map((match) => {
    const same = match.stable === null || match.stable === match.candidate;
    return html`<tr><th scope="row" class="wide"><code>${match.object}</code></th><td>${match.effect}</td><td class="${same ? '' : 'doubtful'}">${matchWord(match)}</td></tr>`;
  });
  const columns = [['Object'], ['Effect'], ['With the candidate']] as const;
  return html`<section aria-labelledby="selectors"><h2 id="selectors">Who selects the pods</h2>${htmlTable('Selectors', columns, rows)}${leftOut(selectors.length, maxRows)}</section>`;
}
