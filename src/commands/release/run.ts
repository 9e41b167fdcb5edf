import { StreamGateError } from '../../base/index.ts';
import { eject } from '../../release/index.ts';
import type { Command } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { processOf } from '../recover.ts';
import { contract } from './contract.ts';

const budgetMs = 10 * 60_000;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const { app, namespace } = inputs;
    if (!inputs.eject) {
      throw new StreamGateError('Usage', `What is to be done with ${app} is not said`, {
        remedy: `Hand it back with \`streamgate release ${app} --eject\`, or release a version with \`streamgate bluegreen-deploy ${app}\`.`,
      });
    }
    const { progress } = host;
    const result = await eject({
      cluster: (await connectCluster(inputs, host)).with(host.signal),
      clock: host.clock,
      log: host.log,
      signal: host.signal,
      namespace,
      app,
      run: host.run,
      process: processOf(host),
      settings: { progressDeadlineMs: budgetMs, observeMs: 0, rollbackWindowMs: 0 },
      lockTimeoutMs: inputs.lockTimeout,
      leaseMs: inputs.leaseDuration,
      budgetMs,
      tolerance: 0,
      listener: {
        plan: (steps) => progress.plan(steps),
        begin: ({ id }) => progress.begin(id),
        end: ({ id }, outcome, detail) => progress.end(id, outcome, detail),
      },
      gates: [],
      watch: async () => null,
      identify: async () => [],
    });
    const { outcome, verdict, reason, warnings, failure } = result;
    return {
      verdict,
      outcome,
      reason,
      remedy: failure?.remedy ?? undefined,
      outputs: { outcome, verdict, reason },
      text: [reason, ...warnings].map((line) => `${line}\n`).join(''),
      details: { steps: result.steps, warnings },
    };
  },
};
