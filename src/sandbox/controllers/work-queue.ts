import { type Clock, type Log, type Milliseconds, messageOf } from '../../base/index.ts';

/** Names of objects that wait to be looked at again. The same name is looked at once, however often it was added. */
export interface WorkQueue {
  /** Asks for a look after `delayMs`; an earlier one that is already due wins. */
  add(namespace: string, name: string, delayMs?: Milliseconds): void;
  stop(): void;
}

const retryMs: Milliseconds = 1_000;

/**
 * Runs a reconciler, one object at a time, on the clock. A reconciler sees the state at the time it runs, never an
 * event: so any number of changes in any order leads to the same result.
 */
export function createWorkQueue(
  clock: Clock,
  log: Log,
  controller: string,
  reconcile: (namespace: string, name: string) => void,
): WorkQueue {
  const waiting = new Map<string, { readonly due: Milliseconds; readonly cancel: () => void }>();
  let stopped = false;

  function add(namespace: string, name: string, delayMs = 0): void {
    if (stopped) return;
    const key = `${namespace}/${name}`;
    const due = clock.monotonic() + delayMs;
    const earlier = waiting.get(key);
    if (earlier !== undefined && earlier.due <= due) return;
    earlier?.cancel();
    const run = () => {
      waiting.delete(key);
      try {
        reconcile(namespace, name);
      } catch (error) {
        log.warn(`sandbox: ${controller} controller failed on ${key}, again in 1 s: ${messageOf(error)}`);
        add(namespace, name, retryMs);
      }
    };
    waiting.set(key, { due, cancel: clock.after(delayMs, run) });
  }

  return {
    add,
    stop() {
      stopped = true;
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
