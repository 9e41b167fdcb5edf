import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, isIPv4 } from 'node:net';
import { at, listAt } from '../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../src/cluster/index.ts';
import { createCertificate } from '../../src/sandbox/api/certificate.ts';
import type { GivenCluster } from './given-cluster.ts';
import { connectGiven, internalAddress, kubeletPort } from './node-address.ts';

const group = 'metrics.k8s.io';
const root = `/apis/${group}/v1beta1`;
const here = { namespace: 'kube-system', name: 'streamgate-test-metrics' };
const serviceKind = { apiVersion: 'v1', kind: 'Service' };
const sliceKind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
const apiService = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  namespace: '',
  name: `v1beta1.${group}`,
};

/** What autoscalers see: the millicores that one pod uses now. */
export type Usage = (pod: KubeObject) => number;

/** The metrics of pods as a cluster would measure them, with values that a test chooses. */
export interface MetricsApi {
  close(): Promise<void>;
}

/** Why no test can choose what autoscalers see; undefined when one can. */
export async function findMetricsHindrance({ kubeconfig }: GivenCluster): Promise<string | undefined> {
  const standing = await (await connectGiven(kubeconfig)).get(apiService);
  if (standing === undefined || isLeftOver(standing)) return undefined;
  return isOurs(standing)
    ? 'another run of it serves its metrics, or was killed a minute ago'
    : 'the cluster has metrics of its own, so the load cannot be chosen';
}

/**
 * Serves `metrics.k8s.io` from this process, as an aggregated API of the cluster: the API server reaches it by the
 * address that this machine has on the cluster's network. What a run that was killed left of it is taken away first, since
 * a cluster with an API that nobody answers deletes no namespace.
 */
export async function serveMetrics(cluster: Cluster, usage: Usage): Promise<MetricsApi> {
  const address = await ownAddress(cluster);
  await unregister(cluster);
  const server = await listen(cluster, usage);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  try {
    await register(cluster, address, (server.address() as AddressInfo).port);
  } catch (thrown) {
    await unregister(cluster);
    await close();
    throw thrown;
  }
  return {
    async close() {
      await unregister(cluster);
      await close();
    },
  };
}

async function register(cluster: Cluster, address: string, port: number): Promise<void> {
  await cluster.create({
    ...serviceKind,
    metadata: here,
    spec: { ports: [{ name: 'https', port: 443, targetPort: port }] },
  });
  await cluster.create({
    ...sliceKind,
    metadata: { ...here, labels: { 'kubernetes.io/service-name': here.name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port, protocol: 'TCP' }],
  });
  await cluster.create({
    apiVersion: apiService.apiVersion,
    kind: apiService.kind,
    metadata: { name: apiService.name },
    spec: {
      group,
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: here,
    },
  });
}

/** The API goes first, so that nobody is ever sent to a Service that is gone. That of somebody else stays. */
async function unregister(cluster: Cluster): Promise<void> {
  const standing = await cluster.get(apiService);
  if (standing !== undefined && isOurs(standing)) await cluster.delete(apiService);
  await cluster.delete({ ...serviceKind, ...here });
  await cluster.delete({ ...sliceKind, ...here });
}

function isOurs(standing: KubeObject): boolean {
  return at(standing, 'spec', 'service', 'name') === here.name;
}

/** Of a run that was killed: the API server asks it every 30 s, and nobody answers. */
function isLeftOver(standing: KubeObject): boolean {
  const isAvailable = listAt(standing, 'status', 'conditions').some(
    (condition) => at(condition, 'type') === 'Available' && at(condition, 'status') === 'True',
  );
  return isOurs(standing) && !isAvailable;
}

/** The address of this machine on the network of the cluster. */
async function ownAddress(cluster: Cluster): Promise<string> {
  const { hostname, port } = new URL(/https:\/\/[^\s)]+/.exec(cluster.name)?.[0] ?? cluster.name);
  const address = await localAddress(hostname, Number(port));
  // A cluster in containers has its API on a port of this machine; its nodes have addresses of their own.
  const node = isIPv4(address) && address.startsWith('127.') ? await internalAddress(cluster) : undefined;
  return node === undefined ? address : localAddress(node, kubeletPort);
}

function localAddress(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      resolve(socket.localAddress ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

async function listen(cluster: Cluster, usage: Usage): Promise<Server> {
  const { certificate, key } = createCertificate(Date.now());
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? '/', 'https://metrics');
    const namespace = new RegExp(`^${root}/namespaces/([^/]+)/pods$`).exec(url.pathname)?.[1];
    if (url.pathname === root) answer(200, discovery);
    else if (namespace === undefined)
      answer(404, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 });
    else
      void podMetrics(cluster, namespace, url.searchParams.get('labelSelector') ?? '', usage).then(
        (list) => answer(200, list),
        () => answer(500, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 500 }),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return server;
}

const discovery = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: `${group}/v1beta1`,
  resources: [
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
  ],
};

async function podMetrics(cluster: Cluster, namespace: string, labelSelector: string, usage: Usage) {
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labelSelector });
  const running = pods.filter((pod) => at(pod, 'status', 'phase') === 'Running');
  return {
    kind: 'PodMetricsList',
    apiVersion: `${group}/v1beta1`,
    metadata: {},
    items: running.map((pod) => ({
      metadata: { name: pod.metadata.name, namespace, labels: pod.metadata.labels },
      timestamp: new Date().toISOString(),
      window: '1s',
      containers: [{ name: 'app', usage: { cpu: `${Math.round(usage(pod))}m`, memory: '10Mi' } }],
    })),
  };
}
