import { type Deadline, type Milliseconds, StreamGateError } from '../base/index.ts';
import type { Observation, Verdict } from '../evidence/index.ts';
import { describeWants } from './assess.ts';
import { type Attempt, type AttemptContext, attemptCheck } from './attempt.ts';
import { type Check, describeCheck } from './check.ts';
import type { Place } from './place.ts';

export interface Patience {
  /** Failing attempts after which a check has failed. */
  readonly attempts: number;
  /** Pause between attempts. */
  readonly pauseMs: Milliseconds;
  /** Good answers in a row that a check needs. */
  readonly successes: number;
  /** Longest time for one attempt. */
  readonly attemptMs: Milliseconds;
}

export interface CheckOutcome {
  readonly verdict: Verdict;
  /** `GET /api on shop-green-abc answered 500 "boom", wanted 200`; empty when all was well. */
  readonly sentence: string;
  readonly observation: Observation;
}

/**
 * Runs one check on one place until it has succeeded, or failed, often enough, or the deadline is over.
 * @throws the reason of the deadline's signal when that is a cancellation
 */
export async function runCheck(
  check: Check,
  place: Place,
  context: AttemptContext,
  patience: Patience,
  deadline: Deadline,
): Promise<CheckOutcome> {
  const startedAt = context.clock.monotonic();
  let attempts = 0;
  let failures = 0;
  let streak = 0;
  let last: Attempt | undefined;
  while (!deadline.signal.aborted && failures < patience.attempts && streak < patience.successes) {
    if (attempts > 0 && !(await pause(patience.pauseMs, context, deadline))) break;
    const one = deadline.within(patience.attemptMs, describeCheck(check));
    const attempt = await attemptCheck(check, place, context, one).finally(() => one.clear());
    attempts += 1;
    // Cut off by the deadline, an attempt says less than the one before it.
    if (!deadline.signal.aborted || last === undefined || attempt.kind === 'ok') last = attempt;
    if (attempt.kind === 'ok') streak += 1;
    else {
      streak = 0;
      failures += 1;
    }
  }
  throwIfCancelled(deadline.signal);
  const passed = streak >= patience.successes;
  const durationMs = context.clock.monotonic() - startedAt;
  return conclude(check, place, passed, last, { attempts, durationMs });
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const { reason } = signal;
  if (!(reason instanceof StreamGateError) || reason.code !== 'Timeout') throw reason;
}

/** False when the deadline ended the pause. */
function pause(ms: Milliseconds, { clock }: AttemptContext, { signal }: Deadline): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}

function conclude(
  check: Check,
  place: Place,
  passed: boolean,
  last: Attempt | undefined,
  effort: Required<Pick<Observation, 'attempts' | 'durationMs'>>,
): CheckOutcome {
  const what = describeCheck(check);
  const title = `${check.name === what ? what : `${check.name} (${what})`} on ${place.name}`;
  const wants = check.kind === 'http' ? describeWants(check.wants) : 'an open connection';
  if (passed && last !== undefined) {
    const observation = { name: title, ok: true, seen: last.seen, wanted: wants, ...effort };
    return { verdict: 'pass', sentence: '', observation };
  }
  if (last === undefined || last.kind === 'ok') {
    const seen =
      last === undefined ? 'not tried before the time was over' : 'too few answers before the time was over';
    const observation = { name: title, ok: false, seen, wanted: wants, ...effort };
    return { verdict: 'inconclusive', sentence: `${title} was ${seen}`, observation };
  }
  const sentence = `${title} ${last.seen}, wanted ${last.wanted ?? wants}`;
  const observation = { name: title, ok: false, seen: last.seen, wanted: wants, detail: sentence, ...effort };
  return { verdict: last.kind === 'bad' ? 'fail' : 'invalid', sentence, observation };
}
