import { plainCompanions } from './eject/plain-companions.ts';
import { plainWorkload } from './eject/plain-workload.ts';
import { dropIdle, dropRecords, plainServices } from './eject/steps.ts';
import { gatewayStrategies } from './gateway-strategies.ts';
import type { JournaledRelease } from './journal/journal.ts';
import { selectorStrategies } from './selector-strategies.ts';
import type { TrafficMode } from './slots/names.ts';
import type { Step } from './step.ts';
import { retire } from './steps/retire.ts';
import { restoreRoute } from './steps/route.ts';
import { stampObjects } from './steps/stamp-objects.ts';
import type { Strategies, StrategySteps } from './strategy.ts';

/** Hands an app back. There is no way back from it, so all of it only goes on. */
export const ejecting: StrategySteps = {
  prepare: [],
  switchOver: [],
  finish: [stampObjects, restoreRoute, dropIdle, plainServices, plainWorkload, plainCompanions, dropRecords],
};

export const retireSteps: readonly Step[] = [retire];

export function strategiesOf(mode: TrafficMode): Strategies {
  return mode === 'gateway' ? gatewayStrategies : selectorStrategies;
}

/** The steps of a release in a journal: enough to reverse it without manifests. */
export function stepsOf(
  { strategy, stable, adopts }: Pick<JournaledRelease, 'strategy' | 'stable' | 'adopts'>,
  mode: TrafficMode,
): StrategySteps {
  const { first, adopting, release, coldRollback: back } = strategiesOf(mode);
  if (strategy === 'eject') return ejecting;
  if (strategy === 'rollback') return back;
  if (adopts) return adopting;
  return stable === null ? first : release;
}
