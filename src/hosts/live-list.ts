import type { Clock, Log } from '../base/index.ts';
import type { Progress } from '../commands/index.ts';
import { plainText, type StepOutcome } from '../evidence/index.ts';
import { createPlainProgress } from './plain-progress.ts';
import { renderSteps, type StepLine } from './step-list.ts';

/** Where a terminal is written to. */
export interface Screen {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly color: boolean;
  /** Asked anew for each drawing: windows change their size. */
  size(): { readonly columns: number; readonly rows: number };
}

/** Progress and log of a terminal. `close` leaves the final list on the screen. */
export interface Display {
  readonly progress: Progress;
  readonly log: Log;
  /** Whether it was seen that the step ended so: whoever sums up need not say it again. */
  told(step: Pick<StepLine, 'id' | 'state'>): boolean;
  close(): void;
}

const redrawMs = 100;

/** A list of steps that is redrawn in place on a terminal, and lines everywhere else. */
export function createDisplay(screen: Screen, clock: Clock, options: { readonly verbose: boolean }): Display {
  const steps = new Map<string, StepLine>();
  let drawn = 0;
  let frame = 0;
  let cancelRedraw: (() => void) | undefined;

  const erase = () => {
    if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    const { columns, rows } = screen.size();
    const look = { color: screen.color, width: columns, height: rows - 2, frame, now: clock.monotonic() };
    const lines = renderSteps([...steps.values()], look);
    erase();
    screen.write(lines.map((line) => `${line}\n`).join(''));
    drawn = lines.length;
  };
  const animate = () => {
    cancelRedraw?.();
    cancelRedraw = clock.after(redrawMs, () => {
      frame++;
      draw();
      animate();
    });
  };
  const rest = () => {
    cancelRedraw?.();
    cancelRedraw = undefined;
  };
  const say = (message: string) => {
    // It may quote an API or a pod.
    const text = `${plainText(message)}\n`;
    if (!screen.isTTY) return screen.write(text);
    erase();
    screen.write(text);
    if (steps.size > 0) draw();
  };
  const update = (id: string, change: Partial<StepLine>) => {
    const known = steps.get(id) ?? { id, title: id, state: 'waiting', detail: '' };
    const step: StepLine = { ...known, ...change };
    steps.set(id, step);
    return step;
  };

  const plain = screen.isTTY ? undefined : createPlainProgress((line) => say(`  ${line}`), clock);

  return {
    progress: {
      plan(planned) {
        for (const { id, title } of planned) update(id, { title });
        if (plain !== undefined) return plain.plan(planned);
        draw();
      },
      begin(id) {
        update(id, { state: 'running', startedAt: clock.monotonic() });
        if (plain !== undefined) return plain.begin(id);
        draw();
        animate();
      },
      end(id, outcome: StepOutcome, detail) {
        const startedAt = steps.get(id)?.startedAt;
        const durationMs = startedAt === undefined ? undefined : clock.monotonic() - startedAt;
        update(id, { state: outcome, durationMs, detail });
        if (plain !== undefined) return plain.end(id, outcome, detail);
        if (![...steps.values()].some(({ state }) => state === 'running')) rest();
        draw();
      },
    },
    log: {
      debug: (message) => (options.verbose ? say(`  ${message}`) : undefined),
      info: (message) => say(message),
      warn: (message) => say(`warning: ${message}`),
      error: (message) => say(`error: ${message}`),
    },
    told: ({ id, state }) => steps.get(id)?.state === state,
    close() {
      rest();
      plain?.close();
      if (screen.isTTY && steps.size > 0) draw();
      drawn = 0;
    },
  };
}
