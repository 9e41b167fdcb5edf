import type { Clock, Log, Milliseconds } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import type {
  Failure,
  Gate,
  GateResult,
  Mark,
  Outcome,
  Plan,
  ReleaseFacts,
  RunFacts,
  StepRecord,
  Verdict,
} from '../evidence/index.ts';
import type { Desired } from './desired/desired.ts';
import type { StepListener } from './engine.ts';
import type { CompareWith } from './journal/commit-order.ts';
import type { Witness } from './proof/witness.ts';
import type { Names, TrafficMode } from './slots/names.ts';
import type { Candidate, Release, ReleaseSettings } from './step.ts';

/** What every run needs, whatever its strategy. */
export interface RunRequest {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted when a person or the platform cancels. */
  readonly signal: AbortSignal;
  readonly namespace: string;
  readonly app: string;
  readonly run: RunFacts;
  /** Names this process among all others, so that what it leaves behind when it is killed is known as its own. */
  readonly process?: string | undefined;
  /** Compares our commit with the released one; only the ids of the runs count when left out. */
  readonly compareWith?: CompareWith | undefined;
  readonly settings: ReleaseSettings;
  readonly lockTimeoutMs: Milliseconds;
  /** How long this run may be silent before others take its lock; 30 s when left out. */
  readonly leaseMs?: Milliseconds | undefined;
  /** For everything up to the point of no return. */
  readonly budgetMs: Milliseconds;
  /** Failed requests that are tolerated while traffic moves. */
  readonly tolerance: number;
  /** The requests that prove the release come from a pod of a Job. */
  readonly probesInCluster?: boolean | undefined;
  readonly listener: StepListener;
  /** Gates on the candidate alone. */
  readonly gates: readonly Gate<Candidate>[];
  /** Made when the names are known; null when nobody probes. */
  readonly watch: (names: Names) => Promise<TrafficWatch | null>;
  readonly identify: Release['identify'];
}

/** For runs that test and watch nothing: they put back, hand back, or let go. */
export const unwatched = {
  tolerance: 0,
  gates: [],
  watch: async () => null,
  identify: async () => [],
} satisfies Partial<RunRequest>;

/** How traffic is to move; `auto` looks for routes. */
export type TrafficChoice = 'auto' | TrafficMode;

export type Until = 'preview' | 'promoted' | 'retired';

export interface DeployRequest extends RunRequest {
  readonly desired: Desired;
  /** Routes to move beside those of the manifests. */
  readonly routes: readonly string[];
  readonly until: Until;
  /** `auto`, when left out: ConfigMaps of the manifests that the pods read are released with them, as copies. */
  readonly versionConfigs?: 'auto' | 'none' | undefined;
  /** Names of Secrets for which the same is wanted. */
  readonly versionSecrets?: readonly string[] | undefined;
  /** Syncs of which a person says that they leave alone what a release steers. */
  readonly allowedOwners?: readonly ('argocd' | 'flux' | 'helm')[];
  /** Annotations of the Service that need not hold while the route sends to the slots. */
  readonly allowedAnnotations?: readonly string[];
  /** `auto`: by the routes that lead to the app, and by its Service when there are none. */
  readonly traffic?: TrafficChoice | undefined;
  /** How long a preview waits to be gone on with; a day when left out. */
  readonly parkTimeoutMs?: Milliseconds | undefined;
  /** Id of the parked release that this run is to go on with, and with no other. */
  readonly parked?: string | undefined;
  /** Releases even when the pod template is the live one, or something newer. */
  readonly force: boolean;
  /** How many pods a preview starts with; as many as the live version has when left out. */
  readonly previewReplicas?: number | undefined;
  /** Releases even when something newer is live. */
  readonly allowOlder?: boolean;
}

export interface RollbackRequest extends RunRequest {
  /** Revision to go back to; the one that served before when absent. */
  readonly to: number | undefined;
  /** When the process began, wall clock: from then on the time counts. */
  readonly startedAt?: Milliseconds | undefined;
  /** Goes back and returns at once, to measure the way while nobody needs it. */
  readonly drill: boolean;
  /** Traffic goes back at once, also to fewer pods than the live version has; they are scaled up afterwards. */
  readonly now?: boolean | undefined;
}

export interface TrafficWatch {
  readonly witness: Witness;
  readonly baseline: Gate<Witness>;
  readonly traffic: Gate<Witness>;
}

/** What became of a run: everything that the evidence tells, but for the traffic, which the witness's owner knows. */
export interface RunResult {
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly release: ReleaseFacts | null;
  readonly steps: readonly StepRecord[];
  /** Of a run that only looked ahead. */
  readonly plan?: Plan;
  readonly gates: readonly GateResult[];
  readonly marks: readonly Mark[];
  readonly warnings: readonly string[];
  readonly failure: Failure | null;
  /** Null when nothing is live. */
  readonly activeSlot: 'blue' | 'green' | null;
  /** What a rollback would go back to; 0 when there is nothing. */
  readonly previousRevision: number;
}
