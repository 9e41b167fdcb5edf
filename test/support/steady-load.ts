import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly sent: number;
  /** Ids by how they ended: `200`, `502`, `ECONNRESET`. */
  readonly ended: ReadonlyMap<string, readonly string[]>;
}

/** Sends a request each `everyMs`, half on kept connections, and never again; `stop` waits for the last answer. */
export function startSteadyLoad(url: string, host: string, everyMs: number) {
  const ended = new Map<string, string[]>();
  const kept = new Agent({ keepAlive: true, maxSockets: 4 });
  const pending = new Set<Promise<void>>();
  let sent = 0;

  function send(): void {
    const id = `load-${sent++}`;
    const one = new Promise<void>((resolve) => {
      const end = (how: string) => {
        const ids = ended.get(how) ?? [];
        ids.push(id);
        ended.set(how, ids);
        resolve();
      };
      const call = request(url, {
        agent: sent % 2 === 0 ? kept : false,
        headers: { host, 'x-request-id': id },
        timeout: 5_000,
      });
      call.on('response', (answer) => {
        answer.resume();
        answer.on('end', () => end(String(answer.statusCode)));
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
    async stop(): Promise<LoadResult> {
      clearInterval(timer);
      await Promise.all(pending);
      kept.destroy();
      return { sent, ended };
    },
  };
}
