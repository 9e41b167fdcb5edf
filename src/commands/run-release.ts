import { toStreamGateError } from '../base/index.ts';
import type { Cluster } from '../cluster/index.ts';
import type { RunRequest, RunResult } from '../release/index.ts';
import { identifyPods } from './candidate-smoke.ts';
import { connectCluster } from './connect-cluster.ts';
import { type Finished, nextCommand, refusal, withFinalTraffic } from './ended-release.ts';
import { forgetRun } from './recover.ts';
import { type ReleaseOptions, versionSource } from './release-options.ts';
import { requestFromHost } from './run-request.ts';
import { tellEvidence } from './tell-evidence.ts';
import { watchRelease } from './watch-release.ts';
import type { WatchedTraffic } from './watch-traffic.ts';

/** Runs a release from its inputs to its published evidence. Refusals are reported like every other end. */
export async function runRelease(options: ReleaseOptions): Promise<Finished> {
  const { command, host, inputs } = options;
  const began = host.clock.monotonic();
  let cluster: Cluster | undefined;
  let watched: WatchedTraffic | undefined;
  const warnings: string[] = [];
  const warn = (message: string) => {
    warnings.push(message);
    host.log.warn(message);
  };
  const run = async (): Promise<RunResult> => {
    cluster = await connectCluster(inputs, host);
    const connected = cluster;
    const request = requestOf(options, connected, async (names) => {
      watched = await watchRelease(options, connected, names, warn);
      return watched ?? null;
    });
    return options.execute(request, connected);
  };
  const ended = await run().catch((thrown: unknown) => {
    const error = toStreamGateError(thrown);
    // Wrong inputs touch nothing, so there is nothing to recover.
    if (error.code === 'Usage') forgetRun(host);
    // Wrong inputs and defects are the host's to report: there is no run to tell about.
    if (error.code === 'Usage' || error.code === 'Internal') throw error;
    return refusal(error);
  });
  const concluded = (await watched?.conclude()) ?? null;
  const result = withFinalTraffic({ ...ended, warnings: [...warnings, ...ended.warnings] }, concluded);
  const next = nextCommand(result, inputs);
  const traffic = concluded?.traffic ?? null;
  const subject = { app: inputs.app, namespace: inputs.namespace };
  const evidence = await tellEvidence(result, { command, subject, host, began, cluster, traffic, next });
  const paths = await host.publish(evidence);
  forgetRun(host);
  return { result, verdict: result.verdict, traffic, evidence, ...paths, durationMs: evidence.durationMs };
}

function requestOf(options: ReleaseOptions, cluster: Cluster, watch: RunRequest['watch']): RunRequest {
  const { host, inputs } = options;
  const path = inputs.probeUrl === undefined ? '/' : pathOf(inputs.probeUrl);
  return {
    cluster,
    ...requestFromHost(host),
    namespace: inputs.namespace,
    app: inputs.app,
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
    gates: [],
    watch,
    identify: identifyPods(cluster, inputs.namespace, path, versionSource(inputs), host.clock),
  };
}

function pathOf(text: string): string {
  const { pathname, search } = new URL(text);
  return pathname + search;
}
