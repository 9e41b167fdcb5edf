export type { Answer, Prober, ProberOptions, ProberTally, StartProber, VersionSource } from './prober.ts';
