import type { Milliseconds } from '../../base/index.ts';
import type { Traffic } from '../../evidence/index.ts';
import { endLostRun, plainResult, planRollback, type RunResult, rollback } from '../../release/index.ts';
import { candidateSmoke } from '../candidate-smoke.ts';
import type { Command } from '../command.ts';
import { answerOf, sharedOutputs } from '../ended-release.ts';
import { recoverAfterRun, rememberRun } from '../recover.ts';
import { versionSource } from '../release-options.ts';
import { runRelease } from '../run-release.ts';
import { contract } from './contract.ts';

const reserveMs = 2 * 60_000;
const smokeMs = 60_000;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const budgetMs = inputs.progressDeadline + reserveMs;
    const finished = await runRelease({
      command: contract.name,
      host,
      inputs,
      observeMs: 0,
      rollbackWindowMs: 0,
      budgetMs,
      watchMs: budgetMs + reserveMs,
      tolerance: Number.POSITIVE_INFINITY,
      planOnly: inputs.mode === 'plan',
      // Who needs the way back cannot wait for an address; a drill is there to measure it.
      needsEntryPoint: inputs.drill,
      entries: () => [],
      async execute(base) {
        // Pods that are started again are held to their own probes and ports, as at their release.
        const smoke = candidateSmoke({
          checks: [],
          timeoutMs: smokeMs,
          version: versionSource(inputs),
          clock: host.clock,
        });
        const { startedAt } = host;
        const { to, drill, now } = inputs;
        const request = { ...base, gates: [smoke], to, drill, now, startedAt };
        if (inputs.mode === 'plan') return planRollback(request);
        rememberRun(host, inputs);
        if (inputs.unfinishedOnly)
          return (await endLostRun({ ...request, runId: '' })) ?? nothingUnfinished(inputs.app);
        return rollback(request);
      },
    });
    const { result, traffic } = finished;
    return {
      ...answerOf(finished),
      outputs: {
        ...sharedOutputs(finished),
        revision: result.verdict === 'pass' ? (result.release?.candidate.revision ?? null) : null,
        rollbackMs: rollbackTime(traffic, host.startedAt),
      },
    };
  },
  post: recoverAfterRun,
};

function nothingUnfinished(app: string): RunResult {
  const reason = `${app} has no release that did not end: there is nothing to reverse`;
  return plainResult({ outcome: 'Checked', verdict: 'pass', reason });
}

/** Start of the process to the last answer of the abandoned version; null when it gave none. */
function rollbackTime(traffic: Traffic | null, startedAt: Milliseconds): number | null {
  const abandoned = (traffic?.byVersion ?? []).filter(({ role }) => role === 'stable');
  if (abandoned.length === 0) return null;
  return Math.max(0, Math.round(Math.max(...abandoned.map(({ lastAt }) => Date.parse(lastAt))) - startedAt));
}
