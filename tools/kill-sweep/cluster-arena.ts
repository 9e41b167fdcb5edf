import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { connectTransport, createCluster } from '../../src/cluster/index.ts';
import { startApiProxy } from './api-proxy.ts';
import type { Arena } from './arena.ts';
import { type Contestant, openContestant } from './contestant.ts';

export interface GivenCluster {
  /** Path of a kubeconfig with the right to create namespaces. */
  readonly kubeconfig: string;
  /** Address of a gateway that takes routes of every namespace, through the Gateway `web` in `default`. */
  readonly url: string;
  /** A Node image that its nodes can run. */
  readonly image: string;
}

const programFile = new URL('../../examples/demo-app/server.mjs', import.meta.url);

/** A real cluster: the actions reach its API through a proxy of ours, where they can be stopped. */
export async function openClusterArena(from: string, given: GivenCluster): Promise<Arena> {
  const file = resolve(given.kubeconfig);
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-arena-'));
  const proxy = await startApiProxy(file);
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, proxy.kubeconfig, { mode: 0o600 });
  const transport = await connectTransport({ file });
  const signal = new AbortController().signal;
  const cluster = createCluster({ transport, clock: systemClock, log: silentLog, signal });
  const pod = { image: () => given.image, program: readFileSync(programFile, 'utf8') };
  const url = given.url.endsWith('/') ? given.url : `${given.url}/`;
  // A namespace takes a while to go, and others may play here, too.
  const prefix = `streamgate-arena-${randomBytes(3).toString('hex')}`;
  const inside = new Set<Contestant>();
  let entered = 0;
  return {
    title: transport.name,
    url,
    checkpoint: proxy.checkpoint,
    async enter() {
      const namespace = `${prefix}-${++entered}`;
      await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      const workspace = join(directory, namespace);
      mkdirSync(workspace);
      const said = new Map<string, string>();
      const app = openContestant({ cluster, from, namespace, workspace, kubeconfig, url, pod, said });
      const leave = async () => {
        inside.delete(app);
        await app.leave();
      };
      inside.add(app);
      return { ...app, leave };
    },
    async close() {
      await Promise.all([...inside].map((app) => app.leave()));
      await proxy.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
