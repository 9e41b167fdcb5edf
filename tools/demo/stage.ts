import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { connectTransport, createCluster } from '../../src/cluster/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import type { Place, Version } from './versions.ts';

/** Where the demo plays: a cluster with a gateway, and a namespace of its own. */
export interface Stage extends Place {
  readonly title: string;
  readonly kubeconfig: string;
  /** Address of the gateway. */
  readonly url: string;
  close(): Promise<void>;
}

/** The embedded cluster, in this process. */
export async function openSandboxStage(): Promise<Stage> {
  const sandbox = await createSandbox({ clock: systemClock, pods: 'process' });
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-demo-'));
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, (await sandbox.listen()).kubeconfig, { mode: 0o600 });
  return {
    title: 'the embedded cluster',
    kubeconfig,
    url: `${sandbox.gatewayUrl}/`,
    namespace: 'default',
    hostname: 'shop.example.test',
    image: ({ name }) => `streamgate/demo-app:${name}`,
    program: undefined,
    async close() {
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export interface RealCluster {
  readonly kubeconfig: string;
  readonly url: string;
  /** A Node image that the cluster can pull. */
  readonly image: string;
}

const programFile = new URL('../../examples/demo-app/server.mjs', import.meta.url);

/** A cluster of the user's: a namespace of its own is made there, and deleted at the end. */
export async function openClusterStage({ kubeconfig, url, image }: RealCluster): Promise<Stage> {
  const file = resolve(kubeconfig);
  const transport = await connectTransport({ file });
  const cluster = createCluster({
    transport,
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
  });
  // Several in one process, as tests have them, must not meet: a namespace takes a while to go.
  const namespace = `streamgate-demo-${process.pid}-${randomBytes(3).toString('hex')}`;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  return {
    title: `${transport.name}, namespace ${namespace}`,
    kubeconfig: file,
    url,
    namespace,
    hostname: `${namespace}.example.test`,
    image: (_version: Version) => image,
    program: readFileSync(programFile, 'utf8'),
    close: () => cluster.delete({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace }),
  };
}
