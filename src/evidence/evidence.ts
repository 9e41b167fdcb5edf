import type { Milliseconds } from '../base/index.ts';
import type { GateResult } from './gate.ts';
import type { Plan } from './plan.ts';
import type { Verdict } from './verdict.ts';

/** How a release ended. The words are those of Argo Rollouts, plus ours for a plan and a parked preview. */
export type Outcome =
  | 'Promoted'
  | 'Retired' // promoted, and the old slot was let go
  | 'Ejected' // handed back as plain objects
  | 'Parked' // stopped on purpose at a proven preview
  | 'NothingToRelease'
  | 'Aborted' // undone before or during the switch
  | 'RolledBack'
  | 'FastRolledBack' // by one patch, onto pods that were still warm
  | 'Superseded'
  | 'Inconclusive'
  | 'Planned' // mode: plan
  | 'Checked' // a gate run by itself: smoke-test
  | 'Refused'; // ended before the first change

export type StepOutcome = 'done' | 'failed' | 'undone' | 'skipped' | 'planned';

export interface StepRecord {
  /** Stable identifier: `candidate-ready`. */
  readonly id: string;
  /** For people: `Wait until shop-green is ready`. */
  readonly title: string;
  readonly outcome: StepOutcome;
  /** RFC 3339; null when it never began. */
  readonly startedAt: string | null;
  /** Of a planned step: how long it is expected to take. */
  readonly durationMs: Milliseconds;
  /** What it saw or did, one line; empty when there is nothing to add. */
  readonly detail: string;
}

/** One side of a release. */
export interface Side {
  readonly slot: 'blue' | 'green';
  /** Number of the ControllerRevision; 0 when it has none yet. */
  readonly revision: number;
  readonly images: readonly string[];
  /** What its pods call themselves in the version header; empty when they do not. */
  readonly versions: readonly string[];
  readonly replicas: number;
}

export interface ReleaseFacts {
  readonly id: string;
  readonly app: string;
  readonly namespace: string;
  readonly strategy: 'blue-green' | 'rollback';
  /** What moved the traffic: HTTPRoutes, or the selector of the app's own Service. */
  readonly mode: 'gateway' | 'service';
  readonly candidate: Side;
  /** Null for the first release of an app. */
  readonly stable: Side | null;
}

/** The two ways in which the prober talks: connections opened before the switch, and one per request. */
export type Population = 'kept' | 'fresh';

/** In which exactly one of these a request ends. */
export type AnswerClass =
  | 'ok'
  | 'status' // an HTTP status outside of the wanted ones
  | 'refused'
  | 'reset'
  | 'eof' // closed before the first byte of an answer
  | 'truncated' // closed in the middle of an answer
  | 'timeout'
  | 'wrong-version' // answered by neither side of the release
  | 'protocol' // not HTTP
  | 'tls'
  | 'own-side'; // DNS, ports, descriptors of the prober's machine, 403/429 of an edge

export interface FailedRequest {
  readonly id: string;
  readonly at: string;
  readonly population: Population;
  readonly class: AnswerClass;
  readonly status: number | null;
  readonly version: string | null;
  /** Whom it is attributed to. `own-side` never counts against a release. */
  readonly attribution: 'candidate' | 'stable' | 'switch' | 'own-side';
  readonly detail: string;
}

export interface VersionTraffic {
  /** What the answers called themselves; null when they did not say. */
  readonly version: string | null;
  readonly role: 'stable' | 'candidate' | 'unknown';
  readonly population: Population;
  readonly answers: number;
  readonly failed: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Requests of one slice of time, for the timeline. */
export interface TrafficBin {
  /** Milliseconds since the prober began. */
  readonly offsetMs: Milliseconds;
  readonly stable: number;
  readonly candidate: number;
  readonly unknown: number;
  readonly failed: number;
}

/**
 * Connections that the prober kept open over a switch by a Service's selector. Such a connection stays with its pod, so
 * these stand for all callers that keep theirs.
 */
export interface KeptConnections {
  /** Open ones when the traffic had moved, as far as they had answered. */
  readonly connections: number;
  /** Of these, how many were still answered by the version that the traffic had left. */
  readonly onAbandoned: number;
  /** Requests on kept connections that ended without an answer since the switch began. */
  readonly cut: number;
}

export interface Traffic {
  readonly url: string;
  readonly host: string | null;
  readonly from: 'runner' | 'cluster' | 'none';
  readonly versionSource: string;
  readonly ratePerSecond: number;
  readonly startedAt: string;
  readonly durationMs: Milliseconds;
  /** Arrivals of the plan; equal to the sum of `byClass`, or the run is invalid. */
  readonly planned: number;
  readonly failed: number;
  readonly byClass: Readonly<Partial<Record<AnswerClass, number>>>;
  /** The failed ones by whom they are attributed to; their sum is `failed`. */
  readonly byAttribution: Readonly<Partial<Record<FailedRequest['attribution'], number>>>;
  readonly byVersion: readonly VersionTraffic[];
  /** First answer of the candidate to last answer of the stable version; null when either was not seen. */
  readonly cutoverMs: Milliseconds | null;
  /** Null where a gateway moved the traffic, where versions could not be told apart, and where it did not move for good. */
  readonly keptConnections: KeptConnections | null;
  /** Upper 95 % bound of the failure share when none of N failed: 3/N. Null when some failed. */
  readonly bound95: number | null;
  /** 99th percentile of how late the prober itself sent. */
  readonly lagP99Ms: Milliseconds;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
  readonly bins: readonly TrafficBin[];
  readonly binMs: Milliseconds;
  /** At most 100, the first ones. */
  readonly failures: readonly FailedRequest[];
}

/** An instant worth a mark on the timeline. */
export interface Mark {
  readonly at: string;
  readonly label: string;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
  /** Events, what was last seen: captured before anything was cleaned up. */
  readonly evidence: readonly string[];
  /** Last lines of the candidate's pods. They may hold secrets: only views that are asked to show them. */
  readonly logs?: readonly string[];
}

export interface Subject {
  /** Null where all apps of the namespace were meant. */
  readonly app: string | null;
  readonly namespace: string;
}

/** Who ran this, and where. Empty strings when unknown. */
export interface RunFacts {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly actor: string;
  readonly runUrl: string;
}

export interface Environment {
  readonly streamgate: string;
  readonly node: string;
  readonly kubernetes: string;
  readonly platform: string;
}

/** What was found about one run of one command: the source of every report. Schema: `docs/evidence.schema.json`. */
export interface Evidence {
  readonly schema: 'streamgate.evidence/v1';
  readonly command: string;
  /** What the command was asked about, also when there was no release. Left out where only an address was checked. */
  readonly subject?: Subject;
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
  readonly startedAt: string;
  readonly durationMs: Milliseconds;
  readonly run: RunFacts;
  readonly release: ReleaseFacts | null;
  readonly steps: readonly StepRecord[];
  /** Of a run that only looked ahead. */
  readonly plan?: Plan;
  readonly gates: readonly GateResult[];
  /** Null when nothing was probed: loss is then not measured. */
  readonly traffic: Traffic | null;
  readonly marks: readonly Mark[];
  readonly warnings: readonly string[];
  readonly failure: Failure | null;
  /** The command that a person would run next; null when there is nothing to do. */
  readonly next: string | null;
  readonly environment: Environment;
  /** `sha256:` of the canonical JSON of everything else. */
  readonly digest: string;
}
