import { isNativeError } from 'node:util/types';

/** Stable identifiers of everything that can go wrong; a script may branch on them. */
export type ErrorCode =
  | 'Usage' // the inputs are wrong; nothing was touched
  | 'Refused' // a preflight answer: going on would hurt somebody
  | 'NotFound'
  | 'Conflict' // somebody else changed what we were about to change
  | 'Superseded' // a newer release owns the app
  | 'Denied' // missing permission
  | 'Unreachable' // the API or the service cannot be reached at all
  | 'Timeout'
  | 'Cancelled'
  | 'Failed' // the thing that was tried did not work
  | 'Internal'; // a defect of ours

export interface ErrorDetails {
  /** What the reader should do now, as an instruction or a command. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
  /** Further lines of evidence: events, last log lines, what was last seen. */
  readonly evidence?: readonly string[] | undefined;
}

/** The one error type that reaches a person: what happened, why, and what to do now. */
export class StreamGateError extends Error {
  override readonly name = 'StreamGateError';
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly evidence: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
    this.evidence = details.evidence ?? [];
  }
}

/** Makes a StreamGateError of whatever was thrown; ours pass through unchanged. */
export function toStreamGateError(thrown: unknown): StreamGateError {
  if (thrown instanceof StreamGateError) return thrown;
  return new StreamGateError('Internal', messageOf(thrown), {
    cause: thrown,
    remedy: 'This is a defect of StreamGate. Please report it with the stack trace of the debug log.',
  });
}

/** An error of any realm: those of Node's own sockets are no `instanceof Error` inside of a vm context. */
function isError(value: unknown): value is Error {
  return value instanceof Error || isNativeError(value);
}

/** The message of anything thrown, with the messages of its causes: `fetch failed: connect ECONNREFUSED`. */
export function messageOf(thrown: unknown): string {
  const parts: string[] = [];
  let current: unknown = thrown;
  while (isError(current) && parts.length < 5) {
    if (current.message && !parts.includes(current.message)) parts.push(current.message);
    current = current.cause;
  }
  return parts.length > 0 ? parts.join(': ') : String(thrown);
}
