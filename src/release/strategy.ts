import type { Step } from './step.ts';

/** A strategy is three lists of steps, nothing more. */
export interface StrategySteps {
  /** Up to a proven candidate that no traffic reaches: `until: preview` ends here. */
  readonly prepare: readonly Step[];
  /** Traffic moves. A failure up to the end of this list is undone. */
  readonly switchOver: readonly Step[];
  /** Tidying up after the point of no return: never undone. */
  readonly finish: readonly Step[];
}

/** Every strategy of one way to move traffic. */
export interface Strategies {
  readonly first: StrategySteps;
  readonly adopting: StrategySteps;
  readonly release: StrategySteps;
  readonly fastRollback: StrategySteps;
  readonly hastyRollback: StrategySteps;
  readonly coldRollback: StrategySteps;
  readonly drill: StrategySteps;
}

export function allSteps({ prepare, switchOver, finish }: StrategySteps): readonly Step[] {
  return [...prepare, ...switchOver, ...finish];
}
