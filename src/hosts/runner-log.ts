import type { Log } from '../base/index.ts';

/** The part of the runner's toolkit that writes to the log. */
export interface RunnerConsole {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
}

/**
 * What the runner would take for a command, made harmless: quoted answers and log lines of pods are not ours, and a line
 * that begins with `::` could set outputs or masks.
 */
export function defuse(text: string): string {
  // The runner drops U+0085 as a blank, too; `\s` does not have it.
  return text.replace(/^([\s\u0085]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

export function createRunnerLog(console: RunnerConsole): Log {
  return {
    debug: (message) => console.debug(defuse(message)),
    info: (message) => console.info(defuse(message)),
    warn: (message) => console.warning(defuse(message)),
    error: (message) => console.error(defuse(message)),
  };
}
