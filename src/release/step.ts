import type { Clock, Deadline, Json, Log, Milliseconds } from '../base/index.ts';
import type { Cluster, KubeObject, PortForward } from '../cluster/index.ts';
import type { Gate, GateResult } from '../evidence/index.ts';
import type { TrafficRouter } from '../traffic/index.ts';
import type { Desired } from './desired/desired.ts';
import type { Journal, JournaledRelease } from './journal/journal.ts';
import type { Guard } from './proof/guard.ts';
import type { KnownVersions, Witness } from './proof/witness.ts';
import type { Companions } from './slots/companions.ts';
import type { Names, Slot } from './slots/names.ts';

/**
 * One thing that a release does. The engine writes `before` into the journal, then lets it `act`, then `verify`;
 * on failure it lets each begun step `undo` from that image, in reverse order. Every part may be run twice.
 */
export interface Step {
  /** Stable: it names the step in journals of other runs. */
  readonly id: string;
  readonly title: string;
  /** What stands now, as far as the undo needs it. */
  readonly before?: (release: Release) => Promise<Json>;
  /** Returns what it did, in a few words. */
  readonly act: (release: Release, deadline: Deadline) => Promise<string>;
  /** Waits for the proof that it took effect; returns the proof in a few words. */
  readonly verify?: (release: Release, deadline: Deadline) => Promise<string>;
  readonly undo?: (release: Release, before: Json, deadline: Deadline) => Promise<void>;
  /** Done again by a run that continues another one: what it finds out, or whose run it marks, is of each run anew. */
  readonly everyRun?: true;
}

/** A pod as those meet it who ask it itself, past every Service: gates, and the question for its version. */
export interface CandidatePod {
  readonly name: string;
  connect(port: number): Promise<PortForward>;
}

export interface Candidate {
  readonly pods: readonly CandidatePod[];
  readonly workload: KubeObject;
  readonly service: KubeObject;
}

export interface ReleaseSettings {
  readonly progressDeadlineMs: Milliseconds;
  /** How long pods may go without a node; 30 s when left out. */
  readonly schedulingTimeoutMs?: Milliseconds;
  readonly observeMs: Milliseconds;
  readonly rollbackWindowMs: Milliseconds;
  /** How long the old pods may take to go once they are let go; undefined: nobody waits for that. */
  readonly drainWithinMs?: Milliseconds | undefined;
  /** How long it may take until the traffic is back; nothing is held against that when left out. */
  readonly rollbackBudgetMs?: Milliseconds | undefined;
}

/** The journal of this run, in memory and in the cluster. */
export interface JournalHandle {
  readonly current: Journal;
  readonly release: JournaledRelease;
  /** In memory; the next `save` carries it. */
  update(change: Partial<Journal>): void;
  updateRelease(change: Partial<JournaledRelease>): void;
  save(): Promise<void>;
}

/** Where steps leave what the evidence will tell. */
export interface Recorder {
  gate(result: GateResult): void;
  mark(label: string): void;
  warn(message: string): void;
  /** Something that belongs into the sentence about how it ended. */
  note(text: string): void;
}

/** All that a step works with. */
export interface Release {
  /** Its calls end with the deadline, with a cancellation, and when the lock is lost. */
  readonly cluster: Cluster;
  /** The same cluster, for what has to be done even then. */
  readonly lasting: Cluster;
  readonly clock: Clock;
  readonly log: Log;
  readonly names: Names;
  readonly token: number;
  readonly candidate: Slot;
  /** Null for the first release. */
  readonly stable: Slot | null;
  /** What is released. Undefined when a release is reversed from its journal alone. */
  readonly desired: Desired | undefined;
  /** How many pods the candidate gets. */
  readonly replicas: number;
  readonly router: TrafficRouter;
  readonly settings: ReleaseSettings;
  /** Checks on the candidate alone, before any traffic. */
  readonly gates: readonly Gate<Candidate>[];
  /** A check on the traffic of the stable version, before anything moves. Null with no witness. */
  readonly baseline: Gate<Witness> | null;
  /** The verdict on all traffic of the switch, before the candidate is promoted. Null with no witness. */
  readonly traffic: Gate<Witness> | null;
  readonly witness: Witness | null;
  /** Asks a pod what it calls itself; empty when it does not say. Throws `Failed` when there is no way to it. */
  readonly identify: (
    pod: CandidatePod,
    service: KubeObject,
    deadline: Deadline,
  ) => Promise<readonly string[]>;
  readonly versions: { current: KnownVersions };
  /** As they stood when this run marked the objects of the app; undefined before. */
  readonly companions: { seen: Companions | undefined };
  readonly guard: Guard;
  readonly journal: JournalHandle;
  readonly recorder: Recorder;
}
