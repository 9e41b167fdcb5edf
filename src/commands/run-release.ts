import { type Milliseconds, type StreamGateError, toStreamGateError } from '../base/index.ts';
import type { Cluster, KubeObject } from '../cluster/index.ts';
import type { Evidence, Traffic, Verdict } from '../evidence/index.ts';
import { createClusterProber, proberName, startProber, type VersionSource } from '../load/index.ts';
import {
  type Names,
  plainResult,
  type RunRequest,
  type RunResult,
  type StepListener,
} from '../release/index.ts';
import { identifyPods } from './candidate-smoke.ts';
import type { Host } from './command.ts';
import { type ClusterInputs, connectCluster } from './connect-cluster.ts';
import { findProbeTarget, type ProbeInputs, type ProbeTarget } from './probe-target.ts';
import { processOf } from './recover.ts';
import { findServiceTarget } from './service-target.ts';
import { tellEvidence } from './tell-evidence.ts';
import { type WatchedTraffic, type WatchOptions, watchTraffic } from './watch-traffic.ts';

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
  /** Does the release with everything that it needs. */
  readonly execute: (request: RunRequest, cluster: Cluster) => Promise<RunResult>;
  /** Routes, Ingresses and Service of the manifests, for the address of an entry point that is not there yet. */
  readonly entries: () => readonly KubeObject[];
}

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

export function versionSource({
  versionHeader,
  versionJsonpath,
}: Pick<ReleaseInputs, 'versionHeader' | 'versionJsonpath'>): VersionSource {
  return versionJsonpath === undefined
    ? { kind: 'header', name: versionHeader }
    : { kind: 'jsonpath', path: versionJsonpath };
}

/** Runs a release from its inputs to its published evidence. Refusals are reported like every other end. */
export async function runRelease(options: ReleaseOptions): Promise<Finished> {
  const { command, host, inputs } = options;
  const began = host.clock.monotonic();
  let cluster: Cluster | undefined;
  let watched: WatchedTraffic | undefined;
  const run = async (): Promise<RunResult> => {
    cluster = await connectCluster(inputs, host);
    const connected = cluster;
    const request = requestOf(options, connected, async (names) => {
      watched = await watchFor(options, connected, names);
      return watched ?? null;
    });
    return options.execute(request, connected);
  };
  const ended = await run().catch((thrown: unknown) => {
    const error = toStreamGateError(thrown);
    // Wrong inputs and defects are the host's to report: there is no run to tell about.
    if (error.code === 'Usage' || error.code === 'Internal') throw error;
    return refusal(error);
  });
  const concluded = (await watched?.conclude()) ?? null;
  const result = withFinalTraffic(ended, concluded);
  const next = nextCommand(result, inputs);
  const traffic = concluded?.traffic ?? null;
  const subject = { app: inputs.app, namespace: inputs.namespace };
  const evidence = await tellEvidence(result, { command, subject, host, began, cluster, traffic, next });
  const paths = await host.publish(evidence);
  return { result, verdict: result.verdict, traffic, evidence, ...paths, durationMs: evidence.durationMs };
}

function requestOf(options: ReleaseOptions, cluster: Cluster, watch: RunRequest['watch']): RunRequest {
  const { host, inputs } = options;
  const path = inputs.probeUrl === undefined ? '/' : pathOf(inputs.probeUrl);
  return {
    cluster,
    clock: host.clock,
    log: host.log,
    signal: host.signal,
    namespace: inputs.namespace,
    app: inputs.app,
    run: host.run,
    process: processOf(host),
    settings: {
      progressDeadlineMs: inputs.progressDeadline,
      ...(options.schedulingTimeoutMs === undefined
        ? {}
        : { schedulingTimeoutMs: options.schedulingTimeoutMs }),
      observeMs: options.observeMs,
      rollbackWindowMs: options.rollbackWindowMs,
      drainWithinMs: options.drainWithinMs,
      rollbackBudgetMs: inputs.rollbackBudget,
    },
    lockTimeoutMs: inputs.lockTimeout,
    leaseMs: inputs.leaseDuration,
    probesInCluster: inputs.probeFrom === 'cluster',
    budgetMs: options.budgetMs,
    tolerance: options.tolerance,
    listener: listenerOf(host),
    gates: [],
    watch,
    identify: identifyPods(cluster, inputs.namespace, path, versionSource(inputs), host.clock),
  };
}

function pathOf(text: string): string {
  const { pathname, search } = new URL(text);
  return pathname + search;
}

function listenerOf({ progress }: Host): StepListener {
  return {
    plan: (steps) => progress.plan(steps),
    begin: ({ id }) => progress.begin(id),
    end: ({ id }, outcome, detail) => progress.end(id, outcome, detail),
  };
}

async function watchFor(
  options: ReleaseOptions,
  cluster: Cluster,
  names: Names,
): Promise<WatchedTraffic | undefined> {
  const { host, inputs } = options;
  if (inputs.probeFrom === 'none' || options.planOnly) return undefined;
  const runId = `${inputs.app}-${host.run.runId || 'local'}-${Math.floor(host.clock.now()).toString(36)}`;
  return watchTraffic({
    ...(await placeProber(options, cluster, runId)),
    target: await findTarget(options, cluster, names),
    ratePerSecond: inputs.probeRate,
    version: versionSource(inputs),
    tolerance: options.tolerance,
    maxDurationMs: options.watchMs,
    runId,
    clock: host.clock,
    log: host.log,
  });
}

/** The entry point that the prober asks, as far as it was not given. */
async function findTarget(options: ReleaseOptions, cluster: Cluster, names: Names): Promise<ProbeTarget> {
  const { inputs } = options;
  const given = options.entries();
  const [first] = names.routes;
  if (first === undefined) {
    const inside = inputs.probeFrom === 'cluster';
    return findServiceTarget(inputs, { cluster, names, given, inside });
  }
  const brought = given.find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === first);
  const ref = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    namespace: names.namespace,
    name: first,
  };
  return findProbeTarget(inputs, brought ?? (await cluster.get(ref)), cluster);
}

/** Where the prober runs: in this process, or in a pod that lives as long as the run wants it. */
async function placeProber(
  { host, inputs, watchMs }: ReleaseOptions,
  cluster: Cluster,
  runId: string,
): Promise<Pick<WatchOptions, 'startProber' | 'from' | 'close'>> {
  const { app, namespace, probeFrom, probeImage } = inputs;
  if (probeFrom !== 'cluster' || probeImage === undefined) return { startProber, from: 'runner' };
  const prober = createClusterProber({
    cluster,
    clock: host.clock,
    log: host.log,
    namespace,
    app,
    name: proberName(app, runId),
    image: probeImage,
    program: await host.readProber(),
    maxDurationMs: watchMs,
  });
  return { startProber: (given) => prober.start(given), from: 'cluster', close: () => prober.close() };
}

/** The count is whole only at the very end; what it shows then is part of the verdict. */
function withFinalTraffic(
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

export function rollbackCommand({ app, namespace }: Pick<ReleaseInputs, 'app' | 'namespace'>): string {
  return `streamgate rollback ${app} --namespace ${namespace}`;
}

/** Whether `rollback` would take this run's release back, and not the one that was live before it. */
export function takesBack({ outcome, previousRevision }: RunResult): boolean {
  const standing = ['Promoted', 'Retired', 'Parked', 'NothingToRelease', 'Inconclusive'];
  return previousRevision > 0 && standing.includes(outcome);
}

function nextCommand(result: RunResult, inputs: ReleaseInputs): string | null {
  if (result.outcome === 'Parked')
    return `streamgate bluegreen-deploy ${inputs.app} --namespace ${inputs.namespace} --until promoted --release ${result.release?.id ?? ''} …`;
  if (result.outcome === 'Inconclusive') return rollbackCommand(inputs);
  if (result.verdict !== 'pass') return `streamgate status ${inputs.app} --namespace ${inputs.namespace}`;
  if (result.outcome === 'Promoted' && result.previousRevision > 0) return rollbackCommand(inputs);
  return null;
}

/** Failures that count: by the new version, or by the switch. */
export function countedFailures(traffic: Traffic | null): number | null {
  if (traffic === null) return null;
  return (traffic.byAttribution.candidate ?? 0) + (traffic.byAttribution.switch ?? 0);
}
