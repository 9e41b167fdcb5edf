import {
  type Clock,
  createVirtualClock,
  StreamGateError,
  silentLog,
  toInstant,
} from '../../src/base/index.ts';
import { type Cluster, createCluster, type KubeObject, type Transport } from '../../src/cluster/index.ts';
import type { Gate, Verdict } from '../../src/evidence/index.ts';
import {
  bothNamed,
  type Candidate,
  type DeployRequest,
  deploy,
  eject,
  findDesired,
  type KnownVersions,
  modeOf,
  planDeploy,
  planRollback,
  type RollbackRequest,
  type RunRequest,
  type RunResult,
  roleOf,
  rollback,
  type Sighting,
  type TrafficMode,
  type Witness,
} from '../../src/release/index.ts';
import { createSandbox, type FakeAnswer, type Sandbox } from '../../src/sandbox/index.ts';

export const namespace = 'default';
export const host = 'shop.test';

/** Environment of a version of the app: its name and its faults. */
export type Knobs = Readonly<Record<string, string>>;

/** Manifests of the app as a user has them: one Deployment, one Service, one HTTPRoute. */
export function manifests(
  knobs: Knobs,
  change: { readonly image?: string; readonly replicas?: number } = {},
): KubeObject[] {
  const labels = { app: 'shop' };
  const env = Object.entries(knobs).map(([name, value]) => ({ name, value }));
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas: change.replicas ?? 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'app',
                image: change.image ?? 'streamgate/demo-app:any',
                ports: [{ name: 'http', containerPort: 8080 }],
                env,
                readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 1 },
                lifecycle: { preStop: { sleep: { seconds: 2 } } },
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'shop' },
      spec: {
        parentRefs: [{ name: 'web', namespace: 'default' }],
        hostnames: [host],
        rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }],
      },
    },
  ];
}

/** The same app without a route: callers use the Service itself. */
export function plainManifests(...given: Parameters<typeof manifests>): KubeObject[] {
  return manifests(...given).filter(({ kind }) => kind !== 'HTTPRoute');
}

/** Manifests of an app whose traffic moves in this way. */
export function manifestsFor(mode: TrafficMode): typeof manifests {
  return mode === 'gateway' ? manifests : plainManifests;
}

/** Where callers ask: by this host of the gateway, or at this Service. */
export interface Entrance {
  readonly host: string;
  readonly namespace: string;
  readonly service: string;
  /** Name of the port, where the Service has several. */
  readonly port?: string | undefined;
}

const usualEntrance: Entrance = { host, namespace, service: 'shop' };

/** What a caller meets now; `pod`: on a connection that was opened to it before, where connections stay. */
export function askFor(
  sandbox: Sandbox,
  mode: TrafficMode,
  entrance: Entrance = usualEntrance,
  pod?: string,
): FakeAnswer {
  if (pod !== undefined) return sandbox.fakePodAnswer(entrance.namespace, pod);
  if (mode === 'gateway') return sandbox.fakeAnswer(entrance.host);
  try {
    return sandbox.fakeServiceAnswer(entrance.namespace, entrance.service, entrance.port);
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'NotFound') throw thrown;
    // Nobody knows the name of a Service that is not there.
    return { status: 0, pod: '', env: {} };
  }
}

const keptConnections = 4;

/**
 * Asks every 50 ms what a request would meet: a prober without sockets. Where the Service moves the traffic, every
 * second request goes over one of a few connections that stay with their pod for as long as it runs.
 */
export function fakeWitness(
  sandbox: Sandbox,
  clock: Clock,
  stop: AbortSignal,
  mode: TrafficMode = 'gateway',
  entrance = usualEntrance,
): Witness {
  const listeners = new Set<(sighting: Sighting) => void>();
  let known: KnownVersions = { stable: [], candidate: [] };
  let begun = false;
  /** The pod at the other end of each kept connection, and who it was when it answered last. */
  const kept = new Map<number, { readonly pod: string; readonly role: Sighting['role'] }>();

  function ask(connection: number | undefined): FakeAnswer {
    const pod = connection === undefined ? undefined : kept.get(connection)?.pod;
    const answer = askFor(sandbox, mode, entrance, pod);
    // A pod that goes ends its idle connections in order: the next request opens one anew.
    return pod !== undefined && answer.status === 502 ? askFor(sandbox, mode, entrance) : answer;
  }

  function look(connection?: number): Sighting {
    const now = clock.monotonic();
    const answer = ask(connection);
    const version = answer.env.VERSION ?? null;
    const faulty = answer.status === 200 && answer.env.ERROR_RATE === '1' && known.stable.length > 0;
    const role = roleOf(known, version);
    const ok = answer.status === 200 && !faulty;
    const quote = ok ? '' : `answered ${faulty ? 500 : answer.status}`;
    if (connection !== undefined) kept.set(connection, { pod: answer.pod, role });
    const population = connection === undefined ? 'fresh' : 'kept';
    return { sentAt: now, doneAt: now, role, population, ok, ownSide: false, quote };
  }

  async function send(): Promise<void> {
    for (let turn = 1; !stop.aborted; turn++) {
      const isKept = mode === 'service' && turn % 2 === 0;
      const sighting = look(isKept ? (turn / 2) % keptConnections : undefined);
      for (const listener of listeners) listener(sighting);
      await clock.sleep(50, stop).catch(() => undefined);
    }
  }

  return {
    async start(versions, firstAnswerBy) {
      known = versions;
      if (begun) return;
      while (firstAnswerBy !== undefined && !look().ok) await clock.sleep(50, firstAnswerBy.signal);
      begun = true;
      if (mode === 'service') for (let n = 0; n < keptConnections; n++) look(n);
      void send();
    },
    switchBegins() {},
    countKept() {
      if (!bothNamed(known)) return null;
      const onAbandoned = [...kept.values()].filter(({ role }) => role === 'stable').length;
      return { connections: kept.size, onAbandoned, cut: 0 };
    },
    onSighting(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A gate whose answer the test chooses. */
export function fixedGate<Subject>(name: string, verdict: Verdict = 'pass'): Gate<Subject> {
  return {
    name,
    check: async () => ({
      gate: name,
      verdict,
      reason: `${name} says ${verdict}`,
      observations: [],
      startedAt: toInstant(0),
      durationMs: 0,
    }),
  };
}

export interface LabOptions {
  /** Wraps the way to the API, for faults that the sandbox does not know. */
  readonly transport?: (transport: Transport) => Transport;
  /** How the app's traffic moves; by its route when left out. */
  readonly mode?: TrafficMode | undefined;
}

type DeployChange = Partial<DeployRequest> & Pick<Parameters<typeof findDesired>[0], 'workload' | 'service'>;

/** What a release is asked for beside what every run is. */
function baseOf(objects: readonly KubeObject[], change: DeployChange) {
  const { app = 'shop', namespace: place = namespace, workload, service } = change;
  const answer = findDesired({ app, namespace: place, objects, images: [], workload, service });
  if ('problems' in answer) throw new Error(answer.problems.join('\n'));
  return { desired: answer.desired, routes: [], until: 'promoted', force: false } as const;
}

/** The release engine over the embedded cluster, without a socket or a process, on a clock that jumps. */
export async function openLab(options: LabOptions = {}) {
  const clock = createVirtualClock();
  const { mode = 'gateway' } = options;
  const sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog });
  const direct: Transport = {
    name: 'lab',
    send: (request) => sandbox.handle(request),
    portForward: async () => {
      throw new StreamGateError('Failed', 'fake pods have no sockets');
    },
  };
  const transport = options.transport?.(direct) ?? direct;
  const never = new AbortController().signal;
  const clusterOver = (way: Transport): Cluster =>
    createCluster({ transport: way, clock, log: silentLog, signal: never });
  const cluster = clusterOver(transport);

  async function identify(podName: string): Promise<readonly string[]> {
    const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name: podName });
    const spec = pod?.spec as { containers: { env?: { name: string; value?: string }[] }[] } | undefined;
    const version = spec?.containers[0]?.env?.find(({ name }) => name === 'VERSION')?.value;
    return version === undefined ? [] : [version];
  }

  function request(change: Partial<RunRequest>, stop: AbortController): RunRequest {
    return {
      cluster,
      clock,
      log: silentLog,
      signal: never,
      namespace,
      app: 'shop',
      run: {
        repository: 'acme/shop',
        commit: 'c0ffee',
        ref: '',
        runId: '1',
        runAttempt: '1',
        actor: 'ci',
        runUrl: '',
      },
      settings: { progressDeadlineMs: 60_000, observeMs: 2_000, rollbackWindowMs: 600_000 },
      lockTimeoutMs: 60_000,
      budgetMs: 300_000,
      tolerance: 0,
      listener: { plan() {}, begin() {}, end() {} },
      gates: [fixedGate<Candidate>('smoke')],
      watch: async (names) => ({
        witness: fakeWitness(sandbox, clock, stop.signal, modeOf(names)),
        baseline: fixedGate('baseline'),
        traffic: fixedGate('traffic'),
      }),
      identify: ({ name }) => identify(name),
      ...change,
    };
  }

  return {
    mode,
    clock,
    sandbox,
    cluster,
    /** What a caller on a connection of its own meets now. */
    ask: () => askFor(sandbox, mode),
    /** What a run takes that watches no traffic. */
    request: (): RunRequest => ({ ...request({}, new AbortController()), watch: async () => null }),
    async deploy(objects: readonly KubeObject[], change: DeployChange = {}): Promise<RunResult> {
      const stop = new AbortController();
      return deploy({ ...request(change, stop), ...baseOf(objects, change), ...change }).finally(() =>
        stop.abort(),
      );
    },
    async plan(objects: readonly KubeObject[], change: DeployChange = {}): Promise<RunResult> {
      return planDeploy({
        ...request(change, new AbortController()),
        ...baseOf(objects, change),
        watch: async () => null,
        ...change,
      });
    },
    async planRollback(change: Partial<RollbackRequest> = {}): Promise<RunResult> {
      return planRollback({
        ...request(change, new AbortController()),
        to: undefined,
        drill: false,
        ...change,
      });
    },
    async rollback(change: Partial<RollbackRequest> = {}): Promise<RunResult> {
      const stop = new AbortController();
      return rollback({ ...request(change, stop), to: undefined, drill: false, ...change }).finally(() =>
        stop.abort(),
      );
    },
    async eject(change: Partial<RunRequest> = {}): Promise<RunResult> {
      const stop = new AbortController();
      return eject({ ...request(change, stop), watch: async () => null, gates: [] }).finally(() =>
        stop.abort(),
      );
    },
    /** What a caller of the public address gets now. */
    serving: () => askFor(sandbox, mode).env.VERSION,
    /** Notes every version that callers get, until stopped. */
    watchServing(seen: Set<string>) {
      const stop = new AbortController();
      const look = async () => {
        while (!stop.signal.aborted) {
          const { env, status } = askFor(sandbox, mode);
          seen.add(status === 200 ? (env.VERSION ?? '') : String(status));
          await clock.sleep(10, stop.signal).catch(() => undefined);
        }
      };
      void look();
      return { stop: () => stop.abort() };
    },
    get: (apiVersion: string, kind: string, name: string) =>
      cluster.get({ apiVersion, kind, namespace, name }),
    route: () =>
      cluster.get({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name: 'shop' }),
    async close() {
      await sandbox.close();
      clock.stop();
    },
  };
}

export type Lab = Awaited<ReturnType<typeof openLab>>;
