import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { at, silentLog, systemClock } from '../../src/base/index.ts';
import { type Cluster, connectTransport, createCluster, type KubeObject } from '../../src/cluster/index.ts';
import {
  type DeployRequest,
  deploy,
  findDesired,
  type RunRequest,
  rollback,
} from '../../src/release/index.ts';
import { autoscaler, budget } from '../support/companions.ts';
import { describeOnCluster, type GivenCluster, readCluster } from './given-cluster.ts';
import { findMetricsHindrance, type MetricsApi, serveMetrics } from './metrics-api.ts';

const minutes = 60_000;
const place = readCluster();
const hindrance = place === undefined ? undefined : await findMetricsHindrance(place);
const namespace = `streamgate-autoscaling-${process.pid}`;
const never = new AbortController().signal;
/** All that it has to do is to be ready. */
const program = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(8080)";
/** The harshest case: nothing but the floor holds a scale down back. */
const hasty = { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } };

function appOf(version: string, image: string): KubeObject[] {
  const labels = { app: 'shop' };
  const container = {
    name: 'app',
    image,
    command: ['node', '-e', program],
    env: [{ name: 'VERSION', value: version }],
    resources: { requests: { cpu: '100m' } },
    readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { terminationGracePeriodSeconds: 2, containers: [container] },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'shop' },
      spec: {
        parentRefs: [{ name: 'web', namespace: 'default' }],
        hostnames: [`${namespace}.test`],
        rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }],
      },
    },
    autoscaler({ min: 2, max: 8, spec: hasty }),
    budget(),
  ];
}

describeOnCluster('autoscalers of a real cluster', suite, hindrance);

function suite(given: GivenCluster): void {
  let cluster: Cluster;
  let metrics: MetricsApi | undefined;
  /** Millicores that all callers together cause, on whichever pods serve. */
  let load = 80;
  let serving = '';
  const ready = new Map<string, number>();

  function request(): RunRequest {
    return {
      cluster,
      clock: systemClock,
      log: silentLog,
      signal: never,
      namespace,
      app: 'shop',
      run: { repository: '', commit: '', ref: '', runId: '', runAttempt: '', actor: '', runUrl: '' },
      settings: { progressDeadlineMs: 2 * minutes, observeMs: 1_000, rollbackWindowMs: 60 * minutes },
      lockTimeoutMs: minutes,
      budgetMs: 5 * minutes,
      tolerance: 0,
      listener: { plan() {}, begin() {}, end() {} },
      gates: [],
      watch: async () => null,
      identify: async () => [],
    };
  }

  function release(version: string, change: Partial<DeployRequest> = {}) {
    const answer = findDesired({ app: 'shop', namespace, objects: appOf(version, given.image), images: [] });
    if ('problems' in answer) throw new Error(answer.problems.join('\n'));
    const base = { desired: answer.desired, routes: [], until: 'promoted', force: false } as const;
    return deploy({ ...request(), ...base, ...change });
  }

  async function slotOfEntry(): Promise<string> {
    const entry = await cluster.get({ apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' });
    return String(at(entry, 'spec', 'selector', 'streamgate.io/slot') ?? '');
  }

  /** The whole load lies on the ready pods of the slot that serves; all others idle. */
  function usage({ metadata: { labels = {} } }: KubeObject): number {
    const slot = labels['streamgate.io/slot'] ?? '';
    return slot === serving ? load / Math.max(1, ready.get(`shop-${slot}`) ?? 1) : 1;
  }

  const deployments = { apiVersion: 'apps/v1', kind: 'Deployment' };
  async function sizeOf(slot: string): Promise<number> {
    const found = await cluster.get({ ...deployments, namespace, name: `shop-${slot}` });
    return Number(at(found, 'spec', 'replicas') ?? 0);
  }
  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 3 * minutes;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`never: ${what}`);
      await systemClock.sleep(500);
    }
  }
  const limits = async (slot: string) => {
    const ref = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace };
    const found = await cluster.get({ ...ref, name: `shop-${slot}` });
    return found && `${at(found, 'spec', 'minReplicas')}-${at(found, 'spec', 'maxReplicas')}`;
  };

  /** The smallest size of the slot that serves, at every change, and whether autoscalers ever met. */
  function watchSizes() {
    const stop = new AbortController();
    const sizes: number[] = [];
    const trouble = new Set<string>();
    const note = () => {
      const size = ready.get(`shop-${serving}`);
      if (serving !== '' && size !== undefined) sizes.push(size);
    };
    void cluster.watch(deployments, { namespace }, note, stop.signal);
    void cluster.watch(
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      { namespace },
      ({ object }) => {
        if (JSON.stringify(object.status ?? {}).includes('AmbiguousSelector'))
          trouble.add('AmbiguousSelector');
      },
      stop.signal,
    );
    return {
      trouble,
      end() {
        stop.abort();
        return Math.min(...sizes);
      },
    };
  }

  const following = new AbortController();

  beforeAll(async () => {
    const transport = await connectTransport({ file: given.kubeconfig });
    cluster = createCluster({ transport, clock: systemClock, log: silentLog, signal: never });
    await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    metrics = await serveMetrics(cluster, usage);
    const noteReady = ({ object }: { readonly object: KubeObject }) =>
      ready.set(object.metadata.name, Number(at(object, 'status', 'readyReplicas') ?? 0));
    void cluster.watch(deployments, { namespace }, noteReady, following.signal);
    const noteEntry = ({ object }: { readonly object: KubeObject }) => {
      if (object.metadata.name === 'shop')
        serving = String(at(object, 'spec', 'selector', 'streamgate.io/slot') ?? '');
    };
    void cluster.watch({ apiVersion: 'v1', kind: 'Service' }, { namespace }, noteEntry, following.signal);
    await release('v1');
  }, 4 * minutes);

  beforeEach(async () => {
    load = 330;
    const slot = await slotOfEntry();
    await until(
      'the live version has grown to 5',
      async () => (await sizeOf(slot)) === 5 && ready.get(`shop-${slot}`) === 5,
    );
  }, 4 * minutes);

  afterAll(async () => {
    following.abort();
    await cluster?.delete({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace });
    await metrics?.close();
  }, 2 * minutes);

  it(
    'never bring the version that serves below its size, and let it shrink when the load is gone',
    async () => {
      const watched = watchSizes();
      expect((await release('v2')).outcome).toBe('Promoted');
      expect(await limits('green')).toBe('2-8');
      expect(await limits('blue')).toBeUndefined();
      // Three rounds of the autoscaler on the traffic of now.
      await systemClock.sleep(50_000);
      expect(watched.end()).toBe(5);
      expect([...watched.trouble]).toEqual([]);
      expect(await sizeOf('blue')).toBe(5);
      // The control: with nothing to do, it does shrink, so that it was the release that held it.
      load = 20;
      await until('it shrinks', async () => (await sizeOf('green')) === 2);
    },
    6 * minutes,
  );

  it(
    'are handed back by a rollback, at the live size',
    async () => {
      const watched = watchSizes();
      expect((await rollback({ ...request(), to: undefined, drill: false })).outcome).toBe('FastRolledBack');
      expect(await limits('blue')).toBe('2-8');
      expect(await limits('green')).toBeUndefined();
      await systemClock.sleep(35_000);
      expect(watched.end()).toBe(5);
      expect([...watched.trouble]).toEqual([]);
      expect(await sizeOf('green')).toBe(0);
    },
    6 * minutes,
  );

  it(
    'stop each other where two count the same pods: what a release must never make',
    async () => {
      const live = await slotOfEntry();
      const second = autoscaler({ target: `shop-${live}` });
      await cluster.create({ ...second, metadata: { name: 'second', namespace } });
      const ref = {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        namespace,
        name: 'second',
      };
      await until('both are ambiguous', async () =>
        JSON.stringify((await cluster.get(ref))?.status ?? {}).includes('AmbiguousSelector'),
      );
      await cluster.delete(ref);
    },
    4 * minutes,
  );
}
