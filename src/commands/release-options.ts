import type { Milliseconds } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import type { VersionSource } from '../load/index.ts';
import type { RunRequest, RunResult } from '../release/index.ts';
import type { Host } from './command.ts';
import type { ClusterInputs } from './connect-cluster.ts';
import type { ProbeInputs } from './probe-target.ts';

/** The inputs that every release shares, whatever its strategy. */
export interface ReleaseInputs extends ClusterInputs, ProbeInputs {
  readonly app: string;
  readonly namespace: string;
  readonly probeRate: number;
  readonly probeFrom: 'runner' | 'cluster' | 'none';
  readonly probeImage: string | undefined;
  readonly versionHeader: string;
  readonly versionJsonpath: string | undefined;
  readonly progressDeadline: Milliseconds;
  readonly rollbackBudget: Milliseconds;
  readonly lockTimeout: Milliseconds;
  readonly leaseDuration: Milliseconds;
}

export interface ReleaseOptions {
  readonly command: string;
  readonly host: Host;
  readonly inputs: ReleaseInputs;
  readonly observeMs: Milliseconds;
  readonly rollbackWindowMs: Milliseconds;
  /** How long the old pods may take to go when they are not kept; undefined: nobody waits for that. */
  readonly drainWithinMs?: Milliseconds | undefined;
  readonly budgetMs: Milliseconds;
  /** How long traffic may be watched at most. */
  readonly watchMs: Milliseconds;
  readonly tolerance: number;
  readonly schedulingTimeoutMs?: Milliseconds;
  /** Only looks; nothing is probed. */
  readonly planOnly: boolean;
  /** Whether the run ends where the address of the entry point is neither given nor found; else it goes on unwatched. */
  readonly needsEntryPoint: boolean;
  /** Does the release with everything that it needs. */
  readonly execute: (request: RunRequest, cluster: Cluster) => Promise<RunResult>;
  /** Routes, Ingresses and Service of the manifests, for the address of an entry point that is not there yet. */
  readonly entries: () => readonly KubeObject[];
}

/** Where an answer says which version gave it. */
export function versionSource({
  versionHeader,
  versionJsonpath,
}: Pick<ReleaseInputs, 'versionHeader' | 'versionJsonpath'>): VersionSource {
  return versionJsonpath === undefined
    ? { kind: 'header', name: versionHeader }
    : { kind: 'jsonpath', path: versionJsonpath };
}
