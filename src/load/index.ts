export { judgeVersion, type RoleOf } from './attribute.ts';
export { judgeBaseline } from './judge-baseline.ts';
export { judgeTraffic, type TrafficJudgement, type TrafficLimits } from './judge-traffic.ts';
export type { Answer, Prober, ProberOptions, ProberTally, StartProber, VersionSource } from './prober.ts';
export { quoteFailure } from './quote-failure.ts';
export { startProber } from './start-prober.ts';
export { summariseTraffic, type TrafficFacts } from './summarise.ts';
export { describeVersionSource } from './version.ts';
