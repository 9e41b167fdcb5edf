import { type Cluster, connectTransport, createCluster } from '../cluster/index.ts';
import type { Host } from './command.ts';

/** The inputs that say how to reach the cluster. */
export interface ClusterInputs {
  readonly kubeconfig: { readonly content?: string; readonly file?: string } | undefined;
  readonly context: string | undefined;
}

/** Connects as the inputs say. Its calls outlive a cancellation, since the way back needs them. */
export async function connectCluster({ kubeconfig, context }: ClusterInputs, host: Host): Promise<Cluster> {
  const transport = await connectTransport({ ...kubeconfig, context });
  return createCluster({ transport, clock: host.clock, log: host.log, signal: new AbortController().signal });
}
