import { type Clock, type Milliseconds, StreamGateError } from '../../base/index.ts';
import type { Cluster } from '../../cluster/index.ts';

/** Of questions that a run can do without an answer to. */
const patienceMs: Milliseconds = 10_000;

/**
 * Asks a cluster for what a run can do without, and gives up sooner than it would on what it needs. Throws `Timeout`
 * then; and once it has ended, nothing that it asked goes on.
 */
export async function withPatience<T>(
  { cluster, clock }: { readonly cluster: Cluster; readonly clock: Clock },
  ask: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const late = new StreamGateError('Timeout', 'The cluster gives no answer');
  const cancel = clock.after(patienceMs, () => controller.abort(late));
  try {
    return await ask(cluster.with(controller.signal));
  } finally {
    cancel();
    controller.abort(late);
  }
}
