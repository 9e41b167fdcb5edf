import { type Clock, formatDuration, type Milliseconds } from '../base/index.ts';
import type { Progress } from '../commands/index.ts';
import { stepGlyph } from './step-list.ts';

/** A step that ends sooner is told once, by its end. */
const noticeMs: Milliseconds = 1_000;

export interface PlainProgress extends Progress {
  /** Says nothing more by itself. */
  close(): void;
}

/**
 * Progress where nothing can be redrawn: a line for each step when it has ended, and one before when it takes so long
 * that a reader would ask what is going on.
 */
export function createPlainProgress(
  say: (line: string) => void,
  clock: Pick<Clock, 'monotonic' | 'after'>,
): PlainProgress {
  const titles = new Map<string, string>();
  const begun = new Map<string, { readonly at: Milliseconds; readonly hush: () => void }>();
  const titleOf = (id: string) => titles.get(id) ?? id;
  const hush = () => {
    for (const step of begun.values()) step.hush();
  };
  return {
    plan(steps) {
      for (const { id, title } of steps) titles.set(id, title);
    },
    begin(id) {
      begun.get(id)?.hush();
      const notice = clock.after(noticeMs, () => say(`… ${titleOf(id)}`));
      begun.set(id, { at: clock.monotonic(), hush: notice });
    },
    end(id, outcome, detail) {
      const step = begun.get(id);
      begun.delete(id);
      step?.hush();
      const took = step === undefined ? '' : ` (${formatDuration(clock.monotonic() - step.at)})`;
      say(`${stepGlyph[outcome]} ${titleOf(id)}${took}${detail === '' ? '' : `: ${detail}`}`);
    },
    close: hush,
  };
}
