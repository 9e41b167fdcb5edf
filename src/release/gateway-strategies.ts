import { adoptPods } from './adoption/adopt-pods.ts';
import { adoptServices } from './adoption/adopt-services.ts';
import { recordAdopted } from './adoption/record-adopted.ts';
import type { Step } from './step.ts';
import { applyLater, applyOthers } from './steps/apply-others.ts';
import { growReturned, holdFloor, matchSize, settleAutoscalers } from './steps/autoscale.ts';
import { keepBudgets, moveBudgets } from './steps/budgets.ts';
import { clearCandidate, scaleCandidate, startCandidate } from './steps/candidate.ts';
import { candidateGates } from './steps/candidate-gates.ts';
import { candidateReady, candidateStands } from './steps/candidate-ready.ts';
import { copyConfig } from './steps/config.ts';
import { moveEntry } from './steps/entry.ts';
import { applyEntryChanges } from './steps/entry-changes.ts';
import { openEntry, openRoutes } from './steps/first.ts';
import { openFollowers } from './steps/followers.ts';
import { learnVersions } from './steps/learn-versions.ts';
import { observe } from './steps/observe.ts';
import { pruneRevisions } from './steps/prune.ts';
import { promote, recordReturn, recordRevision } from './steps/record.ts';
import { emptyAbandoned } from './steps/retire.ts';
import { restoreRoute, returnRoute, shiftWeights, splitRoute } from './steps/route.ts';
import { slotServices } from './steps/slot-services.ts';
import { stampObjects } from './steps/stamp-objects.ts';
import { baseline, judgeTraffic } from './steps/traffic-gates.ts';
import type { Strategies, StrategySteps } from './strategy.ts';

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
const first: StrategySteps = {
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
const release: StrategySteps = {
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
const adopting: StrategySteps = {
  ...release,
  prepare: [
    stampObjects,
    adoptPods,
    adoptServices,
    recordAdopted,
    ...release.prepare.filter((step) => step !== stampObjects),
  ],
};

/** Back onto pods that are still warm. Traffic first, everything else afterwards. */
const fastRollback: StrategySteps = {
  prepare: [stampObjects, keepBudgets, holdFloor, scaleCandidate, candidateReady],
  switchOver: [learnVersions, baseline, matchSize, returnRoute, moveEntry, restoreRoute, recordReturn],
  finish: [moveBudgets, settleAutoscalers, emptyAbandoned],
};

/**
 * The same, for when each second counts: traffic first, also to fewer pods than the live version has. That these grow is
 * no condition of the way back: where they cannot, traffic must not return to what it was taken from.
 */
const hastyRollback: StrategySteps = {
  prepare: [stampObjects, candidateStands],
  switchOver: [learnVersions, baseline, returnRoute, moveEntry, restoreRoute, recordReturn],
  finish: [keepBudgets, growReturned, moveBudgets, settleAutoscalers, emptyAbandoned],
};

/** There and back again: only the traffic moves. */
const drill: StrategySteps = {
  prepare: [stampObjects, holdFloor, scaleCandidate, candidateReady],
  switchOver: [learnVersions, baseline, matchSize, returnRoute],
  finish: [],
};

/** Back to a revision whose pods are gone: they are started from its ControllerRevision first. */
const coldRollback: StrategySteps = {
  prepare: [stampObjects, keepBudgets, holdFloor, ...prepareCandidate],
  switchOver: [learnVersions, baseline, matchSize, returnRoute, moveEntry, restoreRoute, recordReturn],
  finish: [moveBudgets, settleAutoscalers, emptyAbandoned],
};

/** Of an app whose traffic moves by the weights of its routes. */
export const gatewayStrategies: Strategies = {
  first,
  adopting,
  release,
  fastRollback,
  hastyRollback,
  coldRollback,
  drill,
};
