import { at, type JsonObject, silentLog, systemClock } from '../../../src/base/index.ts';
import { type Cluster, connectTransport, createCluster } from '../../../src/cluster/index.ts';
import type { Place } from './app.ts';
import { type ProgramRun, runProgram } from './programs.ts';

export interface ArenaOptions {
  readonly kubeconfig: string;
  /** Address of the gateway. */
  readonly url: string;
  readonly image: string;
  readonly replicas: number;
  /** Words before a program that has to run inside of the cluster's network, such as `nsenter --net=…`. */
  readonly inside: readonly string[];
  readonly prometheusUrl: string | undefined;
  /** Folder with `actions/` and `dist/` of StreamGate. */
  readonly from: string;
  /** Where its evidence goes. */
  readonly output: string;
}

/** One namespace for one turn of one tool. */
export interface Arena extends Place, ArenaOptions {
  readonly cluster: Cluster;
  /** Every line that the tool has said, with the time at which it did. */
  readonly lines: { readonly at: number; readonly text: string }[];
  hear(text: string): void;
  kubectl(...args: readonly string[]): Promise<ProgramRun>;
  /** Applies objects, as a user would. */
  apply(...objects: readonly JsonObject[]): Promise<ProgramRun>;
}

export async function connectArena({ kubeconfig }: ArenaOptions): Promise<Cluster> {
  const transport = await connectTransport({ file: kubeconfig });
  const signal = new AbortController().signal;
  return createCluster({ transport, clock: systemClock, log: silentLog, signal });
}

export async function openArena(
  options: ArenaOptions,
  cluster: Cluster,
  { namespace, deadlineSeconds }: Pick<Arena, 'namespace' | 'deadlineSeconds'>,
): Promise<Arena> {
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  const lines: { at: number; text: string }[] = [];
  const hear = (text: string) => {
    const now = performance.now();
    for (const line of text.split('\n')) if (line.trim() !== '') lines.push({ at: now, text: line.trim() });
  };
  const kubectl = (args: readonly string[], stdin?: string) =>
    runProgram(['kubectl', `--kubeconfig=${options.kubeconfig}`, `--namespace=${namespace}`, ...args], {
      onOutput: hear,
      ...(stdin === undefined ? {} : { stdin }),
    });
  return {
    ...options,
    cluster,
    namespace,
    deadlineSeconds,
    hostname: `${namespace}.example.test`,
    lines,
    hear,
    kubectl: (...args) => kubectl(args),
    async apply(...objects) {
      const list = { apiVersion: 'v1', kind: 'List', items: objects };
      const run = await kubectl(['apply', '-f', '-'], JSON.stringify(list));
      if (run.code !== 0) throw new Error(`kubectl apply: ${run.output}`);
      return run;
    },
  };
}

/** Goes on once the namespace has no pod any more, so that what goes away does not weigh on the next turn. */
export async function closeArena({ cluster, namespace }: Arena): Promise<void> {
  await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace });
  const giveUpAt = performance.now() + 60_000;
  while ((await cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace })).length > 0) {
    if (performance.now() > giveUpAt) throw new Error(`pods of ${namespace} do not go`);
    await systemClock.sleep(250);
  }
}

/** The most pods that the namespace had at once, those that were ending included. */
export function watchPods({ cluster, namespace }: Arena): { peak(): number; stop(): Promise<void> } {
  const ending = new AbortController();
  const pods = new Set<string>();
  let peak = 0;
  const watching = cluster.watch(
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace },
    ({ type, object: { metadata, status } }) => {
      const id = metadata.uid ?? metadata.name;
      const over = type === 'DELETED' || ['Succeeded', 'Failed'].includes(String(at(status, 'phase')));
      if (over) pods.delete(id);
      else pods.add(id);
      peak = Math.max(peak, pods.size);
    },
    ending.signal,
  );
  return {
    peak: () => peak,
    async stop() {
      ending.abort();
      await watching.catch(() => {});
    },
  };
}

const notOfReleases = new Set([
  'leases',
  'events',
  'subjectaccessreviews',
  'selfsubjectaccessreviews',
  'tokenreviews',
]);

/** Writes that the API server has taken since it started, of everybody: tools, controllers, kubelet. No dry runs. */
export async function countWrites({ kubeconfig }: Arena): Promise<number> {
  const { output } = await runProgram(['kubectl', `--kubeconfig=${kubeconfig}`, 'get', '--raw', '/metrics']);
  let total = 0;
  for (const line of output.split('\n')) {
    if (!line.startsWith('apiserver_request_total{')) continue;
    const label = (name: string) => new RegExp(`[{,]${name}="([^"]*)"`).exec(line)?.[1] ?? '';
    if (!['POST', 'PUT', 'PATCH', 'DELETE', 'APPLY'].includes(label('verb'))) continue;
    if (label('dry_run') !== '' || notOfReleases.has(label('resource'))) continue;
    total += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return total;
}
