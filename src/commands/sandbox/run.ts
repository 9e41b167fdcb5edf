import { resolve } from 'node:path';
import { StreamGateError } from '../../base/index.ts';
import type { Command, Host, Result } from '../command.ts';
import { contract } from './contract.ts';
import { endRecorded, forgetRun, recordRun } from './pid-file.ts';
import { writePrivate } from './private-file.ts';

export const command: Command<typeof contract> = {
  contract,
  run: ({ action, kubeconfigOut, port }, host) => {
    const path = resolve(host.workspace, kubeconfigOut);
    return action === 'up' ? up(path, port, host) : down(path, host);
  },
};

/** Runs until it is interrupted, which is its normal end. */
async function up(path: string, port: number, host: Host): Promise<Result<typeof contract>> {
  const { createSandbox } = await import('../../sandbox/index.ts');
  const sandbox = await createSandbox({ clock: host.clock, pods: 'process', log: host.log });
  try {
    const { url, kubeconfig } = await sandbox.listen(port);
    writePrivate(path, kubeconfig);
    recordRun(path);
    host.log.info(`Kubernetes API  ${url}`);
    host.log.info(`gateway         ${sandbox.gatewayUrl}`);
    host.log.info(`kubeconfig      ${path}`);
    host.log.info(`\n  export KUBECONFIG=${path}\n`);
    host.log.info('Ctrl-C, or `streamgate sandbox down` elsewhere, ends it.');
    await aborted(host.signal);
    return passed('The sandbox ran until it was ended', path, sandbox.gatewayUrl);
  } finally {
    await sandbox.close();
    forgetRun(path);
  }
}

async function down(path: string, host: Host): Promise<Result<typeof contract>> {
  const ended = await endRecorded(path, host.clock, host.signal);
  if (!ended) {
    throw new StreamGateError('NotFound', `No sandbox runs that wrote ${path}`, {
      remedy: 'Name the kubeconfig of the one that you mean with --kubeconfig-out.',
    });
  }
  return passed('The sandbox was ended', path, '');
}

function passed(reason: string, kubeconfig: string, gateway: string): Result<typeof contract> {
  const verdict = 'pass';
  const outcome = 'Checked';
  return { verdict, outcome, reason, outputs: { verdict, outcome, reason, kubeconfig, gateway } };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
