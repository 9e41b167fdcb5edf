import { type Deadline, type Milliseconds, StreamGateError } from '../base/index.ts';
import type { Observation, Verdict } from '../evidence/index.ts';
import { describeWants } from './assess.ts';
import { type Attempt, type AttemptContext, attemptCheck, openWay } from './attempt.ts';
import { type Check, describeCheck, type HttpCheck } from './check.ts';
import type { Place } from './place.ts';

export interface Patience {
  /** Failing attempts after which a check has failed. */
  readonly attempts: number;
  /** Pause between attempts. */
  readonly pauseMs: Milliseconds;
  /** Good answers in a row that a check needs before it is asked for the rest of its answers. */
  readonly successes: number;
  /** Longest time for one attempt. */
  readonly attemptMs: Milliseconds;
  /** For how long a check is repeated once it is good; slow answers are fewer. */
  readonly repeatMs: Milliseconds;
}

export interface CheckOutcome {
  readonly verdict: Verdict;
  /** `GET /api on shop-green-abc answered 500 "boom", wanted 200`; empty when all was well. */
  readonly sentence: string;
  readonly observation: Observation;
}

/**
 * Runs one check on one place until it has succeeded, or failed, often enough, or the deadline is over. A version that
 * errs now and then passes one request easily; so what is good is asked again, and then no bad answer is put up with.
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
  let passed = streak >= patience.successes;
  let brokeOff = false;
  if (passed && check.kind === 'http' && streak < check.answers) {
    const repeated = await repeatCheck(check, place, context, patience, deadline, check.answers - streak);
    throwIfCancelled(deadline.signal);
    attempts += repeated.attempts;
    brokeOff = repeated.brokeOff;
    if (repeated.bad !== undefined) {
      const after = attempts - failures - 1;
      last = {
        ...repeated.bad,
        seen: `${repeated.bad.seen} after ${after} good ${after === 1 ? 'answer' : 'answers'}`,
      };
      passed = false;
    }
  }
  const durationMs = context.clock.monotonic() - startedAt;
  const silence = brokeOff ? { unanswered: true as const } : {};
  return conclude(check, place, passed, last, { attempts, durationMs, ...silence });
}

interface Repeated {
  readonly attempts: number;
  readonly bad?: Attempt;
  /** A kept connection ended without an answer: a server may do that, and so does a program that has died. */
  readonly brokeOff: boolean;
}

/**
 * Asks again without a pause, on a connection that is kept: a way through the API server is dear. That we could not ask, or
 * that the time is over, says nothing about the version.
 */
async function repeatCheck(
  check: HttpCheck,
  place: Place,
  context: AttemptContext,
  { repeatMs, attemptMs }: Patience,
  deadline: Deadline,
  times: number,
): Promise<Repeated> {
  const until = context.clock.monotonic() + repeatMs;
  // How fast it is has been judged once; one slow answer of many is another question.
  const steady = { ...check, wants: { ...check.wants, withinMs: undefined } };
  const inTime = <Answer>(ask: (one: Deadline) => Promise<Answer>): Promise<Answer> => {
    const one = deadline.within(attemptMs, describeCheck(check));
    return ask(one).finally(() => one.clear());
  };
  const way = await openWay(steady, place, context, deadline).catch(() => undefined);
  let attempts = 0;
  let brokeOff = false;
  try {
    while (attempts < times && context.clock.monotonic() < until && !deadline.signal.aborted) {
      const answered = way && (await inTime((one) => way.ask(one)));
      if (way !== undefined && answered === undefined) brokeOff = true;
      // What gets no answer on a kept connection is asked once more on one of its own, in time of its own.
      const attempt = answered ?? (await inTime((one) => attemptCheck(steady, place, context, one)));
      if (deadline.signal.aborted || attempt.kind === 'own-side') break;
      attempts += 1;
      if (attempt.kind === 'bad') return { attempts, bad: attempt, brokeOff };
    }
  } finally {
    await way?.close();
  }
  return { attempts, brokeOff };
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
  effort: Required<Pick<Observation, 'attempts' | 'durationMs'>> & Pick<Observation, 'unanswered'>,
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
  const silence = last.kind === 'bad' && last.unanswered ? { unanswered: last.unanswered } : {};
  const found = { seen: last.seen, wanted: wants, detail: sentence };
  const observation = { name: title, ok: false, ...found, ...effort, ...silence };
  return { verdict: last.kind === 'bad' ? 'fail' : 'invalid', sentence, observation };
}
