import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { systemClock } from '../../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../../src/cluster/index.ts';
import type { Evidence } from '../../../src/evidence/index.ts';
import { openClusterStage, type Stage } from '../../../tools/demo/stage.ts';
import { manifestsOf } from '../../../tools/demo/versions.ts';
import { whoAnswers } from '../../../tools/demo/who-answers.ts';
import { type ActionResult, type StartedAction, startAction } from '../../../tools/runner.ts';
import { ensureBuilt } from '../../support/built.ts';
import { type LoadAnswer, startSteadyLoad } from '../../support/steady-load.ts';
import type { GivenCluster } from '../given-cluster.ts';
import { connectGiven, findNodeAddress, findNodePort } from '../node-address.ts';
import type { Change } from './knobs.ts';
import { isReady, startPodDiary, versionOf } from './pod-diary.ts';
import { backendsOf, slotOf, startTrafficDiary, type Turn } from './traffic-diary.ts';

/** `gateway`: an HTTPRoute leads to the app. `selector`: callers come in by a node port of its Service, and no route. */
export type Mode = 'gateway' | 'selector';

/** What stands in the namespace at one moment. */
export interface Standing {
  /** Who answers those who ask at the entry point: `v1`. */
  readonly serving: string;
  /** Slot that the app's own Service selects. */
  readonly entry: string;
  /** Backends of the route: `shop:1`; none without a route. */
  readonly backends: readonly string[];
  /** Uids of the pods that are ready and not told to go, by the version that they run. */
  readonly pods: Readonly<Record<string, readonly string[]>>;
}

/** One action that ran, and what stood there afterwards. Instants are milliseconds since the epoch. */
export interface Run extends ActionResult {
  readonly began: number;
  readonly ended: number;
  readonly evidence: Evidence;
  readonly after: Standing;
}

export interface StartedRun {
  readonly action: StartedAction;
  /** Waits for its end. */
  readonly run: Promise<Run>;
}

/** The demo service in a namespace of its own, as the built actions release it. Callers ask it all the time from the first release on. */
export interface App {
  readonly mode: Mode;
  readonly stage: Stage;
  readonly cluster: Cluster;
  readonly pods: ReturnType<typeof startPodDiary>;
  readonly traffic: ReturnType<typeof startTrafficDiary>;
  /** What a diary holds between two instants. */
  turnsIn(turns: readonly Turn[], time: Time): readonly string[];
  readonly callers: { readonly answers: readonly LoadAnswer[]; stop(): Promise<unknown> };
  /** Runs `bluegreen-deploy` with the manifests of a version. Observes for a second, and keeps old pods for 10 minutes. */
  release(version: string, change?: Change): Promise<Run>;
  startRelease(version: string, change?: Change): StartedRun;
  /** Any other action for this app: `rollback`, `retire`, `smoke-test`. */
  run(action: string, inputs?: Readonly<Record<string, string>>): Promise<Run>;
  start(action: string, inputs?: Readonly<Record<string, string>>): StartedRun;
  get(apiVersion: string, kind: string, name: string): Promise<KubeObject | undefined>;
  list(apiVersion: string, kind: string): Promise<readonly KubeObject[]>;
  standing(): Promise<Standing>;
  /** Names of the pods of a version that are ready and not told to go. */
  podsOf(version: string): Promise<readonly string[]>;
  /** Waits until it holds; after two minutes it throws. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** What callers of the entry point met between two instants, or while an action ran: those that were sent then. */
  askedIn(time: Time): readonly LoadAnswer[];
  /**
   * Those that got no good answer. Where the selector moves traffic, callers who keep a connection stay with their pod
   * and go with it, as documented; so there an end without any answer counts on connections of their own only.
   */
  lostIn(time: Time): readonly LoadAnswer[];
  close(): Promise<void>;
}

export interface Time {
  readonly began: number;
  readonly ended: number;
}

/** Requests of each second: of the independent callers, and of the prober of each action. */
const everyMs = 40;
const probeRate = '30';

const smoke = '- path: /api/orders\n  status: 200\n  within: 2s\n';
const usual = {
  smoke,
  'smoke-timeout': '8s',
  observe: '1s',
  'progress-deadline': '2m',
  'rollback-window': '10m',
};

export async function openApp(given: GivenCluster, mode: Mode): Promise<App> {
  const from = ensureBuilt();
  const cluster = await connectGiven(given.kubeconfig);
  const stage = await openStage(given, cluster, mode);
  const { namespace, kubeconfig } = stage;
  const output = mkdtempSync(join(tmpdir(), 'streamgate-checklist-'));
  const ending = new AbortController();
  const pods = startPodDiary(cluster, namespace, ending.signal);
  const traffic = startTrafficDiary(cluster, namespace, ending.signal);
  const later: StartedAction[] = [];
  let runs = 0;
  let load: ReturnType<typeof startSteadyLoad> | undefined;

  const get = (apiVersion: string, kind: string, name: string) =>
    cluster.get({ apiVersion, kind, namespace, name });
  const list = (apiVersion: string, kind: string) => cluster.list({ apiVersion, kind }, { namespace });
  const standing = () => readStanding(stage, get, list);

  function start(
    name: string,
    inputs: Readonly<Record<string, string>> = {},
    manifests?: string,
  ): StartedRun {
    const workspace = join(output, String(++runs));
    mkdirSync(workspace, { recursive: true });
    if (manifests !== undefined) writeFileSync(join(workspace, 'app.yaml'), manifests);
    const probes = { 'probe-url': stage.url, 'probe-host': stage.hostname, 'probe-rate': probeRate };
    const began = Date.now();
    const action = startAction({
      from,
      name,
      workspace,
      inputs: {
        app: 'shop',
        namespace,
        kubeconfig,
        'report-dir': 'report',
        ...(['bluegreen-deploy', 'rollback'].includes(name) ? probes : {}),
        ...inputs,
      },
    });
    later.push(action);
    return { action, run: finish(`${name} ${JSON.stringify(inputs)}`, action, began) };
  }

  async function finish(title: string, action: StartedAction, began: number): Promise<Run> {
    const result = await action.result;
    const ended = Date.now();
    const { evidence: path } = result.outputs;
    if (!path) throw new Error(`${title}: ${result.stdout}${result.stderr}`);
    const evidence: Evidence = JSON.parse(readFileSync(path, 'utf8'));
    load ??= startSteadyLoad(stage.url, stage.hostname, everyMs);
    return { ...result, began, ended, evidence, after: await standing() };
  }

  const startRelease = (version: string, { env = {}, edit, beside = [], inputs }: Change = {}) => {
    const place = { ...stage, beside };
    const documents = parseAllDocuments(manifestsOf({ name: version, knobs: env, story: '' }, place));
    for (const document of documents) edit?.(document);
    const manifests = documents.map((document) => document.toString()).join('---\n');
    return start('bluegreen-deploy', { manifests: 'app.yaml', ...usual, ...inputs }, manifests);
  };

  const answers = () => load?.answers ?? [];
  const askedIn = ({ began, ended }: Time) =>
    answers().filter(({ sentAt }) => sentAt >= began && sentAt <= ended);
  return {
    mode,
    stage,
    cluster,
    pods,
    traffic,
    turnsIn: (turns, { began, ended }) =>
      turns.filter(({ seenAt }) => seenAt >= began && seenAt <= ended).map(({ to }) => to),
    callers: {
      get answers() {
        return answers();
      },
      stop: async () => load?.stop(),
    },
    release: (version, change) => startRelease(version, change).run,
    startRelease,
    run: (action, inputs) => start(action, inputs).run,
    start,
    get,
    list,
    standing,
    podsOf: async (version) =>
      (await list('v1', 'Pod'))
        .filter((pod) => isStanding(pod) && versionOf(pod) === version)
        .map(({ metadata }) => metadata.name),
    until: waitUntil,
    sleep: (ms) => systemClock.sleep(ms),
    askedIn,
    lostIn: (time) =>
      askedIn(time).filter(
        ({ how, kept }) => how !== '200' && !(mode === 'selector' && kept && !/^\d+$/.test(how)),
      ),
    async close() {
      ending.abort();
      await load?.stop();
      await stage.close();
      for (const action of later) action.dispose();
      rmSync(output, { recursive: true, force: true });
    },
  };
}

async function waitUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
    await systemClock.sleep(200);
  }
}

async function openStage(given: GivenCluster, cluster: Cluster, mode: Mode): Promise<Stage> {
  const opened = await openClusterStage(given);
  if (mode === 'gateway') return opened;
  try {
    const node = await findNodeAddress(given);
    if ('hindrance' in node) throw new Error(node.hindrance);
    const nodePort = await findNodePort(cluster, opened.namespace);
    return { ...opened, nodePort, url: `http://${node.address}:${nodePort}/` };
  } catch (thrown) {
    await opened.close();
    throw thrown;
  }
}

function isStanding(pod: KubeObject): boolean {
  return isReady(pod) && pod.metadata.deletionTimestamp === undefined;
}

async function readStanding(stage: Stage, get: App['get'], list: App['list']): Promise<Standing> {
  const [serving, service, route, pods] = await Promise.all([
    whoAnswers(stage),
    get('v1', 'Service', 'shop'),
    get('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop'),
    list('v1', 'Pod'),
  ]);
  const uids = Map.groupBy(pods.filter(isStanding), versionOf);
  return {
    serving,
    entry: slotOf(service),
    backends: backendsOf(route),
    pods: Object.fromEntries(
      [...uids].map(([version, ones]) => [version, ones.map(({ metadata }) => String(metadata.uid)).sort()]),
    ),
  };
}
