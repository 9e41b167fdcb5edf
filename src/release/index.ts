export { deploy } from './deploy.ts';
export { type Desired, findDesired } from './desired.ts';
export type { StepListener } from './engine.ts';
export { findCandidate } from './find-candidate.ts';
export type { Journal } from './journal.ts';
export { readJournal } from './journal-store.ts';
export type { Names, Slot } from './names.ts';
export { plainResult } from './plain-result.ts';
export { planDeploy, planRollback } from './plan.ts';
export { type ReverseRequest, reverse } from './recover.ts';
export type {
  DeployRequest,
  RollbackRequest,
  RunRequest,
  RunResult,
  TrafficWatch,
  Until,
} from './request.ts';
export { readLiveManifests } from './revisions.ts';
export { rollback } from './rollback.ts';
export { type AppStatus, readStatus } from './status.ts';
export type { Candidate, CandidatePod, ReleaseSettings } from './step.ts';
export type { KnownVersions, Role, Sighting, Witness } from './witness.ts';
