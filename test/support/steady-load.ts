import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly sent: number;
  /** Ids by how they ended: `200`, `502`, `ECONNRESET`. */
  readonly ended: ReadonlyMap<string, readonly string[]>;
}

/** What became of one request. Instants are milliseconds since the epoch. */
export interface LoadAnswer {
  readonly id: string;
  /** On a connection that was kept for several, or on one of its own. */
  readonly kept: boolean;
  readonly sentAt: number;
  readonly endedAt: number;
  /** `200`, `502`, `ECONNRESET`. */
  readonly how: string;
  /** As the answer says in `x-version`; empty when it does not. */
  readonly version: string;
}

/**
 * Sends a request each `everyMs`, half on kept connections, and never again; `stop` waits for the last answer. Sends none
 * any more after `longestMs`, so that a caller who forgets it leaves nothing behind.
 */
export function startSteadyLoad(url: string, host: string, everyMs: number, longestMs = 15 * 60_000) {
  const answers: LoadAnswer[] = [];
  const kept = new Agent({ keepAlive: true, maxSockets: 4 });
  const pending = new Set<Promise<void>>();
  const endsAt = Date.now() + longestMs;
  let sent = 0;

  function send(): void {
    if (Date.now() > endsAt) {
      clearInterval(timer);
      return;
    }
    const id = `load-${sent++}`;
    const isKept = sent % 2 === 0;
    const sentAt = Date.now();
    const one = new Promise<void>((resolve) => {
      const end = (how: string, version = '') => {
        answers.push({ id, kept: isKept, sentAt, endedAt: Date.now(), how, version });
        resolve();
      };
      const call = request(url, {
        agent: isKept ? kept : false,
        headers: { host, 'x-request-id': id },
        timeout: 5_000,
      });
      call.on('response', (answer) => {
        answer.resume();
        answer.on('end', () => end(String(answer.statusCode), String(answer.headers['x-version'] ?? '')));
        answer.on('error', (error) => end(error.message));
      });
      call.on('timeout', () => call.destroy(new Error('timeout')));
      call.on('error', (error) => end(error.message));
      call.end();
    }).finally(() => pending.delete(one));
    pending.add(one);
  }

  const timer = setInterval(send, everyMs);
  return {
    /** Those that have ended so far, in the order in which they did. */
    answers: answers as readonly LoadAnswer[],
    async stop(): Promise<LoadResult> {
      clearInterval(timer);
      await Promise.all(pending);
      kept.destroy();
      const ended = new Map<string, readonly string[]>();
      for (const [how, ones] of Map.groupBy(answers, (answer) => answer.how))
        ended.set(
          how,
          ones.map(({ id }) => id),
        );
      return { sent, ended };
    },
  };
}
