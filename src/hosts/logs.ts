import type { GivenInputs } from '../contract/index.ts';

/** Whether log lines of pods may be shown to all who can read the output: they may hold secrets. */
export function wantsLogs(given: GivenInputs): boolean {
  return given['publish-logs']?.trim().toLowerCase() === 'true';
}
