import { type Clock, formatDuration, type Log } from '../base/index.ts';
import type { Progress } from '../commands/index.ts';
import type { StepOutcome } from '../evidence/index.ts';
import { stepGlyph } from './step-list.ts';

/** The part of the runner's toolkit that writes to the log. */
export interface RunnerConsole {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
  startGroup(name: string): void;
  endGroup(): void;
}

/**
 * What the runner would take for a command, made harmless: quoted answers and log lines of pods are not ours, and a line
 * that begins with `::` could set outputs or masks.
 */
export function defuse(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

export function createRunnerLog(console: RunnerConsole): Log {
  return {
    debug: (message) => console.debug(defuse(message)),
    info: (message) => console.info(defuse(message)),
    warn: (message) => console.warning(defuse(message)),
    error: (message) => console.error(defuse(message)),
  };
}

/** Each step is a group, and the line behind it says how it ended. Groups do not nest: a second step closes the first. */
export function createRunnerProgress(console: RunnerConsole, clock: Pick<Clock, 'monotonic'>): Progress {
  const titles = new Map<string, string>();
  const begun = new Map<string, number>();
  let open: string | undefined;
  const close = () => {
    if (open !== undefined) console.endGroup();
    open = undefined;
  };
  return {
    plan(steps) {
      for (const { id, title } of steps) titles.set(id, title);
    },
    begin(id) {
      close();
      begun.set(id, clock.monotonic());
      console.startGroup(defuse(titles.get(id) ?? id));
      open = id;
    },
    end(id, outcome: StepOutcome, detail) {
      if (open === id) close();
      const start = begun.get(id);
      const took = start === undefined ? '' : ` (${formatDuration(clock.monotonic() - start)})`;
      const addition = detail === '' ? '' : `: ${detail}`;
      console.info(defuse(`${stepGlyph[outcome]} ${titles.get(id) ?? id}${took}${addition}`));
    },
  };
}
