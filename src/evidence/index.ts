export type {
  AnswerClass,
  Environment,
  Evidence,
  FailedRequest,
  Failure,
  KeptConnections,
  Mark,
  Outcome,
  Population,
  ReleaseFacts,
  RunFacts,
  Side,
  StepOutcome,
  StepRecord,
  Subject,
  Traffic,
  TrafficBin,
  VersionTraffic,
} from './evidence.ts';
export type { Gate, GateResult, Observation } from './gate.ts';
export type { ChangeAction, FieldChange, ObjectChange, Plan, SelectorMatch, SlotCapacity } from './plan.ts';
export { renderHtml } from './render/html.ts';
export { renderSummary } from './render/markdown.ts';
export { renderPlainSummary } from './render/markdown-plain.ts';
export { oneLine, plainText } from './render/plain.ts';
export { renderTerminal } from './render/terminal.ts';
export { sealEvidence, verifyEvidence } from './seal.ts';
export { type Verdict, worstVerdict } from './verdict.ts';
