import { formatDuration } from '../../base/index.ts';
import type { Evidence, Failure, StepRecord, Traffic } from '../evidence.ts';
import type { GateResult } from '../gate.ts';
import {
  accountingProblem,
  attributionSentence,
  formatCount,
  formatCutover,
  keptSentence,
  lossSentence,
  occurredClasses,
  sparkline,
  timeOfDay,
} from './figures.ts';
import { headOf, listed, manyLines, oneLine, shorten } from './plain.ts';
import { planLines } from './terminal-plan.ts';
import { type Paint, painter, printableLine, terminalTable, wrapped } from './terminal-text.ts';
import { missesTraffic, outcomeSentence, populationPhrase, stepLook, verdictLook } from './words.ts';

export interface TerminalOptions {
  /** Whether to use ANSI colours; every meaning is in the words as well. */
  readonly color: boolean;
  /** Columns; lines are cut or wrapped to it, tables as far as they can be. */
  readonly width: number;
  /** Whether to show the last log lines of pods, to all who may read the output. */
  readonly logs?: boolean;
}

/**
 * The evidence for a terminal or a plain log, without a final line break.
 * Data can neither move the cursor nor be read as a command by a GitHub runner.
 */
export function renderTerminal(evidence: Evidence, options: TerminalOptions): string {
  const paint = painter(options.color);
  const width = Math.max(40, options.width);
  const blocks: readonly (readonly string[])[] = [
    headLines(evidence, paint, width),
    evidence.steps.map((step) => stepLine(step, paint, width)),
    planLines(evidence.plan, paint, width),
    evidence.gates.flatMap((gate) => gateLines(gate, paint, width)),
    trafficLines(evidence, paint, width),
    evidence.warnings.slice(0, 20).flatMap((line) => wrapped('! warning: ', line, width)),
    failureLines(evidence.failure, paint, width, options.logs ?? false),
    nextLines(evidence.next, paint),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines(evidence: Evidence, paint: Paint, width: number): readonly string[] {
  const { glyph, word } = verdictLook[evidence.verdict];
  const tone = evidence.verdict === 'pass' ? 'good' : evidence.verdict === 'fail' ? 'bad' : 'doubtful';
  const sentence = printableLine(outcomeSentence(evidence));
  const head = `${paint(tone, `${glyph} ${word}`)}: ${paint('strong', sentence)}`;
  const took = paint('quiet', `(${formatDuration(evidence.durationMs)})`);
  return [`${head} ${took}`, ...wrapped('  ', headOf(evidence), width)];
}

const stepTones = {
  done: 'good',
  failed: 'bad',
  undone: 'doubtful',
  skipped: 'quiet',
  planned: 'quiet',
} as const;

function stepLine(step: StepRecord, paint: Paint, width: number): string {
  const { glyph, word } = stepLook[step.outcome];
  const expected = step.durationMs > 0 ? `~ ${formatDuration(step.durationMs)}` : word;
  const took = (step.startedAt === null ? expected : formatDuration(step.durationMs)).padStart(8);
  const outcome = step.outcome === 'done' || step.startedAt === null ? '' : `${word}: `;
  const titleWidth = Math.min(40, Math.max(16, Math.floor(width * 0.4)));
  const title = shorten(printableLine(step.title), titleWidth).padEnd(titleWidth);
  const detail = shorten(`${outcome}${printableLine(step.detail)}`, Math.max(4, width - titleWidth - 15));
  const line = `${title} ${took}${detail === '' ? '' : `  ${paint('quiet', detail)}`}`;
  return `  ${paint(stepTones[step.outcome], glyph)} ${line}`;
}

/** A gate that passed is one line; otherwise the failing answers are quoted. */
function gateLines(gate: GateResult, paint: Paint, width: number): readonly string[] {
  const { glyph, word } = verdictLook[gate.verdict];
  const tone = gate.verdict === 'pass' ? 'good' : gate.verdict === 'fail' ? 'bad' : 'doubtful';
  const [first = '', ...rest] = wrapped('    ', `gate ${gate.gate}: ${word}. ${gate.reason}`, width);
  const failed = gate.observations.filter(({ ok }) => !ok).slice(0, 5);
  const quoted = failed.flatMap((seen) => [
    ...wrapped('    ✗ ', `${seen.name}: ${seen.seen} (wanted ${seen.wanted})`, width),
    ...(seen.detail === undefined || seen.detail === '' ? [] : [quote(seen.detail, width, '      │ ')]),
  ]);
  return [`  ${paint(tone, glyph)} ${first.trimStart()}`, ...rest, ...quoted];
}

function trafficLines(evidence: Evidence, paint: Paint, width: number): readonly string[] {
  const { traffic } = evidence;
  if (traffic === null)
    return missesTraffic(evidence) ? ['  Loss was not measured: nothing was probed.'] : [];
  const problem = accountingProblem(traffic);
  const classes = occurredClasses(traffic).filter((entry) => entry.class !== 'ok');
  const failed = classes.map((entry) => `${formatCount(entry.count)} ${entry.class}`).join(', ');
  const rows = traffic.byVersion.map((seen) => [
    printableLine(seen.version ?? 'not said', 24),
    seen.role,
    populationPhrase[seen.population],
    formatCount(seen.answers),
    formatCount(seen.failed),
    printableLine(timeOfDay(seen.firstAt), 12),
    printableLine(timeOfDay(seen.lastAt), 12),
  ]);
  const head = ['version', 'role', 'connections', 'answers', 'failed', 'first (UTC)', 'last (UTC)'];
  const tone = traffic.failed === 0 ? 'good' : 'bad';
  const blame = attributionSentence(traffic);
  const kept = keptSentence(traffic);
  const loss = lossSentence(traffic);
  const counts = failed === '' ? loss : `${loss}: ${failed}`;
  const [first = '', ...more] = wrapped('  failed requests  ', counts, width);
  return [
    first.replace(loss, paint(tone, loss)),
    ...more,
    ...(blame === '' ? [] : wrapped('  attributed       ', blame, width)),
    `  cut-over         ${formatCutover(traffic)}`,
    ...(kept === '' ? [] : wrapped('  kept connections ', kept, width)),
    ...(problem === undefined ? [] : wrapped('  ! invalid count: ', problem, width)),
    ...(rows.length === 0 ? [] : ['', ...terminalTable(head, rows, [3, 4], width)]),
    ...handOver(traffic, width),
  ];
}

function handOver({ bins }: Traffic, width: number): readonly string[] {
  if (bins.length < 2) return [];
  const top = Math.max(...bins.map((bin) => bin.stable + bin.candidate + bin.unknown));
  const line = (name: string, values: readonly number[]) =>
    values.some((value) => value > 0)
      ? [`  ${name.padEnd(10)}${sparkline(values, Math.min(60, width - 14), top)}`]
      : [];
  return [
    '',
    ...line(
      'stable',
      bins.map((bin) => bin.stable),
    ),
    ...line(
      'candidate',
      bins.map((bin) => bin.candidate),
    ),
    ...line(
      'failed',
      bins.map((bin) => bin.failed),
    ),
  ];
}

function failureLines(
  failure: Failure | null,
  paint: Paint,
  width: number,
  showLogs: boolean,
): readonly string[] {
  if (failure === null) return [];
  const [message, items] = listed(failure.message);
  const [first = '', ...more] = wrapped('    ', `${failure.code}: ${message}`, width);
  const rest = [...more, ...items.flatMap((item) => wrapped('    - ', item, width))];
  const remedy = failure.remedy === null ? [] : wrapped('  What to do: ', failure.remedy, width);
  const seen = manyLines(failure.evidence, 40).map((line) => quote(line, width, '  │ '));
  const { logs = [] } = failure;
  const lines = showLogs
    ? manyLines(logs, 40).map((line) => quote(line, width, '  │ '))
    : logs.length > 0
      ? ['  Log lines of its pods stand in the evidence file; --publish-logs shows them here.']
      : [];
  return [`  ${paint('bad', '✗')} ${first.trimStart()}`, ...rest, ...remedy, ...seen, ...lines];
}

function nextLines(next: string | null, paint: Paint): readonly string[] {
  if (next === null) return [];
  const lines = manyLines([next], 20).map((line) => `    ${paint('strong', printableLine(line, 1_000))}`);
  return [`  ${paint('quiet', 'Next:')}`, ...lines];
}

function quote(line: string, width: number, prefix: string): string {
  return prefix + shorten(printableLine(oneLine(line, 1_000), 1_000), Math.max(20, width - prefix.length));
}
