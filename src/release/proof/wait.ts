import { type Clock, type Deadline, StreamGateError } from '../../base/index.ts';
import type { Cluster, KindRef, KubeObject, ListOptions } from '../../cluster/index.ts';

/** Where a wait stands. `pending` says what was last seen, for the message of a deadline. */
export type Progress =
  | { readonly state: 'done'; readonly detail: string }
  | { readonly state: 'pending'; readonly seen: string }
  | { readonly state: 'failed'; readonly error: StreamGateError };

export const done = (detail = ''): Progress => ({ state: 'done', detail });
export const pending = (seen: string): Progress => ({ state: 'pending', seen });

export interface Query {
  readonly kind: KindRef;
  readonly options: ListOptions;
}

export interface WaitOptions<Name extends string> {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** Completes "… while waiting for": `shop-green to be ready`. */
  readonly what: string;
  readonly queries: Readonly<Record<Name, Query>>;
  readonly check: (seen: Readonly<Record<Name, readonly KubeObject[]>>) => Progress | Promise<Progress>;
}

/** Checks again at least this often, for answers that depend on time. */
const tickMs = 500;

/** Follows some collections until the check is done or failed; a deadline's error says what was last seen. */
export async function waitFor<Name extends string>(options: WaitOptions<Name>): Promise<string> {
  const { clock, deadline, what } = options;
  const stop = new AbortController();
  const cluster = options.cluster.with(deadline.signal);
  const names = Object.keys(options.queries) as Name[];
  const seen = new Map<Name, Map<string, KubeObject>>();
  let wake = () => {};
  let last = 'nothing yet';
  try {
    for (const name of names) seen.set(name, await listOnce(cluster, options.queries[name]));
    for (const name of names)
      follow(cluster, options.queries[name], seen.get(name), () => wake(), stop.signal);
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const state = Object.fromEntries(names.map((name) => [name, [...(seen.get(name)?.values() ?? [])]]));
      const progress = await options.check(state as unknown as Record<Name, KubeObject[]>);
      if (progress.state === 'failed') throw progress.error;
      if (progress.state === 'done') return progress.detail;
      last = progress.seen;
      await Promise.race([changed, tick(clock, stop.signal, deadline.signal)]);
      if (deadline.signal.aborted) throw deadline.signal.reason;
    }
  } catch (thrown) {
    throw withLastSeen(thrown, what, last);
  } finally {
    stop.abort();
  }
}

async function listOnce(cluster: Cluster, { kind, options }: Query): Promise<Map<string, KubeObject>> {
  const objects = await cluster.list(kind, options);
  return new Map(objects.map((object) => [object.metadata.name, object]));
}

function follow(
  cluster: Cluster,
  { kind, options }: Query,
  objects: Map<string, KubeObject> | undefined,
  onChange: () => void,
  signal: AbortSignal,
): void {
  const onEvent = ({ type, object }: { readonly type: string; readonly object: KubeObject }) => {
    if (type === 'DELETED') objects?.delete(object.metadata.name);
    else objects?.set(object.metadata.name, object);
    onChange();
  };
  // What goes between our list and the first look of the watch is gone for us only when the watch knows what we saw.
  const known = [...(objects?.values() ?? [])];
  // A watch that breaks for good costs speed, not truth: the deadline still ends the wait and says what was seen.
  cluster.watch(kind, options, onEvent, signal, known).catch(() => undefined);
}

async function tick(clock: Clock, ...signals: AbortSignal[]): Promise<void> {
  await clock.sleep(tickMs, AbortSignal.any(signals)).catch(() => undefined);
}

function withLastSeen(thrown: unknown, what: string, last: string): unknown {
  if (!(thrown instanceof StreamGateError) || thrown.code !== 'Timeout') return thrown;
  return new StreamGateError('Timeout', `${thrown.message} while waiting for ${what}; last seen: ${last}`, {
    cause: thrown,
    remedy: thrown.remedy,
    evidence: thrown.evidence,
  });
}
