import { connect } from 'node:net';
import { at, messageOf, silentLog, systemClock } from '../../src/base/index.ts';
import { type Cluster, connectTransport, createCluster } from '../../src/cluster/index.ts';
import type { GivenCluster } from './given-cluster.ts';

/** An address where node ports of the cluster are open, or why this machine does not reach one. */
export type NodeAddress = { readonly address: string } | { readonly hindrance: string };

/** The address that `STREAMGATE_NODE_IP` names, else the internal one of the first node, when packets get there. */
export async function findNodeAddress({ kubeconfig }: GivenCluster): Promise<NodeAddress> {
  try {
    const address = process.env.STREAMGATE_NODE_IP || (await internalAddress(await connectGiven(kubeconfig)));
    if (address === undefined) return { hindrance: 'no node of the cluster has an InternalIP' };
    await reach(address);
    return { address };
  } catch (thrown) {
    return { hindrance: `no node is reached from here: ${messageOf(thrown)}` };
  }
}

export async function connectGiven(kubeconfig: string): Promise<Cluster> {
  const transport = await connectTransport({ file: kubeconfig });
  const signal = new AbortController().signal;
  return createCluster({ transport, clock: systemClock, log: silentLog, signal });
}

/** Of the first node. */
export async function internalAddress(cluster: Cluster): Promise<string | undefined> {
  const [node] = await cluster.list({ apiVersion: 'v1', kind: 'Node' }, { namespace: '' });
  const addresses = at(node, 'status', 'addresses');
  const internal = Array.isArray(addresses)
    ? addresses.find((entry) => at(entry, 'type') === 'InternalIP')
    : undefined;
  const address = at(internal, 'address');
  return typeof address === 'string' ? address : undefined;
}

export const kubeletPort = 10_250;

/** The node has been reached when it takes a connection, and also when it refuses one. */
function reach(host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: kubeletPort, timeout: 5_000 });
    const end = (problem?: string) => {
      socket.destroy();
      if (problem === undefined) resolve();
      else reject(new Error(problem));
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(`${host} does not answer within 5 s`));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? undefined : messageOf(error)),
    );
  });
}

/** A node port that nobody has now: the one that the server gives to a Service that is gone again at once. */
export async function findNodePort(cluster: Cluster, namespace: string): Promise<number> {
  const service = { apiVersion: 'v1', kind: 'Service' };
  const made = await cluster.create({
    ...service,
    metadata: { name: 'streamgate-test-port', namespace },
    spec: { type: 'NodePort', ports: [{ port: 80 }] },
  });
  await cluster.delete({ ...service, namespace, name: made.metadata.name });
  return Number(at(made, 'spec', 'ports', 0, 'nodePort'));
}
