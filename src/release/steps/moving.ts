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
