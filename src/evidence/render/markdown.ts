import { formatDuration } from '../../base/index.ts';
import type { Evidence, StepRecord } from '../evidence.ts';
import type { GateResult } from '../gate.ts';
import { factsOf, type Piece } from './facts.ts';
import { blockBar, countOf, formatCount } from './figures.ts';
import { code, fenced, folded, table, text } from './markdown-escape.ts';
import { expected, planSection } from './markdown-plan.ts';
import { trafficSection } from './markdown-traffic.ts';
import { headOf, listed } from './plain.ts';
import { arePlanned, outcomeSentence, stepLook, verdictLook } from './words.ts';

/** GitHub refuses a summary of more than 1 MiB; below that leaves room for other steps' lines. */
const maxBytes = 900 * 1024;
const maxRows = 200;

export interface SummaryOptions {
  /** Whether to show the last log lines of pods, to all who may read the summary. */
  readonly logs?: boolean;
}

/**
 * The job summary in GitHub Flavored Markdown: the verdict first, then what to do, then the proof.
 * Safe for any content: data neither breaks a table nor becomes a link, an image, HTML or a mention.
 */
export function renderSummary(evidence: Evidence, { logs = false }: SummaryOptions = {}): string {
  return withinBytes([
    headline(evidence),
    factsTable(evidence),
    failureSection(evidence, logs),
    nextSection(evidence),
    warningsSection(evidence.warnings),
    planSection(evidence.plan),
    trafficSection(evidence),
    gatesSection(evidence.gates),
    stepsSection(evidence.steps),
    footer(evidence),
  ]);
}

/** Joins the sections; what does not fit is left out, and said so at the end. */
function withinBytes(sections: readonly (string | undefined)[]): string {
  const note =
    '> Some sections are left out here to stay within the limit of a summary; the evidence file has all.';
  let bytes = Buffer.byteLength(note) + 2;
  const all = sections.filter((section) => section !== undefined);
  const kept = all.filter((section) => {
    const size = Buffer.byteLength(section) + 2;
    if (bytes + size > maxBytes) return false;
    bytes += size;
    return true;
  });
  return `${[...kept, ...(kept.length < all.length ? [note] : [])].join('\n\n')}\n`;
}

function headline(evidence: Evidence): string {
  const { emoji, word } = verdictLook[evidence.verdict];
  return `## ${emoji} ${word}: ${text(outcomeSentence(evidence))}\n\n**Why:** ${text(headOf(evidence), 2_000)}`;
}

function factsTable(evidence: Evidence): string {
  const rows = factsOf(evidence).map(({ label, pieces }) => [`**${label}**`, pieces.map(pieceOf).join('')]);
  return table([['Release'], ['']], rows);
}

function pieceOf(piece: Piece): string {
  if (piece.kind === 'link') return `[${text(piece.text)}](${piece.href})`;
  return piece.kind === 'code' ? code(piece.text) : spaced(piece.text);
}

/** The spaces around an arrow or a comma are ours and must survive. */
function spaced(value: string): string {
  const [, before = '', after = ''] = /^( *).*?( *)$/s.exec(value) ?? [];
  return `${before}${text(value)}${after}`;
}

function failureSection({ failure }: Evidence, showLogs: boolean): string | undefined {
  if (failure === null) return undefined;
  const [message, items] = listed(failure.message);
  const parts = [`### What went wrong`, `**${text(failure.code)}:** ${text(message, 2_000)}`];
  if (items.length > 0) parts.push(items.map((item) => `- ${text(item, 2_000)}`).join('\n'));
  if (failure.remedy !== null) parts.push(`**What to do:** ${text(failure.remedy, 2_000)}`);
  if (failure.evidence.length > 0) {
    const block = fenced(failure.evidence);
    const lines = block.split('\n').length - 2;
    parts.push(lines > 25 ? folded(`What was seen (${lines} lines)`, block) : block);
  }
  const { logs = [] } = failure;
  if (logs.length > 0 && showLogs) parts.push(folded('Last log lines', fenced(logs)));
  else if (logs.length > 0) {
    parts.push(
      `${countOf(logs.length, 'log line')} of its pods stand in the evidence file; ${code('publish-logs: true')} shows them here.`,
    );
  }
  return parts.join('\n\n');
}

function nextSection({ next }: Evidence): string | undefined {
  return next === null ? undefined : `**Next command:**\n\n${fenced([next], 'sh', 20)}`;
}

function warningsSection(warnings: readonly string[]): string | undefined {
  if (warnings.length === 0) return undefined;
  const shown = warnings.slice(0, maxRows).map((warning) => `- ⚠️ Warning: ${text(warning)}`);
  const list = [...shown, ...leftOut(warnings.length)].join('\n');
  return `### Warnings\n\n${warnings.length > 8 ? folded(`${warnings.length} warnings`, list) : list}`;
}

function gatesSection(gates: readonly GateResult[]): string | undefined {
  if (gates.length === 0) return undefined;
  const rows = gates
    .slice(0, maxRows)
    .map((gate) => [
      code(gate.gate),
      `${verdictLook[gate.verdict].emoji} ${verdictLook[gate.verdict].word}`,
      text(gate.reason),
      formatDuration(gate.durationMs),
    ]);
  const columns = [['Gate'], ['Verdict'], ['Reason'], ['Took', 'right']] as const;
  const shown = gates.slice(0, maxRows).map(observations);
  return ['### Gates', table(columns, rows), ...shown].filter((part) => part !== '').join('\n\n');
}

/** What did not pass stands open, each with its answer; what passed is folded away. */
function observations(gate: GateResult): string {
  const columns = [['Looked at'], ['Result'], ['Seen'], ['Wanted'], ['Answer']] as const;
  const row = (seen: GateResult['observations'][number]) => [
    text(seen.name),
    seen.ok ? '✓ ok' : '✗ failed',
    text(seen.seen),
    text(seen.wanted),
    code(seen.detail ?? '', 300),
  ];
  const failed = gate.observations.filter(({ ok }) => !ok);
  const passed = gate.observations.filter(({ ok }) => ok);
  const parts: string[] = [];
  if (failed.length > 0) {
    const open = failed.slice(0, 20).map(row);
    parts.push(`**Failed in** ${code(gate.gate)}:`, table(columns, open), ...leftOut(failed.length, 20));
  }
  if (passed.length > 0) {
    const list = table(
      columns.slice(0, 4),
      passed.slice(0, maxRows).map((seen) => row(seen).slice(0, 4)),
    );
    const body = [`Gate ${code(gate.gate)}:`, list, ...leftOut(passed.length)].join('\n\n');
    parts.push(folded(`${countOf(passed.length, 'observation')} passed`, body));
  }
  return parts.join('\n\n');
}

function stepsSection(steps: readonly StepRecord[]): string | undefined {
  if (steps.length === 0) return undefined;
  const longest = Math.max(1, ...steps.map((step) => step.durationMs));
  const rows = steps.slice(0, maxRows).map((step) => {
    const { glyph, word } = stepLook[step.outcome];
    const took = step.startedAt === null ? expected(step.durationMs) : formatDuration(step.durationMs);
    const bar = step.startedAt === null ? '' : blockBar(step.durationMs / longest, 12);
    return [text(step.title), `${glyph} ${word}`, took, bar, text(step.detail)];
  });
  const list = arePlanned(steps)
    ? table(
        [['Step'], ['Would take', 'right']],
        rows.map(([title = '', , took = '']) => [title, took]),
      )
    : table([['Step'], ['Outcome'], ['Took', 'right'], [''], ['Seen']], rows);
  const body = [list, ...leftOut(steps.length)].join('\n\n');
  return `### Steps\n\n${steps.length > 30 ? folded(`${steps.length} steps`, body) : body}`;
}

function leftOut(count: number, shown = maxRows): readonly string[] {
  return count > shown ? [`… and ${formatCount(count - shown)} more in the evidence file.`] : [];
}

function footer({ environment, digest, command }: Evidence): string {
  const parts = [
    `Command ${code(command)}`,
    `StreamGate ${code(environment.streamgate)}`,
    `Kubernetes ${code(environment.kubernetes)}`,
    `evidence ${code(digest)}`,
  ];
  return `---\n\n${parts.join(' · ')}`;
}
