import { formatDuration, type Milliseconds } from '../base/index.ts';
import { oneLine, type StepOutcome } from '../evidence/index.ts';

export const stepGlyph: Readonly<Record<StepOutcome, string>> = {
  done: '✓',
  failed: '✗',
  undone: '↺',
  skipped: '–',
  planned: '·',
};

/** One line of the list while it is worked on. */
export interface StepLine {
  readonly id: string;
  readonly title: string;
  readonly state: 'waiting' | 'running' | StepOutcome;
  /** Monotonic; set once it runs. */
  readonly startedAt?: Milliseconds | undefined;
  readonly durationMs?: Milliseconds | undefined;
  readonly detail: string;
}

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Lines that fit; older steps that are done give way. */
  readonly height: number;
  /** Counts up with every redraw, for the spinner. */
  readonly frame: number;
  readonly now: Milliseconds;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const colors: Readonly<Record<StepLine['state'], string>> = {
  waiting: '2',
  running: '36',
  done: '32',
  failed: '31',
  undone: '33',
  skipped: '2',
  planned: '2',
};

/** The whole list as lines, none longer than the terminal is wide. */
export function renderSteps(steps: readonly StepLine[], look: Look): readonly string[] {
  const room = Math.max(3, look.height);
  if (steps.length <= room) return steps.map((step) => renderStep(step, look));
  const current = Math.max(
    0,
    steps.findIndex(({ state }) => state === 'running' || state === 'waiting'),
  );
  const first = Math.min(Math.max(0, current - 1), steps.length - (room - 2));
  const shown = steps.slice(first, first + room - 2).map((step) => renderStep(step, look));
  const after = steps.length - first - shown.length;
  return [
    ...(first > 0 ? [paint(look, '2', `  … ${first} before`)] : []),
    ...shown,
    ...(after > 0 ? [paint(look, '2', `  … ${after} to come`)] : []),
  ];
}

function renderStep(step: StepLine, look: Look): string {
  const glyph = glyphOf(step.state, look.frame);
  const ms =
    step.state === 'running' && step.startedAt !== undefined ? look.now - step.startedAt : step.durationMs;
  const took = ms === undefined ? '' : formatDuration(ms);
  const text = oneLine([step.title, took, step.detail].filter((part) => part !== '').join('  '), 2_000);
  return `  ${paint(look, colors[step.state], glyph)} ${paint(look, step.state === 'waiting' ? '2' : '', clip(text, look.width - 5))}`;
}

function glyphOf(state: StepLine['state'], frame: number): string {
  if (state === 'waiting') return '·';
  if (state === 'running') return spinner[frame % spinner.length] ?? '·';
  return stepGlyph[state];
}

function paint(look: Look, code: string, text: string): string {
  return look.color && code !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}
