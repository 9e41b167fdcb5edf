import { Agent, request } from 'node:http';

const everyMs = 50;
const timeoutMs = 10_000;

export interface Caller {
  /** How many answers came, good or bad. */
  asked(): number;
  /** What was no good answer, in words. */
  readonly lost: readonly string[];
  stop(): Promise<void>;
}

/** A caller of the public address who knows nothing of releases: 20 requests a second on kept connections, never again. */
export function startCaller(url: string, host: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const pending = new Set<Promise<void>>();
  const lost: string[] = [];
  let asked = 0;

  function ask(): Promise<void> {
    return new Promise((resolve) => {
      const end = (trouble?: string) => {
        asked += 1;
        if (trouble !== undefined) lost.push(`request ${asked}: ${trouble}`);
        resolve();
      };
      const call = request(url, { agent, headers: { host }, timeout: timeoutMs });
      call.on('response', (answer) => {
        answer.resume();
        answer.on('end', () =>
          end(
            answer.statusCode === 200
              ? undefined
              : `status ${answer.statusCode} of ${answer.headers['x-version']}`,
          ),
        );
        answer.on('error', (error) => end(error.message));
      });
      call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)));
      call.on('error', (error) => end(error.message));
      call.end();
    });
  }

  const timer = setInterval(() => {
    const one = ask().finally(() => pending.delete(one));
    pending.add(one);
  }, everyMs);
  return {
    asked: () => asked,
    lost,
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
    },
  };
}
