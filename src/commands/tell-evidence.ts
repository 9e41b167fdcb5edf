import { release as osRelease } from 'node:os';
import { type Milliseconds, toInstant, version } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import { type Evidence, type Subject, sealEvidence, type Traffic } from '../evidence/index.ts';
import type { RunResult } from '../release/index.ts';
import type { Host } from './command.ts';

export interface Telling {
  readonly command: string;
  /** What it was asked about; left out where only an address is checked. */
  readonly subject?: Subject | undefined;
  readonly host: Host;
  /** Monotonic time at which the command began. */
  readonly began: Milliseconds;
  readonly cluster: Cluster | undefined;
  readonly traffic: Traffic | null;
  /** What a person would run next; null when there is nothing to do. */
  readonly next: string | null;
}

/** Makes the evidence of what a run found out. */
export async function tellEvidence(result: RunResult, telling: Telling): Promise<Evidence> {
  const { host, began, cluster, command, subject, traffic, next } = telling;
  const durationMs = host.clock.monotonic() - began;
  return sealEvidence({
    command,
    ...(subject === undefined ? {} : { subject }),
    verdict: result.verdict,
    outcome: result.outcome,
    reason: result.reason,
    startedAt: toInstant(host.clock.now() - durationMs),
    durationMs,
    run: host.run,
    release: result.release,
    steps: result.steps,
    ...(result.plan === undefined ? {} : { plan: result.plan }),
    gates: result.gates,
    traffic,
    marks: result.marks,
    warnings: result.warnings,
    failure: result.failure,
    next,
    environment: {
      streamgate: version,
      node: process.version,
      kubernetes: (await cluster?.version().catch(() => undefined)) ?? 'unknown',
      platform: `${process.platform} ${process.arch} ${osRelease()}`,
    },
  });
}
