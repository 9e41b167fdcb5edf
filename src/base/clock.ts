/** Milliseconds as a plain number; the name says the unit. */
export type Milliseconds = number;

/** Where time comes from. Everything that waits or stamps takes one, so tests can hand in a virtual clock. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch: for records that people read. */
  now(): Milliseconds;
  /** Monotonic milliseconds with an arbitrary origin: for every measurement and deadline. */
  monotonic(): Milliseconds;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: Milliseconds, signal?: AbortSignal): Promise<void>;
  /** Calls back after `ms`; the returned function cancels. */
  after(ms: Milliseconds, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleepOn(systemClock, ms, signal),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};

/** `sleep` made of `after`: shared by every clock. */
export function sleepOn(clock: Pick<Clock, 'after'>, ms: Milliseconds, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** An RFC 3339 instant with milliseconds, as Kubernetes `MicroTime` and JSON evidence like it. */
export function toInstant(ms: Milliseconds): string {
  return new Date(ms).toISOString();
}
