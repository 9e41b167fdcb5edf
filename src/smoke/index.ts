export {
  type Check,
  describeCheck,
  type HttpCheck,
  type HttpWants,
  type StatusRange,
  type TcpCheck,
} from './check.ts';
export { deriveChecks, type ServicePort } from './derive-checks.ts';
export { type ParsedChecks, type Problem, parseChecks } from './parse-checks.ts';
export type { PodTarget, Reach, SmokeSubject } from './place.ts';
export type { Patience } from './run-check.ts';
export { type SmokeGate, type SmokeOptions, type SmokeResult, smokeGate } from './smoke-gate.ts';
export type { VersionPolicy, VersionSource } from './version-proof.ts';
