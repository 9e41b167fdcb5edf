import { messageOf } from '../base/index.ts';
import { endLostRun } from '../release/index.ts';
import type { Host } from './command.ts';
import { type ClusterInputs, connectCluster } from './connect-cluster.ts';
import { rollbackCommand, type WayBack } from './ended-release.ts';

type Remembered = ClusterInputs & WayBack;

/** Tells `post` what this run works on, until `forgetRun`: should it end in the middle, that is put back. */
export function rememberRun(host: Host, inputs: Remembered): void {
  const { app, namespace, context, kubeconfig } = inputs;
  // A kubeconfig given by content is a secret, which no state file may hold; post falls back to the usual places then.
  const state = {
    app,
    namespace,
    context,
    file: kubeconfig?.file,
    runId: host.run.runId,
    process: processOf(host),
    back: rollbackCommand(inputs),
  };
  host.saveState('in-flight', JSON.stringify(state));
}

/** There is nothing to recover: all that was begun has ended, or nothing was begun. */
export function forgetRun(host: Host): void {
  host.saveState('in-flight', '');
}

/** Jobs of one run may release the same app at the same time: their processes began at different moments. */
export function processOf({ run, startedAt }: Host): string {
  return `${run.repository} ${run.runId}/${run.runAttempt} ${startedAt}`;
}

/**
 * The end of the job. Acts only when the main run died in the middle, from what it had saved: a release that this very
 * run had begun is put back. A preview that was parked on purpose is left alone.
 */
export async function recoverAfterRun(host: Host): Promise<void> {
  const saved = host.state('in-flight');
  if (saved === '') return;
  const { app, namespace, context, file, runId, process, back } = JSON.parse(saved) as {
    app: string;
    namespace: string;
    context?: string;
    file?: string;
    runId: string;
    process?: string;
    back: string;
  };
  host.log.warn(`The run that released ${app} ended in the middle; putting back what it had begun`);
  const cluster = await connectCluster(
    { kubeconfig: file === undefined ? undefined : { file }, context },
    host,
  );
  const reversed = await endLostRun({
    cluster,
    clock: host.clock,
    log: host.log,
    namespace,
    app,
    runId,
    // The runner starts this when the main process is gone.
    endedProcess: process,
    run: host.run,
    signal: host.signal,
  }).catch((thrown: unknown) => {
    host.log.error(`It could not be put back: ${messageOf(thrown)}. Run: ${back}`);
    throw thrown;
  });
  host.log.info(reversed?.reason ?? `There was nothing to put back for ${app}`);
}
