import type { JournaledRelease } from '../journal/journal.ts';

/**
 * Steps that take traffic from one version to the other, whatever moves it. Until all that was begun of them is undone,
 * callers may still be on the candidate. A new step that moves traffic is a word here.
 */
export const movingSteps: readonly string[] = [
  'split-route',
  'shift-weights',
  'return-route',
  'move-entry',
  'switch-entry',
  'return-entry',
];

/** Id of a step that has begun to move traffic and is not undone; undefined when there is none. */
export function begunMove({ steps }: JournaledRelease): string | undefined {
  return steps.find(({ id, state }) => movingSteps.includes(id) && state !== 'undone')?.id;
}
