import { StreamGateError } from '../../base/index.ts';
import { eject, unwatched } from '../../release/index.ts';
import type { Command } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { requestFromHost } from '../run-request.ts';
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
    const result = await eject({
      cluster: (await connectCluster(inputs, host)).with(host.signal),
      ...requestFromHost(host),
      ...unwatched,
      namespace,
      app,
      settings: { progressDeadlineMs: budgetMs, observeMs: 0, rollbackWindowMs: 0 },
      lockTimeoutMs: inputs.lockTimeout,
      leaseMs: inputs.leaseDuration,
      budgetMs,
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
