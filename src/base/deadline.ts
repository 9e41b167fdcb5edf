import type { Clock, Milliseconds } from './clock.ts';
import { StreamGateError } from './errors.ts';
import { formatDuration } from './units.ts';

/** A point in time by which something must have happened, passed down through every call that waits. */
export interface Deadline {
  /** Aborted when time is up or the parent was cancelled; its reason is a StreamGateError. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  remaining(): Milliseconds;
  /** A deadline that ends at the earlier of this one and `ms` from now; time that is excused does not count. */
  within(ms: Milliseconds, what: Limit): Deadline;
  /** Time so far of which nobody is to blame for what did not happen: it prolongs the deadlines within. */
  readonly excused?: Excused | undefined;
  /** Frees its timer and those of the deadlines within. Safe to call twice. */
  clear(): void;
}

/** Completes the sentence "… took longer than 5m"; with what to do then, where the limit is one that a person sets. */
export type Limit = string | { readonly what: string; readonly remedy: string };

/** Total up to now; grows, and only so. */
export type Excused = () => Milliseconds;

/** Starts a deadline of `ms`. What is `excused` counts against it, but not against the deadlines within. */
export function startDeadline(
  clock: Clock,
  ms: Milliseconds,
  what: Limit,
  parent?: AbortSignal,
  excused?: Excused,
): Deadline {
  return start({ clock, ms, what, parent, excused, isInner: false });
}

interface DeadlineOptions {
  readonly clock: Clock;
  readonly ms: Milliseconds;
  readonly what: Limit;
  readonly parent: AbortSignal | undefined;
  readonly excused: Excused | undefined;
  /** Whether what is excused prolongs it. */
  readonly isInner: boolean;
}

function start({ clock, ms, what, parent, excused, isInner }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  const allowance: Excused = isInner && excused !== undefined ? excused : () => 0;
  const begun = clock.monotonic() - allowance();
  const remaining = () => Math.max(0, begun + ms + allowance() - clock.monotonic());
  let cancelTimer = () => {};
  const wait = (leftMs: Milliseconds) => {
    cancelTimer = clock.after(leftMs, () => {
      const prolongedMs = remaining();
      if (prolongedMs > 0) return wait(prolongedMs);
      controller.abort(tooLong(what, ms));
      unlink();
    });
  };
  wait(ms);
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
    remaining,
    excused,
    within(childMs, childWhat) {
      const parent = controller.signal;
      const child = start({ clock, ms: childMs, what: childWhat, parent, excused, isInner: true });
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

function tooLong(limit: Limit, ms: Milliseconds): StreamGateError {
  const { what, remedy } = typeof limit === 'string' ? { what: limit, remedy: undefined } : limit;
  return new StreamGateError('Timeout', `${what} took longer than ${formatDuration(ms)}`, { remedy });
}
