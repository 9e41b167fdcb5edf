import type { Clock, Milliseconds } from './clock.ts';
import { StreamGateError } from './errors.ts';
import { formatDuration } from './units.ts';

/** A point in time by which something must have happened, passed down through every call that waits. */
export interface Deadline {
  /** Aborted when time is up or the parent was cancelled; its reason is a StreamGateError. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): Milliseconds;
  /** A deadline that ends at the earlier of this one and `ms` from now. */
  within(ms: Milliseconds, what: string): Deadline;
  /** Frees its timer and those of the deadlines within. Safe to call twice. */
  clear(): void;
}

/** Starts a deadline of `ms`. `what` completes the sentence "… took longer than 5m". */
export function startDeadline(clock: Clock, ms: Milliseconds, what: string, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = clock.monotonic() + ms;
  const cancelTimer = clock.after(ms, () => {
    controller.abort(new StreamGateError('Timeout', `${what} took longer than ${formatDuration(ms)}`));
    unlink();
  });
  const follow = () => {
    cancelTimer();
    controller.abort(parent?.reason);
  };
  const unlink = () => parent?.removeEventListener('abort', follow);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });

  const children: Deadline[] = [];
  return {
    signal: controller.signal,
    remaining: () => Math.max(0, end - clock.monotonic()),
    within(childMs, childWhat) {
      const child = startDeadline(clock, childMs, childWhat, controller.signal);
      children.push(child);
      return child;
    },
    clear() {
      cancelTimer();
      unlink();
      for (const child of children) child.clear();
    },
  };
}
