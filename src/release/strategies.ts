import { adoptPods } from './adoption/adopt-pods.ts';
import { adoptServices } from './adoption/adopt-services.ts';
import { recordAdopted } from './adoption/record-adopted.ts';
import { plainCompanions } from './eject/companions.ts';
import { plainWorkload } from './eject/plain-workload.ts';
import { dropIdle, dropRecords, plainServices } from './eject/steps.ts';
import type { JournaledRelease } from './journal/journal.ts';
import type { TrafficMode } from './slots/names.ts';
import type { Step } from './step.ts';
import { holdFloor, matchSize, settleAutoscalers } from './steps/autoscale.ts';
import { baseline, judgeTraffic, learnVersions } from './steps/baseline.ts';
import { keepBudgets, moveBudgets } from './steps/budgets.ts';
import {
  candidateGates,
  candidateReady,
  candidateStands,
  clearCandidate,
  scaleCandidate,
  slotServices,
  startCandidate,
} from './steps/candidate.ts';
import { copyConfig } from './steps/config.ts';
import { moveEntry } from './steps/entry.ts';
import { applyEntryChanges } from './steps/entry-changes.ts';
import { openEntry, openIngresses, openRoutes } from './steps/first.ts';
import { openFollowers } from './steps/followers.ts';
import { applyLater, applyOthers, stampObjects } from './steps/manifests.ts';
import {
  emptyAbandoned,
  promote,
  pruneRevisions,
  recordReturn,
  recordRevision,
  retire,
} from './steps/record.ts';
import { observe, restoreRoute, returnRoute, shiftWeights, splitRoute } from './steps/route.ts';
import { returnEntry, switchEntry } from './steps/selector.ts';

/** A strategy is three lists of steps, nothing more. */
export interface StrategySteps {
  /** Up to a proven candidate that no traffic reaches: `until: preview` ends here. */
  readonly prepare: readonly Step[];
  /** Traffic moves. A failure up to the end of this list is undone. */
  readonly switchOver: readonly Step[];
  /** Tidying up after the point of no return: never undone. */
  readonly finish: readonly Step[];
}

const prepareCandidate: readonly Step[] = [
  slotServices,
  clearCandidate,
  startCandidate,
  candidateReady,
  candidateGates,
];

const prepareRelease: readonly Step[] = [
  applyOthers,
  keepBudgets,
  holdFloor,
  copyConfig,
  ...prepareCandidate,
];

const finishRelease: readonly Step[] = [moveBudgets, settleAutoscalers, applyLater, pruneRevisions];

/** The first release of an app: there is no traffic yet that could be lost. */
export const firstRelease: StrategySteps = {
  prepare: [stampObjects, ...prepareRelease],
  switchOver: [
    matchSize,
    openEntry,
    learnVersions,
    openRoutes,
    observe,
    judgeTraffic,
    recordRevision,
    promote,
  ],
  finish: finishRelease,
};

/** Every later release: weights, converge, the app's own Service, converge, observe, and only then the verdict. */
export const blueGreen: StrategySteps = {
  prepare: [stampObjects, openFollowers, ...prepareRelease],
  switchOver: [
    learnVersions,
    baseline,
    matchSize,
    splitRoute,
    shiftWeights,
    moveEntry,
    observe,
    restoreRoute,
    applyEntryChanges,
    judgeTraffic,
    recordRevision,
    promote,
  ],
  finish: finishRelease,
};

/** The first release of an app that runs already: what runs becomes the stable version, and nothing of it restarts. */
export const adoptingRelease: StrategySteps = {
  ...blueGreen,
  prepare: [
    stampObjects,
    adoptPods,
    adoptServices,
    recordAdopted,
    ...blueGreen.prepare.filter((step) => step !== stampObjects),
  ],
};

/** Back onto pods that are still warm. Traffic first, everything else afterwards. */
export const fastRollback: StrategySteps = {
  prepare: [stampObjects, keepBudgets, holdFloor, scaleCandidate, candidateReady],
  switchOver: [learnVersions, baseline, matchSize, returnRoute, moveEntry, restoreRoute, recordReturn],
  finish: [moveBudgets, settleAutoscalers, emptyAbandoned],
};

/** The same, for when each second counts: traffic first, also to fewer pods than the live version has. */
export const hastyRollback: StrategySteps = {
  prepare: [stampObjects, candidateStands],
  switchOver: [
    learnVersions,
    baseline,
    returnRoute,
    keepBudgets,
    matchSize,
    moveEntry,
    restoreRoute,
    recordReturn,
  ],
  finish: [moveBudgets, settleAutoscalers, emptyAbandoned],
};

/** There and back again: only the traffic moves. */
export const rollbackDrill: StrategySteps = {
  prepare: [stampObjects, holdFloor, scaleCandidate, candidateReady],
  switchOver: [learnVersions, baseline, matchSize, returnRoute],
  finish: [],
};

/** Back to a revision whose pods are gone: they are started from its ControllerRevision first. */
export const coldRollback: StrategySteps = {
  prepare: [stampObjects, keepBudgets, holdFloor, ...prepareCandidate],
  switchOver: [learnVersions, baseline, matchSize, returnRoute, moveEntry, restoreRoute, recordReturn],
  finish: [moveBudgets, settleAutoscalers, emptyAbandoned],
};

/** Hands an app back. There is no way back from it, so all of it only goes on. */
export const ejecting: StrategySteps = {
  prepare: [],
  switchOver: [],
  finish: [stampObjects, restoreRoute, dropIdle, plainServices, plainWorkload, plainCompanions, dropRecords],
};

/**
 * The same for an app that no route leads to: what comes before the switch and after the promotion is the same, and the
 * app's own Service is all that moves.
 */
export const selectorFirstRelease: StrategySteps = {
  ...firstRelease,
  switchOver: [
    matchSize,
    openEntry,
    learnVersions,
    openIngresses,
    observe,
    judgeTraffic,
    recordRevision,
    promote,
  ],
};

export const selectorRelease: StrategySteps = {
  ...blueGreen,
  switchOver: [
    learnVersions,
    baseline,
    matchSize,
    switchEntry,
    observe,
    applyEntryChanges,
    judgeTraffic,
    recordRevision,
    promote,
  ],
};

export const selectorAdoptingRelease: StrategySteps = {
  ...selectorRelease,
  prepare: adoptingRelease.prepare,
};

const selectorReturn: readonly Step[] = [learnVersions, baseline, matchSize, returnEntry, recordReturn];

export const selectorFastRollback: StrategySteps = { ...fastRollback, switchOver: selectorReturn };

export const selectorColdRollback: StrategySteps = { ...coldRollback, switchOver: selectorReturn };

export const selectorHastyRollback: StrategySteps = {
  ...hastyRollback,
  switchOver: [learnVersions, baseline, returnEntry, keepBudgets, matchSize, recordReturn],
};

export const selectorDrill: StrategySteps = {
  ...rollbackDrill,
  switchOver: [learnVersions, baseline, matchSize, returnEntry],
};

export const retireSteps: readonly Step[] = [retire];

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

const byMode: Readonly<Record<TrafficMode, Strategies>> = {
  gateway: {
    first: firstRelease,
    adopting: adoptingRelease,
    release: blueGreen,
    fastRollback,
    hastyRollback,
    coldRollback,
    drill: rollbackDrill,
  },
  service: {
    first: selectorFirstRelease,
    adopting: selectorAdoptingRelease,
    release: selectorRelease,
    fastRollback: selectorFastRollback,
    hastyRollback: selectorHastyRollback,
    coldRollback: selectorColdRollback,
    drill: selectorDrill,
  },
};

export function strategiesOf(mode: TrafficMode): Strategies {
  return byMode[mode];
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

export function allSteps({ prepare, switchOver, finish }: StrategySteps): readonly Step[] {
  return [...prepare, ...switchOver, ...finish];
}
