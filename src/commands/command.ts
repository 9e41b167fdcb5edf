import type { Clock, Log, Milliseconds } from '../base/index.ts';
import type { Contract, Inputs, Outputs } from '../contract/index.ts';
import type { Evidence, Outcome, RunFacts, StepOutcome, Verdict } from '../evidence/index.ts';

/** What a person follows while a command works: a list of steps, known before the first one begins. */
export interface Progress {
  plan(steps: readonly { readonly id: string; readonly title: string }[]): void;
  begin(id: string): void;
  /** `detail` is one line, empty when there is nothing to add. */
  end(id: string, outcome: StepOutcome, detail: string): void;
}

/** A file that an input of kind `files` names. */
export interface SourceFile {
  /** As a person would write it: relative to the workspace, or `-`. */
  readonly path: string;
  readonly content: string;
}

/** Everything that a command may ask of the place where it runs. */
export interface Host {
  readonly kind: 'runner' | 'terminal';
  readonly log: Log;
  readonly clock: Clock;
  /** When this process began, wall clock: for figures that count from the start. */
  readonly startedAt: Milliseconds;
  /** Aborted when the run is cancelled; what was begun must then be undone, quickly. */
  readonly signal: AbortSignal;
  readonly run: RunFacts;
  /** Absolute path against which relative paths count. */
  readonly workspace: string;
  readonly progress: Progress;
  /** For look-ups with names fixed elsewhere, like `KUBECONFIG`. Undefined when unset or empty. */
  environment(name: string): string | undefined;
  readStdin(): Promise<string>;
  /** The prober as one module of JavaScript that needs Node and nothing else. */
  readProber(): Promise<string>;
  /** Reads what an input of kind `files` names, sorted by path, each file once. A directory stands for its `.yaml`, `.yml` and `.json` files. */
  readFiles(patterns: readonly string[]): Promise<readonly SourceFile[]>;
  /** Keeps a value for `post`; on a terminal there is none, and it is forgotten. */
  saveState(name: string, value: string): void;
  /** What the main run saved; empty when nothing was. */
  state(name: string): string;
  /** Writes the evidence as JSON and as HTML page, and appends the job summary. */
  publish(evidence: Evidence): Promise<{ readonly evidencePath: string; readonly reportPath: string }>;
}

/** How a command ended. It throws only what nothing can be reported about. */
export interface Result<C extends Contract = Contract> {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
  /** What the reader should do now, when the verdict is not `pass`. */
  readonly remedy?: string | undefined;
  readonly outputs: Outputs<C>;
  readonly evidence?: Evidence | undefined;
  /** What a terminal shows when there is no evidence to show. */
  readonly text?: string | undefined;
  /** What `--json` shows beside the outputs, when these cannot hold it. */
  readonly details?: unknown;
}

/** One command with two hosts: an action on a runner, and a command of the CLI. */
export interface Command<C extends Contract = Contract> {
  readonly contract: C;
  run(inputs: Inputs<C>, host: Host): Promise<Result<C>>;
  /** At the end of the job, from saved state only: its inputs are evaluated again by then and mean nothing. */
  post?(host: Host): Promise<void>;
}
