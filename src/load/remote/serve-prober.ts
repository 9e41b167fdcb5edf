import { timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { Clock, Log, Milliseconds } from '../../base/index.ts';
import type { Answer, Prober } from '../prober.ts';
import { startProber } from '../start-prober.ts';
import { createDecoder, encode, type ProbeOrder, type Reply, type Request } from './wire.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Who does not know it is not listened to. */
  readonly secret: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Without a connection for this long, everything ends: whoever asked for it is gone. */
  readonly abandonedAfterMs: Milliseconds;
  readonly signal: AbortSignal;
}

/** The prober of one run. It outlives a broken connection, so that no request goes uncounted. */
interface Session {
  readonly prober: Prober;
  readonly answers: Answer[];
  listener: ((reply: Reply) => void) | undefined;
}

/**
 * Probes for whoever connects, from where this runs, and tells each answer as it comes. Ends by itself when nobody has
 * been connected for a while, and by its signal. Resolves when it has ended.
 */
export async function serveProber(options: ServeOptions): Promise<void> {
  const { clock, log } = options;
  const sessions = new Map<string, Session>();
  const sockets = new Set<Socket>();
  const ended = new AbortController();
  let cancelAbandoned = () => {};

  function expectSomebody(): void {
    cancelAbandoned();
    if (sockets.size > 0) return;
    cancelAbandoned = clock.after(options.abandonedAfterMs, () => {
      log.info('Nobody has asked for a while: ending.');
      ended.abort();
    });
  }

  function open(order: ProbeOrder): Session {
    const known = sessions.get(order.runId);
    if (known !== undefined) return known;
    const { host, url, ...same } = order;
    const prober = startProber({
      ...same,
      url: new URL(url),
      host: host ?? undefined,
      clock,
      log,
      signal: ended.signal,
    });
    const session: Session = { prober, answers: [], listener: undefined };
    prober.onAnswer((answer) => {
      session.answers.push(answer);
      session.listener?.({ kind: 'answer', n: session.answers.length - 1, answer });
    });
    sessions.set(order.runId, session);
    return session;
  }

  function serve(socket: Socket): void {
    let session: Session | undefined;
    const send = (reply: Reply) => socket.write(encode(reply));

    function handle(request: Request): void {
      if (request.kind === 'probe') {
        if (!isSame(request.secret, options.secret)) throw new Error('the secret is wrong');
        session = open(request.order);
        send({ kind: 'started', startedAt: session.prober.tally().startedAt });
        for (const [n, answer] of session.answers.entries())
          if (n >= request.from) send({ kind: 'answer', n, answer });
        session.listener = send;
      } else if (session === undefined) throw new Error('the first message must say what to probe');
      else if (request.kind === 'ping') send({ kind: 'pong', sentAt: request.sentAt, at: clock.monotonic() });
      else void end(session);
    }

    async function end({ prober, answers }: Session): Promise<void> {
      await prober.stop();
      const { planned, endedAt } = prober.tally();
      send({ kind: 'end', planned, answers: answers.length, endedAt: endedAt ?? clock.monotonic() });
    }

    const decode = createDecoder<Request>(handle);
    sockets.add(socket);
    expectSomebody();
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('data', (text) => {
      try {
        decode(String(text));
      } catch (thrown) {
        log.warn(`A connection is given up: ${String(thrown)}`);
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      if (session?.listener === send) session.listener = undefined;
      expectSomebody();
    });
  }

  const server = createServer(serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  expectSomebody();
  const over = AbortSignal.any([options.signal, ended.signal]);
  await new Promise<void>((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener('abort', () => resolve(), { once: true });
  });
  ended.abort();
  cancelAbandoned();
  for (const { prober } of sessions.values()) void prober.stop();
  for (const socket of sockets) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
