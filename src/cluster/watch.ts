import { at, type Clock, type Log, messageOf } from '../base/index.ts';
import type { WatchEvent } from './cluster.ts';
import type { KubeObject } from './objects.ts';
import type { Transport } from './transport.ts';

/** A watch that said nothing for this long is not trusted: the collection is listed again. */
const quietMs = 5_000;
const pauseAfterTroubleMs = 500;

export interface WatchSource {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  /** Path of the collection with its selectors; ends with `?` or `&`, ready for more. */
  readonly path: string;
  /** Lists with retries; gives the items and the resourceVersion to go on from. */
  list(): Promise<{ readonly items: readonly KubeObject[]; readonly resourceVersion: string }>;
}

/**
 * Follows a collection until the signal ends it: all that is there, then each change.
 * The listener sees states, not history: after a gap it is told what differs from what it was told last, and at first
 * what differs from what is `known` to it: else it would never hear of what went before the first look.
 */
export async function followCollection(
  source: WatchSource,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
  known: readonly KubeObject[] = [],
): Promise<void> {
  const told = new Map(known.map((object) => [keyOf(object), object]));
  while (!signal.aborted) {
    try {
      const { items, resourceVersion } = await source.list();
      tellDifferences(told, items, onEvent);
      const began = source.clock.monotonic();
      await readChanges(source, resourceVersion, told, onEvent, signal);
      // One that ends as soon as it begins would otherwise be a storm of lists.
      if (source.clock.monotonic() - began < pauseAfterTroubleMs) throw new Error('ended at once');
    } catch (thrown) {
      if (signal.aborted) return;
      source.log.debug(`watch ${source.path}: ${messageOf(thrown)}; listing again`);
      await source.clock.sleep(pauseAfterTroubleMs, signal).catch(() => undefined);
    }
  }
}

function tellDifferences(
  told: Map<string, KubeObject>,
  items: readonly KubeObject[],
  onEvent: (event: WatchEvent) => void,
): void {
  const present = new Set(items.map(keyOf));
  for (const [key, object] of told) {
    if (present.has(key)) continue;
    told.delete(key);
    onEvent({ type: 'DELETED', object });
  }
  for (const object of items) tell(told, { type: 'MODIFIED', object }, onEvent);
}

function tell(told: Map<string, KubeObject>, event: WatchEvent, onEvent: (event: WatchEvent) => void): void {
  const key = keyOf(event.object);
  const before = told.get(key);
  if (event.type === 'DELETED') {
    told.delete(key);
    onEvent(event);
    return;
  }
  if (before?.metadata.resourceVersion === event.object.metadata.resourceVersion) return;
  told.set(key, event.object);
  onEvent({ type: before === undefined ? 'ADDED' : 'MODIFIED', object: event.object });
}

/** Reads one watch to its end: quiet for too long, closed by the server, or an ERROR such as 410. */
async function readChanges(
  source: WatchSource,
  resourceVersion: string,
  told: Map<string, KubeObject>,
  onEvent: (event: WatchEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  let cancelQuiet = () => {};
  const expectSomething = () => {
    cancelQuiet();
    cancelQuiet = source.clock.after(quietMs, () => controller.abort(new Error('quiet')));
  };
  try {
    expectSomething();
    const response = await source.transport.send({
      method: 'GET',
      path: `${source.path}watch=true&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`,
      headers: { accept: 'application/json', 'user-agent': 'streamgate' },
      signal: controller.signal,
    });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    for await (const line of linesOf(response.body)) {
      expectSomething();
      const event = parseEvent(line);
      if (event === 'ended') return;
      if (event !== undefined) tell(told, event, onEvent);
    }
  } catch (thrown) {
    // Quiet is no trouble: the caller lists again at once, and learns whether the silence was honest.
    if (!controller.signal.aborted || signal.aborted) throw thrown;
  } finally {
    cancelQuiet();
    signal.removeEventListener('abort', follow);
    controller.abort();
  }
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
}

function parseEvent(line: string): WatchEvent | 'ended' | undefined {
  const value: unknown = JSON.parse(line);
  const type = at(value, 'type');
  if (type === 'ERROR') return 'ended';
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return undefined;
  return { type, object: at(value, 'object') as KubeObject };
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}/${object.metadata.uid ?? ''}`;
}
