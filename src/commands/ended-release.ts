import { type Milliseconds, type StreamGateError, shellWord } from '../base/index.ts';
import type { Evidence, Traffic, Verdict } from '../evidence/index.ts';
import { plainResult, type RunResult } from '../release/index.ts';
import type { Result } from './command.ts';
import type { ReleaseInputs } from './release-options.ts';
import type { WatchedTraffic } from './watch-traffic.ts';

/** What every command that releases reports. */
export interface Finished {
  readonly result: RunResult;
  readonly verdict: Verdict;
  readonly traffic: Traffic | null;
  readonly evidence: Evidence;
  readonly evidencePath: string;
  readonly reportPath: string;
  readonly durationMs: Milliseconds;
}

/** What every command that releases answers beside its outputs. */
export function answerOf({ verdict, result, evidence }: Finished): Omit<Result, 'outputs'> {
  const { outcome, reason, failure } = result;
  return { verdict, outcome, reason, remedy: failure?.remedy ?? undefined, evidence };
}

/** The outputs that every command that releases has. */
export function sharedOutputs({ result, traffic, evidencePath, reportPath, durationMs }: Finished) {
  return {
    release: result.release?.id ?? '',
    outcome: result.outcome,
    verdict: result.verdict,
    reason: result.reason,
    activeSlot: result.activeSlot ?? '',
    durationSeconds: inSeconds(durationMs),
    requests: traffic?.planned ?? null,
    failedRequests: countedFailures(traffic),
    evidence: evidencePath,
    report: reportPath,
  };
}

/** Seconds with one decimal, as outputs have them. */
export function inSeconds(durationMs: Milliseconds): number {
  return Math.round(durationMs / 100) / 10;
}

/** The count is whole only at the very end; what it shows then is part of the verdict. */
export function withFinalTraffic(
  result: RunResult,
  concluded: Awaited<ReturnType<WatchedTraffic['conclude']>>,
): RunResult {
  if (concluded === null || result.verdict !== 'pass' || result.release?.strategy === 'rollback')
    return result;
  if (result.outcome !== 'Promoted' && result.outcome !== 'Retired') return result;
  const { verdict, reason } = concluded.judgement;
  if (verdict === 'pass') return result;
  return { ...result, verdict, reason: `${result.reason}; but afterwards ${reason}` };
}

/** A run that ended before its first change. */
export function refusal(error: StreamGateError): RunResult {
  const undecided = ['Unreachable', 'Timeout', 'Cancelled', 'Conflict', 'Superseded'].includes(error.code);
  const { code, message, remedy = null, evidence } = error;
  return plainResult(
    {
      outcome: code === 'Superseded' ? 'Superseded' : 'Refused',
      verdict: undecided ? 'inconclusive' : 'invalid',
      reason: message,
    },
    { failure: { code, message, remedy, evidence } },
  );
}

/** What a way back is asked for; a command that asks no entry point knows the first two only. */
export type WayBack = Pick<ReleaseInputs, 'app' | 'namespace'> &
  Partial<Pick<ReleaseInputs, 'probeUrl' | 'probeHost' | 'probeFrom' | 'probeImage'>>;

/** The command that goes back. It asks the entry point as this run did: where it is typed, none may be found. */
export function rollbackCommand(inputs: WayBack): string {
  const { app, namespace, probeFrom, probeImage } = inputs;
  const flags = {
    namespace,
    ...(probeFrom === 'none' ? { 'probe-from': 'none' } : {}),
    ...(probeFrom === 'cluster' && probeImage !== undefined
      ? { 'probe-from': 'cluster', 'probe-image': probeImage }
      : {}),
    ...entryPoint(inputs),
  };
  const words = Object.entries(flags).map(([name, value]) => `--${name} ${shellWord(value)}`);
  return ['streamgate rollback', app, ...words].join(' ');
}

/** Not one with a user or a query: either may be a secret, and this is printed where many can read it. */
function entryPoint({ probeUrl, probeHost }: WayBack): Readonly<Record<string, string>> {
  if (probeUrl === undefined) return {};
  const { href, username, password, search } = new URL(probeUrl);
  if (username !== '' || password !== '' || search !== '') return {};
  return { 'probe-url': href, ...(probeHost === undefined ? {} : { 'probe-host': probeHost }) };
}

/** Whether `rollback` would take this run's release back, and not the one that was live before it. */
export function takesBack({ outcome, previousRevision }: RunResult): boolean {
  const standing = ['Promoted', 'Retired', 'Parked', 'NothingToRelease', 'Inconclusive'];
  return previousRevision > 0 && standing.includes(outcome);
}

/** What a person would run next; null when there is nothing to do. */
export function nextCommand(result: RunResult, inputs: ReleaseInputs): string | null {
  if (result.outcome === 'Parked')
    return `streamgate bluegreen-deploy ${inputs.app} --namespace ${inputs.namespace} --until promoted --release ${result.release?.id ?? ''} …`;
  if (result.outcome === 'Inconclusive') return rollbackCommand(inputs);
  if (result.verdict !== 'pass') return `streamgate status ${inputs.app} --namespace ${inputs.namespace}`;
  if (result.outcome === 'Promoted' && result.previousRevision > 0) return rollbackCommand(inputs);
  return null;
}

/** Failures that count: by the new version, or by the switch. */
function countedFailures(traffic: Traffic | null): number | null {
  if (traffic === null) return null;
  return (traffic.byAttribution.candidate ?? 0) + (traffic.byAttribution.switch ?? 0);
}
