import { type Clock, type Log, type Milliseconds, messageOf, StreamGateError } from '../base/index.ts';
import type { Absence } from './absence.ts';
import { isTransient, toApiError } from './status.ts';
import type { ApiRequest, ApiResponse, Transport } from './transport.ts';
import type { Turns } from './turns.ts';

const attemptTimeoutMs = 15_000;
/** How long trouble may last before a person is told, where nobody says otherwise. */
const usualPatienceMs = 120_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;

export interface RequestContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends every request. */
  readonly signal: AbortSignal;
  /** How long a request is repeated on trouble; two minutes when left out. */
  readonly patienceMs?: Milliseconds;
  readonly absence: Absence;
  /** Whoever asks about thousands of objects asks for as many as this at once. */
  readonly turns: Turns;
}

export interface CallOptions {
  readonly method: ApiRequest['method'];
  readonly path: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly accept?: string;
  readonly preconditioned?: boolean;
}

/**
 * Sends one request until it is answered for good. Repeats on 429, 5xx, silence and broken connections, because every
 * write of ours can be repeated: it either carries a precondition or is the same whether it is made once or twice.
 */
export async function call(context: RequestContext, options: CallOptions): Promise<unknown> {
  const { clock, log, signal, absence, patienceMs = usualPatienceMs } = context;
  const giveUpAt = clock.monotonic() + patienceMs;
  let pauseMs = firstPauseMs;
  for (;;) {
    signal.throwIfAborted();
    const sentAt = clock.monotonic();
    const attempt = await tryOnce(context, options);
    if (attempt.kind === 'answer') return attempt.body;
    absence.missed(sentAt);
    if (signal.aborted) throw signal.reason;
    const waitMs = Math.max(attempt.retryAfterMs, pauseMs);
    if (clock.monotonic() + waitMs > giveUpAt) throw attempt.error;
    log.debug(
      `${options.method} ${options.path}: ${attempt.error.message}; again in ${Math.round(waitMs)} ms`,
    );
    await clock.sleep(waitMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

type Attempt =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'trouble'; readonly error: StreamGateError; readonly retryAfterMs: number };

async function tryOnce(context: RequestContext, options: CallOptions): Promise<Attempt> {
  const giveBack = await context.turns.take(context.signal);
  const { signal, unlink, timedOut } = attemptSignal(context);
  try {
    const response = await context.transport.send(toRequest(options, signal));
    const text = await readAll(response);
    const body = parseBody(response, text);
    if (response.status < 300) {
      context.absence.answered();
      return { kind: 'answer', body };
    }
    const { method, path, preconditioned = false } = options;
    const failure = { method, path, status: response.status, body, preconditioned };
    const error = toApiError(failure);
    if (!isTransient(failure)) {
      context.absence.answered();
      throw error;
    }
    return { kind: 'trouble', error, retryAfterMs: 1_000 * (Number(response.headers['retry-after']) || 0) };
  } catch (thrown) {
    if (thrown instanceof StreamGateError && !timedOut()) throw thrown;
    if (context.signal.aborted) throw context.signal.reason;
    return { kind: 'trouble', error: unreachable(context.transport.name, thrown), retryAfterMs: 0 };
  } finally {
    unlink();
    giveBack();
  }
}

function attemptSignal(context: RequestContext) {
  const controller = new AbortController();
  let late = false;
  const cancel = context.clock.after(attemptTimeoutMs, () => {
    late = true;
    controller.abort(new StreamGateError('Timeout', `no answer within ${attemptTimeoutMs / 1_000} s`));
  });
  const follow = () => controller.abort(context.signal.reason);
  if (context.signal.aborted) follow();
  else context.signal.addEventListener('abort', follow, { once: true });
  const unlink = () => {
    cancel();
    context.signal.removeEventListener('abort', follow);
  };
  return { signal: controller.signal, unlink, timedOut: () => late };
}

function toRequest(options: CallOptions, signal: AbortSignal): ApiRequest {
  const headers: Record<string, string> = {
    accept: options.accept ?? 'application/json',
    'user-agent': 'streamgate',
  };
  if (options.body === undefined) return { method: options.method, path: options.path, headers, signal };
  headers['content-type'] = options.contentType ?? 'application/json';
  return { method: options.method, path: options.path, headers, body: JSON.stringify(options.body), signal };
}

async function readAll(response: ApiResponse): Promise<string> {
  let text = '';
  for await (const chunk of response.body) text += chunk;
  return text;
}

function parseBody(response: ApiResponse, text: string): unknown {
  if (!(response.headers['content-type'] ?? '').includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between may promise JSON and answer otherwise; the text itself is then the best evidence.
    return text;
  }
}

function unreachable(name: string, cause: unknown): StreamGateError {
  return new StreamGateError(
    'Unreachable',
    `No answer from the Kubernetes API ${name}: ${messageOf(cause)}`,
    {
      cause,
      remedy:
        'Check the address and the network between here and the API server. Nothing is lost: run the same command again.',
    },
  );
}
