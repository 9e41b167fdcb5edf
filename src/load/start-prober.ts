import { formatDuration, printable } from '../base/index.ts';
import type { AnswerClass, Population } from '../evidence/index.ts';
import { turnsAway } from './classify.ts';
import { Connection, type Ending } from './connection.ts';
import { KeptPool } from './kept-pool.ts';
import type { Answer, Prober, ProberOptions, ProberTally, StartProber } from './prober.ts';
import { describeRedirect } from './redirect.ts';
import { constantSchedule } from './schedule.ts';
import { renderRequest, targetOf } from './target.ts';
import { versionReader } from './version.ts';

/** How much of a body is read for its JSONPath, and how much for a quotation. */
const jsonBodyBytes = 256 * 1024;
const quotedBodyBytes = 2 * 1024;
const warmConnections = 4;
const maxKeptConnections = 4_000;

/**
 * Starts probing at once. Arrival n is due n/rate seconds after the start and never later because of an earlier one;
 * even arrivals use the kept connections, odd ones open a connection each. `sentAt` is when an arrival began to use or
 * open its connection, so `sentAt - plannedAt` is the lateness of the prober itself.
 * @throws StreamGateError `Usage` for a bad JSONPath.
 */
export const startProber: StartProber = (options) => {
  const { clock, ratePerSecond, timeoutMs, signal } = options;
  const readVersion = versionReader(options.version);
  const keepBytes = options.version.kind === 'jsonpath' ? jsonBodyBytes : quotedBodyBytes;
  const wanted = options.wantedStatus ?? ((status) => status >= 200 && status < 400);
  const target = targetOf(options.url, options.host);
  const schedule = constantSchedule(ratePerSecond, options.maxDurationMs);

  const answers: Answer[] = [];
  const listeners = new Set<(answer: Answer) => void>();
  const fresh = new Set<Connection>();
  /** By its number in the answers. A server may end connections all the time: those that ended are not held. */
  const kept = new WeakMap<Connection, number>();
  let keptOpened = 0;
  const pool = new KeptPool((onIdleChange) => {
    const connection = new Connection(target, clock, onIdleChange);
    kept.set(connection, keptOpened);
    keptOpened += 1;
    return connection;
  }, keptCap(options));
  const startedAtEpoch = clock.now();
  const startedAt = clock.monotonic();
  let next = 0;
  let inFlight = 0;
  let endedAt: number | null = null;
  /** Elapsed time at which arrivals ended; null while they go on. */
  let arrivalsEndedMs: number | null = null;
  let cancelTick = () => {};
  let allDone = () => {};
  let stopping: Promise<void> | undefined;

  function tick(): void {
    const elapsed = clock.monotonic() - startedAt;
    arriveUntil(elapsed);
    if (elapsed >= options.maxDurationMs) stopInBackground();
    else {
      const dueMs = Math.min(schedule.dueAt(next), options.maxDurationMs);
      cancelTick = clock.after(dueMs - (clock.monotonic() - startedAt), tick);
    }
  }

  function arriveUntil(elapsedMs: number): void {
    while (schedule.dueAt(next) <= elapsedMs && schedule.dueAt(next) < options.maxDurationMs) {
      arrive(next);
      next += 1;
    }
  }

  function arrive(n: number): void {
    const id = `${options.runId}-${n}`;
    const plannedAt = startedAt + schedule.dueAt(n);
    inFlight += 1;
    // After the next look at the sockets: a close that already lies in the kernel is then known before we send.
    setImmediate(() => {
      if (n % 2 === 0) useKept();
      else exchange('fresh', openFresh());
    });

    function useKept(): void {
      const cancelTimer = clock.after(timeoutMs, () => {
        giveUp();
        const detail = 'the cap of open connections was reached, the request was never sent';
        const now = clock.monotonic();
        const unsent = { class: 'own-side', status: null, version: null, detail } as const;
        finish({ id, population: 'kept', connection: null, plannedAt, sentAt: now, doneAt: now, ...unsent });
      });
      const giveUp = pool.take((connection) => {
        cancelTimer();
        exchange('kept', connection);
      });
    }

    function exchange(population: Population, connection: Connection): void {
      const sentAt = clock.monotonic();
      const request = renderRequest(target, id, population === 'kept');
      void connection.send(request, keepBytes, timeoutMs).then((ending) => {
        const number = kept.get(connection) ?? null;
        finish({
          id,
          population,
          connection: number,
          plannedAt,
          sentAt,
          doneAt: clock.monotonic(),
          ...judge(ending),
        });
      });
    }
  }

  function openFresh(): Connection {
    const connection: Connection = new Connection(target, clock, () => {
      if (connection.closed) fresh.delete(connection);
      else connection.linger();
    });
    fresh.add(connection);
    return connection;
  }

  function judge({ failure, head, body }: Ending): Pick<Answer, 'class' | 'status' | 'version' | 'detail'> {
    const status = head?.status ?? null;
    const version = readVersion(head, body);
    if (failure !== null)
      return { class: failure.class, status, version, detail: printable(failure.detail, 300) };
    if (head !== null && wanted(head.status)) {
      const detail = version === null ? describeRedirect(head, target) : '';
      return { class: 'ok', status, version, detail };
    }
    const quotation = printable(body);
    const detail = quotation === '' ? `answered ${status}` : `answered ${status} "${quotation}"`;
    return { class: classOfStatus(status), status, version, detail };
  }

  function finish(answer: Answer): void {
    inFlight -= 1;
    answers.push(answer);
    for (const listener of listeners) listener(answer);
    if (inFlight === 0) allDone();
  }

  async function stop(): Promise<void> {
    cancelTick();
    signal.removeEventListener('abort', stopInBackground);
    if (arrivalsEndedMs === null) {
      // Whatever was due by now was planned, even when we are late with it.
      arrivalsEndedMs = Math.min(clock.monotonic() - startedAt, options.maxDurationMs);
      arriveUntil(arrivalsEndedMs);
    }
    if (inFlight > 0) await new Promise<void>((resolve) => (allDone = resolve));
    endedAt = clock.monotonic();
    pool.close();
    for (const connection of fresh) connection.destroy();
    options.log.debug(`Prober sent ${answers.length} requests in ${formatDuration(endedAt - startedAt)}.`);
  }

  function stopOnce(): Promise<void> {
    stopping ??= stop();
    return stopping;
  }

  function stopInBackground(): void {
    void stopOnce();
  }

  function tally(): ProberTally {
    const planned = schedule.countBy(arrivalsEndedMs ?? clock.monotonic() - startedAt);
    return { startedAt, startedAtEpoch, endedAt, planned, answers, inFlight };
  }

  if (signal.aborted) {
    arrivalsEndedMs = -1;
    stopInBackground();
  } else {
    signal.addEventListener('abort', stopInBackground, { once: true });
    pool.warm(Math.min(warmConnections, Math.ceil(ratePerSecond / 2)));
    tick();
  }

  const prober: Prober = {
    onAnswer(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: stopOnce,
    tally,
  };
  return prober;
};

/** Enough that no arrival ever waits for another while each ends within the timeout, unless descriptors forbid it. */
function keptCap({ ratePerSecond, timeoutMs }: ProberOptions): number {
  return Math.min(
    maxKeptConnections,
    Math.ceil((ratePerSecond / 2) * (timeoutMs / 1_000)) + warmConnections + 4,
  );
}

/** An edge that turns the prober itself away says nothing about the release. */
function classOfStatus(status: number | null): AnswerClass {
  return turnsAway(status) ? 'own-side' : 'status';
}
