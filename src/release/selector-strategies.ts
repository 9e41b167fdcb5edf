import { gatewayStrategies } from './gateway-strategies.ts';
import type { Step } from './step.ts';
import { matchSize } from './steps/autoscale.ts';
import { applyEntryChanges } from './steps/entry-changes.ts';
import { openEntry, openIngresses } from './steps/first.ts';
import { learnVersions } from './steps/learn-versions.ts';
import { observe } from './steps/observe.ts';
import { promote, recordReturn, recordRevision } from './steps/record.ts';
import { returnEntry, switchEntry } from './steps/selector.ts';
import { baseline, judgeTraffic } from './steps/traffic-gates.ts';
import type { Strategies } from './strategy.ts';

const { first, adopting, release, fastRollback, hastyRollback, coldRollback, drill } = gatewayStrategies;

const switchOver: readonly Step[] = [
  learnVersions,
  baseline,
  matchSize,
  switchEntry,
  observe,
  applyEntryChanges,
  judgeTraffic,
  recordRevision,
  promote,
];

const goBack: readonly Step[] = [learnVersions, baseline, matchSize, returnEntry, recordReturn];

/**
 * Of an app that no route leads to: what comes before the switch and after the promotion is the same, and the app's own
 * Service is all that moves.
 */
export const selectorStrategies: Strategies = {
  first: {
    ...first,
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
  },
  adopting: { ...adopting, switchOver },
  release: { ...release, switchOver },
  fastRollback: { ...fastRollback, switchOver: goBack },
  hastyRollback: { ...hastyRollback, switchOver: [learnVersions, baseline, returnEntry, recordReturn] },
  coldRollback: { ...coldRollback, switchOver: goBack },
  drill: { ...drill, switchOver: [learnVersions, baseline, matchSize, returnEntry] },
};
