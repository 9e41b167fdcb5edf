import { connect as connectTcp, type Socket } from 'node:net';
import { type Milliseconds, messageOf, StreamGateError } from '../../base/index.ts';
import type { Answer, Prober, ProberOptions, ProberTally } from '../prober.ts';
import { constantSchedule } from '../schedule.ts';
import { addReading, type Offset, offsetOf, type Reading } from './clock-offset.ts';
import { createDecoder, encode, orderOf, type Reply, type Request } from './wire.ts';

export interface RemoteOptions extends ProberOptions {
  readonly secret: string;
  /** Where the prober listens, for a connection that is about to be opened. */
  readonly address: () => Promise<{ readonly host: string; readonly port: number }>;
}

const reconnectEveryMs = 200;
const pingEveryMs = 1_000;
/** Each second brings a pong at least: a connection that says nothing for this long is dead, whatever the network thinks. */
const silentForMs = 5_000;
/** How long the last count is waited for, beside the requests that are still in flight. */
const endPatienceMs = 10_000;

/**
 * Starts a prober elsewhere and listens to it. Connections may break: it goes on probing, and what was missed is asked
 * for again. Its times are turned into ours so that no error of the clocks can make a request look sent later, or
 * answered earlier, than it was. When its last count never comes, planned and answered differ, and the run is invalid.
 * Resolves when it has begun; throws the signal's reason when that ends first.
 */
export async function startRemoteProber(options: RemoteOptions): Promise<Prober> {
  const { clock, log, signal, secret } = options;
  const schedule = constantSchedule(options.ratePerSecond, options.maxDurationMs);
  const listeners = new Set<(answer: Answer) => void>();
  const answers: Answer[] = [];
  const over = new AbortController();
  let readings: readonly Reading[] = [];
  let waiting: Answer[] = [];
  let startedAt: Milliseconds | undefined;
  let end: { readonly planned: number; readonly endedAt: Milliseconds } | undefined;
  let socket: Socket | undefined;
  let stopRequested = false;
  let stopping: Promise<void> | undefined;
  let heard = 0;
  let startedAtTheirs: Milliseconds | undefined;

  const send = (request: Request) => socket?.write(encode(request));

  function handle(reply: Reply): void {
    const now = clock.monotonic();
    if (reply.kind === 'started') startedAtTheirs = reply.startedAt;
    else if (reply.kind === 'pong')
      readings = addReading(readings, { sentAt: reply.sentAt, at: reply.at, heardAt: now });
    else if (reply.kind === 'answer') {
      if (reply.n !== heard) return;
      heard += 1;
      waiting.push(reply.answer);
    } else if (reply.answers === heard) {
      const offset = offsetOf(readings);
      end = { planned: reply.planned, endedAt: reply.endedAt + (offset?.latest ?? 0) };
    }
    // Times mean nothing before the clocks were compared.
    const offset = offsetOf(readings);
    if (offset === undefined || startedAtTheirs === undefined) return;
    startedAt ??= startedAtTheirs + offset.earliest;
    const ready = waiting;
    waiting = [];
    for (const answer of ready) tell(translate(answer, offset));
  }

  function tell(answer: Answer): void {
    answers.push(answer);
    for (const listener of listeners) listener(answer);
  }

  /** One connection, from its beginning to its end. */
  async function converse(): Promise<void> {
    const { host, port } = await options.address();
    const opened = connectTcp({ host, port, noDelay: true }).setEncoding('utf8');
    socket = opened;
    const closed = new Promise<void>((resolve) => opened.once('close', () => resolve()));
    const close = () => opened.destroy();
    const decode = createDecoder<Reply>(handle);
    let cancelSilence = clock.after(silentForMs, close);
    opened.on('error', (error) => log.debug(`The way to the prober broke: ${messageOf(error)}`));
    opened.on('data', (text) => {
      cancelSilence();
      cancelSilence = clock.after(silentForMs, close);
      try {
        decode(String(text));
      } catch (thrown) {
        log.debug(`The prober said something else: ${messageOf(thrown)}`);
        close();
      }
    });
    over.signal.addEventListener('abort', close, { once: true });
    send({ kind: 'probe', secret, order: orderOf(options), from: heard });
    send({ kind: 'ping', sentAt: clock.monotonic() });
    if (stopRequested) send({ kind: 'stop' });
    await closed;
    cancelSilence();
    over.signal.removeEventListener('abort', close);
  }

  async function keepTalking(): Promise<void> {
    while (!over.signal.aborted) {
      await converse().catch((thrown: unknown) => log.debug(`No way to the prober: ${messageOf(thrown)}`));
      await clock.sleep(reconnectEveryMs, over.signal).catch(() => undefined);
    }
  }

  async function keepComparingClocks(): Promise<void> {
    while (!over.signal.aborted) {
      await clock.sleep(pingEveryMs, over.signal).catch(() => undefined);
      send({ kind: 'ping', sentAt: clock.monotonic() });
    }
  }

  async function stop(): Promise<void> {
    stopRequested = true;
    signal.removeEventListener('abort', stopInBackground);
    send({ kind: 'stop' });
    const giveUpAt = clock.monotonic() + options.timeoutMs + endPatienceMs;
    while (end === undefined && startedAt !== undefined && clock.monotonic() < giveUpAt)
      await clock.sleep(20);
    over.abort();
  }

  function stopOnce(): Promise<void> {
    stopping ??= stop();
    return stopping;
  }

  function stopInBackground(): void {
    void stopOnce();
  }

  function tally(): ProberTally {
    const began = startedAt ?? clock.monotonic();
    const planned = end?.planned ?? schedule.countBy(clock.monotonic() - began);
    return {
      startedAt: began,
      startedAtEpoch: clock.now() + (began - clock.monotonic()),
      endedAt: end?.endedAt ?? null,
      planned,
      answers,
      inFlight: Math.max(0, planned - answers.length),
    };
  }

  void keepTalking();
  void keepComparingClocks();
  try {
    while (startedAt === undefined) await clock.sleep(20, signal);
  } catch (thrown) {
    over.abort();
    throw thrown instanceof StreamGateError
      ? thrown
      : new StreamGateError('Cancelled', messageOf(thrown), { cause: thrown });
  }
  if (signal.aborted) stopInBackground();
  else signal.addEventListener('abort', stopInBackground, { once: true });
  return {
    onAnswer(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: stopOnce,
    tally,
  };
}

/** Sent at the earliest that it can have been, answered at the latest: every proof that counts on these times holds. */
function translate(answer: Answer, { earliest, latest }: Offset): Answer {
  return {
    ...answer,
    plannedAt: answer.plannedAt + earliest,
    sentAt: answer.sentAt + earliest,
    doneAt: answer.doneAt + latest,
  };
}
