import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import {
  type Cluster,
  connectTransport,
  createCluster,
  type KubeconfigSource,
} from '../../src/cluster/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { openMint, withUser } from '../support/expiring-tokens.ts';

const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'notes' };

describe('credentials that expire while they are used', () => {
  let sandbox: Sandbox;
  let kubeconfig: string;
  let directory: string;
  let mint: ReturnType<typeof openMint>;
  beforeAll(async () => {
    sandbox = await createSandbox({ clock: systemClock, pods: 'fake' });
    ({ kubeconfig } = await sandbox.listen());
    directory = mkdtempSync(join(tmpdir(), 'streamgate-credentials-'));
    mint = openMint(directory);
    sandbox.acceptTokens(mint.isGood);
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function clusterOf(source: KubeconfigSource): Promise<Cluster> {
    const transport = await connectTransport(source);
    return createCluster({
      transport,
      clock: systemClock,
      log: silentLog,
      signal: new AbortController().signal,
    });
  }

  function write(name: string, text: string): string {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  }

  it('of `tokenFile` are read anew, relative to the kubeconfig', async () => {
    write('token', `${mint.mint()}\n`);
    const file = write('with-token-file', withUser(kubeconfig, { tokenFile: 'token' }));
    const cluster = await clusterOf({ file });
    expect(await cluster.get(ref)).toBeUndefined();
    mint.expire();
    write('token', `${mint.mint()}\n`);
    expect(await cluster.get(ref)).toBeUndefined();
  });

  it('of the service account of a pod are read anew at once, and not only after a minute', async () => {
    const tokenFile = write('service-account', mint.mint());
    const user = { 'auth-provider': { name: 'tokenFile', config: { tokenFile } } };
    const cluster = await clusterOf({ content: withUser(kubeconfig, user) });
    expect(await cluster.get(ref)).toBeUndefined();
    mint.expire();
    write('service-account', mint.mint());
    expect(await cluster.get(ref)).toBeUndefined();
  });

  it('of a plugin are asked for anew, even if it promised them for longer', async () => {
    const cluster = await clusterOf({ content: withUser(kubeconfig, mint.plugin()) });
    await cluster.get(ref);
    await cluster.get(ref);
    expect(readFileSync(mint.runsFile, 'utf8')).toBe('.');
    mint.expire();
    // Several at once are refused together, and ask the plugin once.
    await Promise.all([cluster.get(ref), cluster.get(ref), cluster.get(ref)]);
    expect(readFileSync(mint.runsFile, 'utf8')).toBe('..');
  });

  it('of a kubeconfig file that somebody writes anew are found there', async () => {
    const file = write('rewritten', withUser(kubeconfig, { token: mint.mint() }));
    const cluster = await clusterOf({ file });
    await cluster.get(ref);
    mint.expire();
    write('rewritten', withUser(kubeconfig, { token: mint.mint() }));
    expect(await cluster.get(ref)).toBeUndefined();
  });

  it('and that nobody renews end in an error that says so', async () => {
    const cluster = await clusterOf({ content: withUser(kubeconfig, { token: mint.mint() }) });
    await cluster.get(ref);
    mint.expire();
    await expect(cluster.get(ref)).rejects.toMatchObject({
      code: 'Denied',
      message: expect.stringContaining('401'),
      remedy: expect.stringContaining('expired'),
    });
  });

  it('open the way into a pod with what is good now', async () => {
    const cluster = await clusterOf({ content: withUser(kubeconfig, mint.plugin()) });
    await cluster.get(ref);
    const runsBefore = readFileSync(mint.runsFile, 'utf8').length;
    mint.expire();
    const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'nobody' };
    const way = await cluster.portForward(pod, 80);
    await new Promise<void>((resolve) => {
      const socket = connectSocket(way.port, way.host);
      socket.on('close', () => resolve());
      socket.on('error', () => undefined);
      socket.resume();
    });
    await way.close();
    // The pod is not there; what counts is that the plugin was asked again.
    const runs = readFileSync(mint.runsFile, 'utf8').length;
    expect(runs).toBe(runsBefore + 1);
  });
});
