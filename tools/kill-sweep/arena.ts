import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, silentLog, systemClock } from '../../src/base/index.ts';
import { type Cluster, createCluster, type Transport } from '../../src/cluster/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { manifestsOf } from '../demo/versions.ts';
import { whoAnswers } from '../demo/who-answers.ts';
import { type ActionResult, type StartedAction, startAction } from '../runner.ts';
import { listObjects } from './object-list.ts';

/** An action and how it is called. */
export interface Call {
  readonly action: 'bluegreen-deploy' | 'rollback';
  /** Version that the manifests name. */
  readonly version?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

/** An embedded cluster in this process, where built actions play in namespaces of their own. */
export interface Arena {
  readonly sandbox: Sandbox;
  /** An app in a new namespace. */
  enter(): Promise<Contestant>;
  close(): Promise<void>;
}

/** All that the world can see of an app between two runs. */
export interface Standing {
  readonly objects: readonly string[];
  /** Who answers: `v1`. */
  readonly serving: string;
}

export interface LockState {
  /** Empty when it is free. */
  readonly holder: string;
  /** Grows each time that the lock is taken. */
  readonly token: number;
}

/** One app in one namespace. */
export interface Contestant {
  readonly namespace: string;
  readonly hostname: string;
  start(call: Call): StartedAction;
  run(call: Call): Promise<ActionResult>;
  standing(): Promise<Standing>;
  lock(): Promise<LockState>;
  /** Deletes the namespace with all that is in it, and the traces on disk. */
  leave(): Promise<void>;
}

/** Small, so that hundreds of them take minutes: one pod each, and waits that are as short as inputs allow. */
const usual = {
  app: 'shop',
  'probe-rate': '20',
  'lease-duration': '5s',
  'lock-timeout': '2m',
};
const usualOf = {
  'bluegreen-deploy': { manifests: 'app.yaml', observe: '200ms' },
  rollback: {},
};

export async function openArena(from: string): Promise<Arena> {
  const directory = mkdtempSync(join(tmpdir(), 'streamgate-arena-'));
  const sandbox = await createSandbox({ clock: systemClock, pods: 'process' });
  const kubeconfig = join(directory, 'kubeconfig');
  writeFileSync(kubeconfig, (await sandbox.listen()).kubeconfig, { mode: 0o600 });
  const cluster = clusterOver(sandbox);
  let entered = 0;
  return {
    sandbox,
    async enter() {
      const namespace = `arena-${(++entered).toString().padStart(4, '0')}`;
      await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      const workspace = join(directory, namespace);
      mkdirSync(workspace);
      return openContestant({ sandbox, cluster, from, namespace, workspace, kubeconfig });
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

interface ContestantOptions {
  readonly sandbox: Sandbox;
  readonly cluster: Cluster;
  readonly from: string;
  readonly namespace: string;
  readonly workspace: string;
  readonly kubeconfig: string;
}

function openContestant(options: ContestantOptions): Contestant {
  const { sandbox, cluster, from, namespace, workspace, kubeconfig } = options;
  const hostname = `${namespace}.test`;
  const image = ({ name }: { readonly name: string }) => `streamgate/demo-app:${name}`;
  const started: StartedAction[] = [];

  function write(name: string): void {
    const text = manifestsOf(
      { name, knobs: {}, story: '' },
      { namespace, hostname, image, program: undefined },
    );
    writeFileSync(join(workspace, 'app.yaml'), text.replace('replicas: 2', 'replicas: 1'));
  }

  function start({ action, version, inputs }: Call): StartedAction {
    if (version !== undefined) write(version);
    const given = {
      ...usual,
      ...usualOf[action],
      namespace,
      kubeconfig,
      'probe-url': `${sandbox.gatewayUrl}/`,
      'probe-host': hostname,
      ...inputs,
    };
    const run = startAction({ from, name: action, workspace, inputs: given });
    started.push(run);
    return run;
  }

  return {
    namespace,
    hostname,
    start,
    run: (call) => start(call).result,
    async standing() {
      const entry = { url: sandbox.gatewayUrl, hostname };
      return { objects: await listObjects(cluster, namespace), serving: await whoAnswers(entry) };
    },
    async lock() {
      const ref = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name: 'streamgate-shop' };
      const lease = await cluster.get(ref);
      return {
        holder: String(at(lease, 'spec', 'holderIdentity') ?? ''),
        token: Number(at(lease, 'spec', 'leaseTransitions') ?? 0),
      };
    },
    async leave() {
      await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace });
      for (const action of started) action.dispose();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}
