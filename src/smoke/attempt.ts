import {
  at,
  type Clock,
  type Deadline,
  formatDuration,
  messageOf,
  printable,
  StreamGateError,
} from '../base/index.ts';
import { assessAnswer } from './assess.ts';
import type { Check, HttpCheck } from './check.ts';
import { type HttpAnswer, keepLine, sendHttp } from './http-attempt.ts';
import type { Place, Way } from './place.ts';
import { holdTcp } from './tcp-attempt.ts';
import { assessVersion, type ReadVersion, type VersionLedger, type VersionPolicy } from './version-proof.ts';

/** How one attempt of one check ended. `own-side`: we could not even ask. */
export type Attempt =
  | { readonly kind: 'ok'; readonly seen: string }
  | {
      readonly kind: 'bad';
      readonly seen: string;
      readonly wanted: string | undefined;
      readonly unanswered?: true;
    }
  | { readonly kind: 'own-side'; readonly seen: string; readonly wanted: undefined };

export interface AttemptContext {
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly readVersion: ReadVersion;
  readonly policy: VersionPolicy;
  readonly ledger: VersionLedger;
}

/** Errors of our machine: no name, no port, no descriptor, no route. */
const ownSideCodes: ReadonlySet<unknown> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EACCES',
]);

/** Tries one check once. Never throws for what it meets; the deadline bounds it. */
export async function attemptCheck(
  check: Check,
  place: Place,
  context: AttemptContext,
  deadline: Deadline,
): Promise<Attempt> {
  let way: Way;
  try {
    way = await unlessAborted(place.open(check), deadline.signal);
  } catch (error) {
    return explainNoWay(error);
  }
  try {
    if (check.kind === 'tcp') {
      const endpoint = { host: way.host, port: way.port, isCarried: () => way.trouble() === undefined };
      await holdTcp(endpoint, context.clock, deadline.signal);
      return { kind: 'ok', seen: 'connected' };
    }
    return assess(check, await sendHttp(check, way, context.clock, deadline.signal), context);
  } catch (error) {
    return explainNoAnswer(check, error, way, context.redact);
  } finally {
    // The answer is known; how the way to it closes changes nothing.
    await way.close().catch(() => {});
  }
}

/** A way to one place that stays open for several requests. */
export interface OpenWay {
  /** Undefined when no answer came: on a kept connection that may be the end of the connection, and no fault. */
  ask(deadline: Deadline): Promise<Attempt | undefined>;
  close(): Promise<void>;
}

/** @throws whatever stands against opening the way */
export async function openWay(
  check: HttpCheck,
  place: Place,
  context: AttemptContext,
  deadline: Deadline,
): Promise<OpenWay> {
  const way = await unlessAborted(place.open(check), deadline.signal);
  const line = keepLine(way.secure);
  return {
    async ask({ signal }) {
      try {
        return assess(check, await sendHttp(check, way, context.clock, signal, line), context);
      } catch (error) {
        // No end of a connection: it is there, and nobody answers.
        return signal.aborted ? explainNoAnswer(check, error, way, context.redact) : undefined;
      }
    },
    async close() {
      line.close();
      await way.close().catch(() => {});
    },
  };
}

/** Never throws: an answer that cannot be read, since it is nested too deep for example, is a bad one. */
function assess(check: HttpCheck, answer: HttpAnswer, context: AttemptContext): Attempt {
  try {
    return assessReadable(check, answer, context);
  } catch (error) {
    const why = printable(context.redact(messageOf(error)));
    return {
      kind: 'bad',
      seen: `answered ${answer.status} with what cannot be read: ${why}`,
      wanted: undefined,
    };
  }
}

function assessReadable(check: HttpCheck, answer: HttpAnswer, context: AttemptContext): Attempt {
  const version = context.readVersion(answer);
  const wrongVersion = assessVersion(version, answer.status, context.policy);
  const wrongAnswer = assessAnswer(answer, check.wants, context.redact);
  // Who answered comes before what was answered; that nobody said who comes last.
  const wrong = version === undefined ? (wrongAnswer ?? wrongVersion) : (wrongVersion ?? wrongAnswer);
  if (wrong !== undefined) return { kind: 'bad', ...wrong };
  context.ledger.add(version);
  return { kind: 'ok', seen: `${answer.status} in ${formatDuration(answer.tookMs)}` };
}

/** A pod that is gone is a fault of the candidate; a way that the API would not open is ours. */
function explainNoWay(error: unknown): Attempt {
  const seen = `could not be reached: ${printable(messageOf(error))}`;
  if (error instanceof StreamGateError && error.code === 'NotFound')
    return { kind: 'bad', seen, wanted: undefined, unanswered: true };
  return { kind: 'own-side', seen, wanted: undefined };
}

/** What a way that was not carried says comes first: then nobody has asked the candidate. */
function explainNoAnswer(check: Check, error: unknown, way: Way, redact: (text: string) => string): Attempt {
  const trouble = way.trouble();
  if (trouble !== undefined) return explainNoWay(trouble);
  const text = printable(redact(messageOf(error)));
  const seen = `${check.kind === 'http' ? 'gave no whole answer' : 'failed'}: ${text}`;
  if (ownSideCodes.has(at(error, 'code'))) return { kind: 'own-side', seen, wanted: undefined };
  return { kind: 'bad', seen, wanted: undefined, unanswered: true };
}

/** Stops waiting at the abort. A way that opens after that is closed again. */
function unlessAborted<T extends { close(): Promise<void> }>(
  opening: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      opening.then((late) => late.close()).catch(() => {});
    };
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
