import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../src/base/index.ts';
import type { Cluster } from '../../src/cluster/index.ts';
import { manifestsOf, type Place } from '../demo/versions.ts';
import { whoAnswers } from '../demo/who-answers.ts';
import { type ActionResult, type StartedAction, startAction } from '../runner.ts';
import { findClues } from './clues.ts';
import { listObjects } from './object-list.ts';

/** An action and how it is called. */
export interface Call {
  readonly action: 'bluegreen-deploy' | 'rollback';
  /** Version that the manifests name. */
  readonly version?: string;
  readonly inputs?: Readonly<Record<string, string>>;
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
  /** Names and resourceVersions of all that nobody but a run writes to: its lock and its journal among them. */
  versions(): Promise<readonly string[]>;
  /** What was out of the ordinary with its pods, and the last that these said: for a person who asks why. */
  clues(): Promise<readonly string[]>;
  /** Ends what still runs, and deletes the namespace with all that is in it, and the traces on disk. */
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

/** On a machine that is busy with trials a program may take longer to start than this probe lets it live. */
const liveness = /^ +livenessProbe:\n(?: +httpGet:.*\n| +periodSeconds:.*\n)+/m;
/** Kinds without a status that a controller would write. */
const ownedByRuns = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
  { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
];
/** What its arena gives to an app. */
export interface ContestantOptions {
  readonly cluster: Cluster;
  /** Folder with `actions/` and `dist/`. */
  readonly from: string;
  readonly namespace: string;
  readonly workspace: string;
  /** Of the actions. */
  readonly kubeconfig: string;
  /** Address of the gateway. */
  readonly url: string;
  /** Image of a version, and the program that it takes along when the image is a stock one. */
  readonly pod: Pick<Place, 'image' | 'program'>;
  /** The last output of each pod, by `namespace/name`. */
  readonly said: Map<string, string>;
}

export function openContestant(options: ContestantOptions): Contestant {
  const { cluster, from, namespace, workspace, kubeconfig, url, pod, said } = options;
  const hostname = `${namespace}.test`;
  const started: StartedAction[] = [];

  function write(name: string): void {
    const text = manifestsOf({ name, knobs: {}, story: '' }, { namespace, hostname, ...pod });
    writeFileSync(
      join(workspace, 'app.yaml'),
      text.replace('replicas: 2', 'replicas: 1').replace(liveness, ''),
    );
  }

  function start({ action, version, inputs }: Call): StartedAction {
    if (version !== undefined) write(version);
    const given = {
      ...usual,
      ...usualOf[action],
      namespace,
      kubeconfig,
      'probe-url': url,
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
      const entry = { url, hostname };
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
    async versions() {
      const lists = await Promise.all(ownedByRuns.map((kind) => cluster.list(kind, { namespace })));
      return lists
        .flat()
        .map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`)
        .sort();
    },
    clues: () => findClues(cluster, namespace, said),
    async leave() {
      for (const key of said.keys()) if (key.startsWith(`${namespace}/`)) said.delete(key);
      await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace });
      for (const action of started) {
        action.signal('SIGKILL');
        action.dispose();
      }
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}
