import { messageOf } from '../base/index.ts';
import type { AnswerClass } from '../evidence/index.ts';
import type { ResponseParser } from './response-parser.ts';

/** What the wire alone can say about one request; the version is judged later. */
export type WireClass = Exclude<AnswerClass, 'wrong-version'>;

export interface WireFailure {
  readonly class: WireClass;
  readonly detail: string;
}

/** The machine that probes could not even ask: no name, no port, no descriptor, no route. */
const ownSideCodes: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ENODATA',
  'ESERVFAIL',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EACCES',
  'EPERM',
]);

/** Codes of a failed handshake or a certificate that does not hold, as OpenSSL and Node name them. */
const tlsCode =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERROR_IN_C)/;

/** A connection that could not be opened. */
export function classifyConnectError(error: Error): WireFailure {
  const code = codeOf(error);
  const detail = messageOf(error);
  if (code === 'ECONNREFUSED') return { class: 'refused', detail };
  if (code === 'ETIMEDOUT') return { class: 'timeout', detail };
  if (ownSideCodes.has(code)) return { class: 'own-side', detail };
  if (tlsCode.test(code)) return { class: 'tls', detail };
  return { class: 'reset', detail };
}

/** A connection that broke after it had been opened. */
export function classifyBrokenConnection(error: Error, parser: ResponseParser): WireFailure {
  const code = codeOf(error);
  // With TLS 1.3 the server refuses a handshake only after the client believes that it is over.
  if (tlsCode.test(code)) return { class: 'tls', detail: messageOf(error) };
  return { class: 'reset', detail: `${messageOf(error)} ${progress(parser)}` };
}

/** A connection that the server ended in order, though the answer was not whole. */
export function classifyEndOfStream(parser: ResponseParser): WireFailure {
  const end = parser.end();
  if (end === 'nothing')
    return { class: 'eof', detail: 'connection closed before the first byte of an answer' };
  return { class: 'truncated', detail: `connection closed ${progress(parser)}` };
}

export function progress(parser: ResponseParser): string {
  if (!parser.began) return 'before the first byte of an answer';
  if (parser.head === undefined) return 'within the headers';
  return `after ${parser.bodyBytes} bytes of the body (status ${parser.head.status})`;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Statuses with which an edge turns the prober itself away. */
export function turnsAway(status: number | null): boolean {
  return status === 403 || status === 429;
}
