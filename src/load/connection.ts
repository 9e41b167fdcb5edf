import { type LookupAddress, lookup } from 'node:dns';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock, Milliseconds } from '../base/index.ts';
import { formatDuration } from '../base/index.ts';
import {
  classifyBrokenConnection,
  classifyConnectError,
  classifyEndOfStream,
  progress,
  type WireFailure,
} from './classify.ts';
import { type ResponseHead, tokens } from './response-head.ts';
import { ResponseParser } from './response-parser.ts';
import type { Target } from './target.ts';

/** How one request ended on the wire. */
export interface Ending {
  /** Null when a whole answer came. */
  readonly failure: WireFailure | null;
  readonly head: ResponseHead | null;
  /** The first bytes of the body. */
  readonly body: string;
}

interface Exchange {
  readonly request: string;
  readonly parser: ResponseParser;
  readonly resolve: (ending: Ending) => void;
  readonly cancelTimer: () => void;
  sent: boolean;
}

/** After an answer with `connection: close`, how long the server may take to close before we do. */
const lingerMs = 1_000;

/** One connection to the target, carrying one request at a time. It never repeats a request. */
export class Connection {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #onIdleChange: () => void;
  readonly #openedAt: Milliseconds;
  #open = false;
  #closed = false;
  #idleSince: Milliseconds;
  #idleBefore: Milliseconds = 0;
  /** When the server will have closed it, as its `keep-alive` header says. */
  #expiresAt = Number.POSITIVE_INFINITY;
  #requests = 0;
  #exchange: Exchange | undefined;

  /** Starts connecting at once, with its own DNS look-up. `onIdleChange` is called when it became free or closed. */
  constructor(target: Target, clock: Clock, onIdleChange: () => void) {
    this.#clock = clock;
    this.#onIdleChange = onIdleChange;
    this.#openedAt = clock.monotonic();
    this.#idleSince = this.#openedAt;
    const { hostname: host, port } = target;
    // One address, one attempt: racing several would hide the one that refuses.
    const where = { host, port, lookup: lookupOne, autoSelectFamily: false } as const;
    this.#socket = target.secure
      ? connectTls({
          ...where,
          ALPNProtocols: ['http/1.1'],
          ...(target.servername ? { servername: target.servername } : {}),
        })
      : connectTcp(where);
    this.#socket.setNoDelay(true);
    this.#socket.on(target.secure ? 'secureConnect' : 'connect', () => this.#onOpen());
    this.#socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    this.#socket.on('end', () => this.#onEnd());
    this.#socket.on('error', (error) => this.#onError(error));
    this.#socket.on('close', () => this.#onEnd());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Open, free, and as far as we know not about to be closed by the server. */
  get usable(): boolean {
    return (
      this.#open &&
      !this.#closed &&
      this.#exchange === undefined &&
      this.#clock.monotonic() < this.#expiresAt &&
      this.#socket.readyState === 'open'
    );
  }

  /** Sends one request, as soon as the connection is open. Resolves exactly once, and never rejects. */
  send(request: string, keepBytes: number, timeoutMs: Milliseconds): Promise<Ending> {
    return new Promise((resolve) => {
      const cancelTimer = this.#clock.after(timeoutMs, () => this.#onTimeout(timeoutMs));
      this.#exchange = { request, parser: new ResponseParser(keepBytes), resolve, cancelTimer, sent: false };
      if (this.#closed)
        this.#finish({ class: 'eof', detail: 'connection closed before the request was sent' });
      else if (this.#open) this.#write(this.#exchange);
    });
  }

  /** Closes at once; a request in flight ends as `eof`. */
  destroy(): void {
    this.#socket.destroy();
    this.#onEnd();
  }

  /** Lets the server close first, so that the closing state of TCP is not kept on our ports. */
  linger(): void {
    if (this.#closed) return;
    this.#expiresAt = 0;
    const cancel = this.#clock.after(lingerMs, () => this.destroy());
    this.#socket.once('close', cancel);
  }

  #onOpen(): void {
    this.#open = true;
    this.#idleSince = this.#clock.monotonic();
    if (this.#exchange !== undefined) this.#write(this.#exchange);
    else this.#onIdleChange();
  }

  #write(exchange: Exchange): void {
    exchange.sent = true;
    this.#idleBefore = this.#clock.monotonic() - this.#idleSince;
    this.#requests += 1;
    this.#socket.write(exchange.request);
  }

  #onData(chunk: Buffer): void {
    const exchange = this.#exchange;
    if (exchange === undefined || !exchange.sent) {
      // Bytes that nobody asked for (often a 408 before a close): the next request must not take them for its answer.
      this.destroy();
      return;
    }
    const state = exchange.parser.push(chunk);
    if (state === 'bad') {
      this.#socket.destroy();
      this.#finish({ class: 'protocol', detail: exchange.parser.problem });
    } else if (state === 'done') this.#finish(null);
  }

  #onError(error: Error): void {
    const exchange = this.#exchange;
    this.#closed = true;
    if (exchange === undefined) this.#onIdleChange();
    else if (!this.#open) this.#finish(classifyConnectError(error));
    else this.#finish(this.#onOldConnection(classifyBrokenConnection(error, exchange.parser)));
  }

  #onEnd(): void {
    if (this.#closed) return;
    this.#closed = true;
    const exchange = this.#exchange;
    if (exchange === undefined) this.#onIdleChange();
    else if (exchange.parser.end() === 'done') this.#finish(null);
    else this.#finish(this.#onOldConnection(classifyEndOfStream(exchange.parser)));
  }

  #onTimeout(timeoutMs: Milliseconds): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    const where = !this.#open ? 'while connecting' : progress(exchange.parser);
    this.#socket.destroy();
    this.#finish({
      class: 'timeout',
      detail: `no whole answer within ${formatDuration(timeoutMs)}, ${where}`,
    });
  }

  #finish(failure: WireFailure | null): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    this.#exchange = undefined;
    exchange.cancelTimer();
    const { parser } = exchange;
    if (failure !== null) this.#closed = true;
    this.#idleSince = this.#clock.monotonic();
    this.#expiresAt = parser.reusable ? this.#idleSince + keepAliveMs(parser.head) : 0;
    exchange.resolve({ failure, head: parser.head ?? null, body: parser.body });
    this.#onIdleChange();
  }

  /** Tells the keep-alive race (idle, then broken as we sent) apart from a dropped request. */
  #onOldConnection(failure: WireFailure): WireFailure {
    if (this.#requests < 2 || failure.class === 'tls') return failure;
    const age = formatDuration(this.#clock.monotonic() - this.#openedAt);
    const idle = formatDuration(this.#idleBefore);
    const history = `request ${this.#requests} on a connection opened ${age} ago, idle ${idle} before`;
    return { ...failure, detail: `${failure.detail}; ${history}` };
  }
}

/** For how long an idle connection is safe to use: its announced timeout less a second, as it counts from the server's side. */
function keepAliveMs(head: ResponseHead | undefined): Milliseconds {
  for (const token of tokens(head?.headers.get('keep-alive'))) {
    const seconds = /^timeout=(\d+)$/.exec(token)?.[1];
    if (seconds !== undefined) return Math.max(Number(seconds) * 500, Number(seconds) * 1_000 - 1_000);
  }
  return Number.POSITIVE_INFINITY;
}

/** One address per look-up, IPv4 when there is one: many runners have no IPv6 route. */
const lookupOne: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const chosen =
      error === null ? (addresses.find(({ family }) => family === 4) ?? addresses[0]) : undefined;
    if (chosen === undefined) callback(error ?? new Error(`no address for ${hostname}`), '', 0);
    else callback(null, chosen.address, chosen.family);
  });
};
