import { readStatus } from '../../release/index.ts';
import type { Command } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { rollbackCommand } from '../run-release.ts';
import { contract } from './contract.ts';
import { renderStatus } from './render-status.ts';

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const cluster = await connectCluster(inputs, host);
    const status = await readStatus(cluster.with(host.signal), inputs.namespace, inputs.app);
    const { live, previous, release } = status;
    const reason =
      live === null
        ? `Nothing of ${status.app} is live`
        : `Revision ${live.revision} of ${status.app} is live in slot ${live.slot}`;
    return {
      verdict: 'pass',
      outcome: 'Checked',
      reason,
      outputs: {
        outcome: 'Checked',
        verdict: 'pass',
        reason,
        release: release?.id ?? '',
        phase: release?.phase ?? '',
        activeSlot: live?.slot ?? '',
        revision: live?.revision ?? null,
        rollbackCommand: previous === null ? '' : rollbackCommand(inputs),
      },
      text: renderStatus(status, host.clock.now()),
    };
  },
};
