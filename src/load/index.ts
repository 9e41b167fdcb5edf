export { judgeVersion } from './attribute.ts';
export { countCut, countKept } from './count-kept.ts';
export { judgeBaseline } from './judge-baseline.ts';
export { judgeRedirects } from './judge-redirects.ts';
export { judgeTraffic, type TrafficJudgement } from './judge-traffic.ts';
export type {
  Answer,
  Prober,
  ProberOptions,
  ProberTally,
  StartProber,
  StartProberAnywhere,
  VersionSource,
} from './prober.ts';
export { quoteFailure } from './quote-failure.ts';
export { createClusterProber } from './remote/cluster-prober.ts';
export { proberName } from './remote/prober-job.ts';
export { serveProber } from './remote/serve-prober.ts';
export { startProber } from './start-prober.ts';
export { summariseTraffic, type TrafficFacts } from './summarise.ts';
