import { setTimeout as pause } from 'node:timers/promises';
import { type Log, silentLog, systemClock } from '../../src/base/index.ts';
import { type Cluster, connectTransport, createCluster, parseManifests } from '../../src/cluster/index.ts';
import { candidateSmoke, identifyPods } from '../../src/commands/candidate-smoke.ts';
import { type WatchedTraffic, watchTraffic } from '../../src/commands/watch-traffic.ts';
import type { Traffic, Verdict } from '../../src/evidence/index.ts';
import { type Prober, startProber, type VersionSource } from '../../src/load/index.ts';
import {
  type DeployRequest,
  type Desired,
  deploy,
  findDesired,
  type RunRequest,
  type RunResult,
  rollback,
} from '../../src/release/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { manifestsOf, type Version } from '../../tools/demo/versions.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import { collectPodLogs, contradictions, type PodEntry, type Testimony } from './witnesses.ts';

const app = 'shop';
const version: VersionSource = { kind: 'header', name: 'x-version' };
const clock = systemClock;
const never = new AbortController().signal;

/** The embedded cluster with pods that are processes, and the release engine in front of it, over TLS. */
export interface ReleaseStage {
  readonly sandbox: Sandbox;
  /** Every request with an id that any pod served. */
  readonly podLog: readonly PodEntry[];
  /** An app in a namespace of its own. */
  openApp(namespace: string, options?: AppOptions): Promise<StagedApp>;
  close(): Promise<void>;
}

export interface AppOptions {
  /** Without it, a pod of the app gets its SIGTERM at once. */
  readonly preStop?: boolean;
  /** Between the end of a pod's being and its SIGKILL; as the example says when left out. */
  readonly graceSeconds?: number;
  /** Requests per second during each run. */
  readonly rate?: number;
  /** Callers come in by this port of the node, and no route leads to the app. */
  readonly nodePort?: number;
}

export type Change = Partial<Pick<DeployRequest, 'until' | 'listener' | 'tolerance'>> & {
  /** Ten minutes when left out. */
  readonly rollbackWindowMs?: number;
};

/** How a run ended, and what was seen of its requests. */
export interface WitnessedRun<Result = RunResult> {
  readonly result: Result;
  readonly verdict: Verdict | undefined;
  readonly testimony: Testimony;
  /** As the evidence has it; undefined when nothing was watched. */
  readonly traffic: Traffic | undefined;
  /** Of the witnesses of its requests. */
  readonly contradictions: readonly string[];
  /** Requests that did not end well, as the prober quotes them. */
  readonly lost: readonly string[];
}

export interface StagedApp {
  readonly namespace: string;
  readonly hostname: string;
  readonly cluster: Cluster;
  desired(version: Version): Desired;
  /** Does anything with a request of the release engine, and with its prober watched by the other two. */
  witness<Result>(run: (request: RunRequest) => Promise<Result>): Promise<WitnessedRun<Result>>;
  release(version: Version, change?: Change): Promise<WitnessedRun>;
  rollback(): Promise<WitnessedRun>;
  /** Who answers callers now: `v1`. */
  serving(): Promise<string>;
}

export async function openReleaseStage(log: Log = silentLog): Promise<ReleaseStage> {
  const podLogs = collectPodLogs();
  const sandbox = await createSandbox({ clock, pods: 'process', log, onPodOutput: podLogs.onPodOutput });
  const transport = await connectTransport({ content: (await sandbox.listen()).kubeconfig });
  const cluster = createCluster({ transport, clock, log, signal: never });
  return {
    sandbox,
    podLog: podLogs.entries,
    async openApp(namespace, options = {}) {
      await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      return stageApp({ sandbox, cluster, log, pods: podLogs.entries, namespace, ...options });
    },
    close: () => sandbox.close(),
  };
}

interface StagedAppOptions extends AppOptions {
  readonly sandbox: Sandbox;
  readonly cluster: Cluster;
  readonly log: Log;
  readonly pods: readonly PodEntry[];
  readonly namespace: string;
}

function stageApp(options: StagedAppOptions): StagedApp {
  const {
    sandbox,
    cluster,
    log,
    namespace,
    rate = 200,
    preStop = true,
    graceSeconds = 20,
    nodePort,
  } = options;
  const hostname = `${namespace}.test`;
  const place = { namespace, hostname, program: undefined, ...(nodePort === undefined ? {} : { nodePort }) };
  const url = nodePort === undefined ? sandbox.gatewayUrl : `http://${sandbox.nodeAddress}:${nodePort}`;
  let runs = 0;

  function desired(wanted: Version): Desired {
    const image = ({ name }: Version) => `streamgate/demo-app:${name}`;
    const text = manifestsOf(wanted, { ...place, image });
    const hasty = text.replace(/^ +lifecycle:\n +preStop:\n +sleep: .*\n/m, '');
    const timed = (preStop ? text : hasty).replace(/(GracePeriodSeconds: ).*/, `$1${graceSeconds}`);
    const { objects } = parseManifests([{ name: 'app.yaml', text: timed }]);
    const answer = findDesired({ app, namespace, objects, images: [] });
    if ('problems' in answer) throw new Error(answer.problems.join('\n'));
    return answer.desired;
  }

  /** The prober as every command starts it; each one that it starts is remembered. */
  function watch(runId: string, probers: Map<string, Prober>): WatchedTraffic {
    return watchTraffic({
      from: 'runner',
      startProber(given) {
        const prober = startProber(given);
        probers.set(given.runId, prober);
        return prober;
      },
      target: { url: new URL(`${url}/`), host: hostname },
      ratePerSecond: rate,
      version,
      tolerance: 0,
      maxDurationMs: 120_000,
      runId,
      clock,
      log,
    });
  }

  function requestOf(watched: WatchedTraffic): RunRequest {
    return {
      cluster,
      clock,
      log,
      signal: never,
      namespace,
      app,
      run: {
        repository: 'acme/shop',
        commit: 'c0ffee',
        ref: '',
        runId: String(runs),
        runAttempt: '1',
        actor: 'ci',
        runUrl: '',
      },
      settings: { progressDeadlineMs: 60_000, observeMs: 2_000, rollbackWindowMs: 600_000 },
      lockTimeoutMs: 60_000,
      budgetMs: 60_000,
      tolerance: 0,
      listener: { plan() {}, begin() {}, end() {} },
      gates: [candidateSmoke({ checks: [], timeoutMs: 30_000, version, clock })],
      watch: async () => watched,
      identify: identifyPods(cluster, namespace, '/', version, clock),
    };
  }

  async function witness<Result>(
    run: (request: RunRequest) => Promise<Result>,
  ): Promise<WitnessedRun<Result>> {
    runs += 1;
    const probers = new Map<string, Prober>();
    const watched = watch(`${namespace}-${runs}`, probers);
    const ended = await run(requestOf(watched)).finally(() => watched.conclude());
    const concluded = await watched.conclude();
    const listen = () => hear(probers, options);
    // What a pod printed takes a moment to come through its pipe.
    for (let n = 0; n < 20 && contradictions(listen()).length > 0; n++) await pause(50);
    const testimony = listen();
    return {
      result: ended,
      verdict: concluded?.judgement.verdict,
      traffic: concluded?.traffic,
      testimony,
      contradictions: contradictions(testimony),
      lost: testimony.answers.flatMap(({ id, class: how, detail }) =>
        how === 'ok' || id.includes('-first-') ? [] : [`${id}: ${how}, ${detail}`],
      ),
    };
  }

  return {
    namespace,
    hostname,
    cluster,
    desired,
    witness,
    release: (wanted, { rollbackWindowMs, ...change } = {}) =>
      witness((request) =>
        deploy({
          ...request,
          settings: { ...request.settings, ...(rollbackWindowMs === undefined ? {} : { rollbackWindowMs }) },
          desired: desired(wanted),
          routes: [],
          until: 'promoted',
          force: false,
          ...change,
        }),
      ),
    rollback: () => witness((request) => rollback({ ...request, to: undefined, drill: false })),
    serving: () => whoAnswers({ url, hostname }),
  };
}

function hear(
  probers: ReadonlyMap<string, Prober>,
  { sandbox, pods, nodePort }: Pick<StagedAppOptions, 'sandbox' | 'pods' | 'nodePort'>,
): Testimony {
  const isOurs = ({ id }: { readonly id: string }) => probers.has(id.replace(/-\d+$/, ''));
  const tallies = [...probers].map(([runId, prober]) => ({ runId, ...prober.tally() }));
  return {
    planned: tallies.flatMap(({ runId, planned }) =>
      Array.from({ length: planned }, (_, n) => `${runId}-${n}`),
    ),
    answers: tallies.flatMap(({ answers }) => answers),
    gateway: nodePort === undefined ? sandbox.gatewayLog.filter(isOurs) : null,
    pods: pods.filter(isOurs),
  };
}
