import { StreamGateError } from '../base/index.ts';
import { type Cluster, connectTransport, createCluster } from '../cluster/index.ts';
import type { Host } from './command.ts';

/** The inputs that say how to reach the cluster. */
export interface ClusterInputs {
  readonly kubeconfig: { readonly content?: string; readonly file?: string } | undefined;
  readonly context: string | undefined;
}

/** A cluster that is away for a moment is waited for in the middle of a release, but not before the first word. */
const firstPatienceMs = 10_000;

/** Connects as the inputs say, and hears a first answer. Its calls outlive a cancellation, since the way back needs them. */
export async function connectCluster({ kubeconfig, context }: ClusterInputs, host: Host): Promise<Cluster> {
  const transport = await connectTransport({
    ...kubeconfig,
    context,
    environment: (name) => host.environment(name),
  });
  const { clock, log, signal } = host;
  await createCluster({ transport, clock, log, signal, patienceMs: firstPatienceMs })
    .version()
    .catch(unlessDenied);
  return createCluster({ transport, clock, log, signal: new AbortController().signal });
}

/** Who may not ask for the version may still do all that is needed: being denied is an answer, too. */
function unlessDenied(thrown: unknown): void {
  if (!(thrown instanceof StreamGateError) || thrown.code !== 'Denied') throw thrown;
}
