import type { Cluster } from '../../cluster/index.ts';
import type { Inputs } from '../../contract/index.ts';
import { type AppStatus, readStatus } from '../../release/index.ts';
import type { Command, Host } from '../command.ts';
import { connectCluster } from '../connect-cluster.ts';
import { rollbackCommand } from '../ended-release.ts';
import { contract } from './contract.ts';
import { renderStatus } from './render-status.ts';

type StatusInputs = Inputs<typeof contract>;

const lookEveryMs = 1_000;

export const command: Command<typeof contract> = {
  contract,
  async run(inputs, host) {
    const cluster = (await connectCluster(inputs, host)).with(host.signal);
    const status = inputs.watch
      ? await watchStatus(cluster, inputs, host)
      : await readStatus(cluster, inputs.namespace, inputs.app);
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
      details: status,
    };
  },
};

/** Tells every change as it comes, until no release is going on any more. */
async function watchStatus(
  cluster: Cluster,
  { namespace, app }: StatusInputs,
  { clock, log, signal }: Host,
): Promise<AppStatus> {
  let told = '';
  for (;;) {
    const status = await readStatus(cluster, namespace, app);
    if (!isGoingOn(status)) return status;
    const line = summarise(status);
    if (line !== told) log.info(line);
    told = line;
    await clock.sleep(lookEveryMs, signal);
  }
}

function isGoingOn({ release }: AppStatus): boolean {
  return release?.phase === 'running' || release?.phase === 'undoing';
}

function summarise({ release, slots, route }: AppStatus): string {
  const pods = slots.map(({ slot, ready, wanted }) => `${slot} ${ready}/${wanted}`).join(', ');
  const split = route?.kind === 'split' ? `, route blue ${route.blue} green ${route.green}` : '';
  return `${release?.id}: ${release?.phase}${release?.step ? `, ${release.step}` : ''}; ${pods}${split}`;
}
