import { type Clock, type Milliseconds, sleepOn } from './clock.ts';

export interface VirtualClock extends Clock {
  /** Timers that have not fired yet. */
  pending(): number;
  /** Stops advancing by itself. */
  stop(): void;
}

interface Timer {
  readonly due: Milliseconds;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that jumps: as soon as the event loop has nothing else to do, it advances to the next timer.
 * Hours of waiting then cost milliseconds, in an order that depends on due times alone.
 * Only for code that does no real I/O: a socket would be overtaken.
 */
export function createVirtualClock(startMs: Milliseconds = Date.UTC(2026, 0, 1)): VirtualClock {
  const timers: Timer[] = [];
  let elapsed = 0;
  let order = 0;
  let scheduled: NodeJS.Immediate | undefined;
  let stopped = false;

  function advanceSoon(): void {
    if (scheduled !== undefined || stopped || timers.length === 0) return;
    // Two rounds of the event loop, so that promise chains between them settle before time moves.
    scheduled = setImmediate(() => {
      scheduled = setImmediate(() => {
        scheduled = undefined;
        fireNext();
      });
    });
  }

  function fireNext(): void {
    timers.sort((a, b) => a.due - b.due || a.order - b.order);
    const next = timers.shift();
    if (next === undefined || stopped) return;
    elapsed = Math.max(elapsed, next.due);
    next.callback();
    advanceSoon();
  }

  const clock: VirtualClock = {
    now: () => startMs + elapsed,
    monotonic: () => elapsed,
    sleep: (ms, signal) => sleepOn(clock, ms, signal),
    after(ms, callback) {
      const timer: Timer = { due: elapsed + Math.max(0, ms), order: order++, callback };
      timers.push(timer);
      advanceSoon();
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    pending: () => timers.length,
    stop() {
      stopped = true;
      timers.length = 0;
    },
  };
  return clock;
}
