export { deploy } from './deploy.ts';
export { type Desired, findDesired } from './desired/desired.ts';
export { eject } from './eject/eject.ts';
export { endLostRun } from './end-lost-run.ts';
export type { StepListener } from './engine.ts';
export { findCandidate } from './find-candidate.ts';
export type { CommitComparison, CompareWith } from './journal/commit-order.ts';
export type { Journal } from './journal/journal.ts';
export { readJournal } from './journal/journal-store.ts';
export { readLiveManifests } from './journal/revisions.ts';
export { plainResult } from './plain-result.ts';
export { planDeploy } from './planning/plan-deploy.ts';
export { planRollback } from './planning/plan-rollback.ts';
export { askBeyondManifests } from './preflight/beyond-manifests.ts';
export { bothNamed, roleOf, tellsApart } from './proof/sides.ts';
export type { KnownVersions, Sighting, Witness } from './proof/witness.ts';
export {
  type DeployRequest,
  type RollbackRequest,
  type RunRequest,
  type RunResult,
  type TrafficWatch,
  type Until,
  unwatched,
} from './request.ts';
export { findApps } from './retire/find-apps.ts';
export { type Retired, type RetireRequest, retireOrTell } from './retire/retire.ts';
export { rollback } from './rollback.ts';
export { modeOf, type Names, type Slot, type TrafficMode } from './slots/names.ts';
export { type AppStatus, readStatus } from './status.ts';
export type { Candidate } from './step.ts';
