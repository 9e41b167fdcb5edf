import { toInstant, toStreamGateError } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import type { Inputs } from '../../contract/index.ts';
import type { StepRecord } from '../../evidence/index.ts';
import {
  findApps,
  plainResult,
  type Retired,
  type RetireRequest,
  type RunResult,
  retireOrTell,
  unwatched,
} from '../../release/index.ts';
import type { Command, Host } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { inSeconds, refusal } from '../ended-release.ts';
import { requestFromHost } from '../run-request.ts';
import { tellEvidence } from '../tell-evidence.ts';
import { contract } from './contract.ts';

type RetireInputs = Inputs<typeof contract>;

/** For all that one app takes: the gateway's time to follow, and a few writes. */
const budgetMs = 2 * 60_000;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const began = host.clock.monotonic();
    let cluster: Cluster | undefined;
    const { result, ended } = await (async () => {
      cluster = await connectCluster(inputs, host);
      return retireAll(inputs, host, cluster.with(host.signal));
    })().catch((thrown: unknown) => {
      const error = toStreamGateError(thrown);
      if (error.code === 'Usage' || error.code === 'Internal') throw error;
      return { result: refusal(error), ended: [] };
    });
    const subject = { app: inputs.app ?? null, namespace: inputs.namespace };
    const telling = { command: contract.name, subject, host, began, cluster, traffic: null, next: null };
    const evidence = await tellEvidence(result, telling);
    const paths = await host.publish(evidence);
    const done = ended.filter(({ state }) => state === 'retired' || state === 'put-back');
    return {
      verdict: result.verdict,
      outcome: result.outcome,
      reason: result.reason,
      remedy: result.failure?.remedy ?? undefined,
      outputs: {
        outcome: result.outcome,
        verdict: result.verdict,
        reason: result.reason,
        retired: done.map(({ app }) => app).join(','),
        left: ended.length - done.length,
        durationSeconds: inSeconds(evidence.durationMs),
        evidence: paths.evidencePath,
        report: paths.reportPath,
      },
      evidence,
    };
  },
};

interface AllRetired {
  readonly result: RunResult;
  readonly ended: readonly Retired[];
}

const outcomes = {
  retired: 'done',
  'put-back': 'done',
  left: 'skipped',
  nothing: 'skipped',
  failed: 'failed',
} as const;

/** One app after the other: what fails for one keeps none of the others waiting. */
async function retireAll(inputs: RetireInputs, host: Host, cluster: Cluster): Promise<AllRetired> {
  const { namespace, due } = inputs;
  const apps = due ? await findApps(cluster, namespace) : [inputs.app ?? ''];
  host.progress.plan(apps.map((app) => ({ id: app, title: titleOf(app) })));
  const ended: Retired[] = [];
  const steps: StepRecord[] = [];
  for (const app of apps) {
    const began = host.clock.monotonic();
    const startedAt = toInstant(host.clock.now());
    host.progress.begin(app);
    const one = await retireOrTell(requestFor(app, inputs, host, cluster));
    const outcome = outcomes[one.state];
    host.progress.end(app, outcome, one.reason);
    steps.push({
      id: app,
      title: titleOf(app),
      outcome,
      startedAt,
      durationMs: host.clock.monotonic() - began,
      detail: one.reason,
    });
    ended.push(one);
  }
  return { result: { ...conclude(inputs, ended), steps }, ended };
}

function titleOf(app: string): string {
  return `Let the old version of ${app} go`;
}

function conclude({ namespace, due, app = '' }: RetireInputs, ended: readonly Retired[]): RunResult {
  const failures = ended.filter(({ state }) => state === 'failed');
  const failed = failures.find(({ refused }) => refused !== true) ?? failures[0];
  if (failed !== undefined) {
    const { reason, remedy = null, refused = false } = failed;
    const failure = { code: refused ? 'Refused' : 'Failed', message: reason, remedy, evidence: [] };
    if (refused) return plainResult({ outcome: 'Refused', verdict: 'invalid', reason }, { failure });
    return plainResult({ outcome: 'Inconclusive', verdict: 'fail', reason }, { failure });
  }
  const done = ended.filter(({ state }) => state === 'retired' || state === 'put-back');
  if (done.length > 0) {
    const reason = done.map(({ reason: told }) => told).join('; ');
    return plainResult({ outcome: 'Retired', verdict: 'pass', reason });
  }
  if (due) {
    const count = `${ended.length} ${ended.length === 1 ? 'app' : 'apps'}`;
    const reason = `Nothing is due in namespace ${namespace}: looked at ${count}`;
    return plainResult({ outcome: 'Checked', verdict: 'pass', reason });
  }
  const [{ state, reason } = { state: 'nothing', reason: '' }] = ended;
  if (state === 'nothing') return plainResult({ outcome: 'Checked', verdict: 'pass', reason });
  // Who names an app wants it done: that it was not is no success.
  const remedy =
    'Nothing was touched. A rollback window may be cut short with `now`; a release that is at work ends by itself, and ' +
    `one whose run died with \`streamgate rollback ${app} --unfinished-only\`.`;
  const failure = { code: 'Refused', message: reason, remedy, evidence: [] };
  return plainResult({ outcome: 'Refused', verdict: 'inconclusive', reason }, { failure });
}

function requestFor(app: string, inputs: RetireInputs, host: Host, cluster: Cluster): RetireRequest {
  return {
    app,
    namespace: inputs.namespace,
    hurry: inputs.now,
    cluster,
    ...requestFromHost(host),
    ...unwatched,
    settings: { progressDeadlineMs: budgetMs, observeMs: 0, rollbackWindowMs: 0 },
    lockTimeoutMs: inputs.lockTimeout,
    leaseMs: inputs.leaseDuration,
    budgetMs,
    // Followed are the apps, not the steps of one.
    listener: { plan() {}, begin() {}, end() {} },
  };
}
