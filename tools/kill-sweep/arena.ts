import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { type Cluster, createCluster, type Transport } from '../../src/cluster/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { type Contestant, openContestant } from './contestant.ts';
import type { Checkpoint } from './gatekeeper.ts';

/** A cluster where built actions play in namespaces of their own. */
export interface Arena {
  readonly title: string;
  /** Address of the gateway. */
  readonly url: string;
  /** Stands between the actions and the API. */
  readonly checkpoint: Checkpoint;
  /** An app in a new namespace. */
  enter(): Promise<Contestant>;
  close(): Promise<void>;
}

/** An embedded cluster in this process. */
export interface SandboxArena extends Arena {
  readonly sandbox: Sandbox;
}

/** Of each pod, in characters. */
const keptOutput = 600;

export async function openArena(from: string): Promise<SandboxArena> {
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-arena-'));
  const said = new Map<string, string>();
  const sandbox = await createSandbox({
    clock: systemClock,
    pods: 'process',
    onPodOutput: ({ namespace, name }, text) => {
      const key = `${namespace}/${name}`;
      said.set(key, `${said.get(key) ?? ''}${text}`.slice(-keptOutput));
    },
  });
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, (await sandbox.listen()).kubeconfig, { mode: 0o600 });
  const cluster = clusterOver(sandbox);
  const url = `${sandbox.gatewayUrl}/`;
  const pod = {
    image: ({ name }: { readonly name: string }) => `streamgate/demo-app:${name}`,
    program: undefined,
  };
  let entered = 0;
  return {
    title: 'the embedded cluster',
    sandbox,
    url,
    checkpoint: (isMeant, hooks) => sandbox.faults.add({ where: isMeant }, { kind: 'hold', ...hooks }),
    async enter() {
      const namespace = `arena-${(++entered).toString().padStart(4, '0')}`;
      await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      const workspace = join(directory, namespace);
      mkdirSync(workspace);
      return openContestant({ cluster, from, namespace, workspace, kubeconfig, url, pod, said });
    },
    async close() {
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function clusterOver(sandbox: Sandbox): Cluster {
  const transport: Transport = {
    name: 'arena',
    // Under a name of its own: a gate is there for the actions only.
    send: (request) => sandbox.handle({ ...request, headers: { ...request.headers, 'user-agent': 'arena' } }),
    portForward: () => Promise.reject(new Error('nobody asks a pod here')),
  };
  const signal = new AbortController().signal;
  return createCluster({ transport, clock: systemClock, log: silentLog, signal });
}
