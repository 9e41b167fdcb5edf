export type {
  AnswerClass,
  Environment,
  Evidence,
  FailedRequest,
  Failure,
  Mark,
  Outcome,
  Population,
  ReleaseFacts,
  RunFacts,
  Side,
  StepOutcome,
  StepRecord,
  Traffic,
  TrafficBin,
  VersionTraffic,
} from './evidence.ts';
export type { Gate, GateResult, Observation } from './gate.ts';
export { type Verdict, worstVerdict } from './verdict.ts';
