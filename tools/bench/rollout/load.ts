import { silentLog, systemClock } from '../../../src/base/index.ts';
import { type Answer, startProber } from '../../../src/load/index.ts';

/** The callers of one turn: one client for all tools, which is no part of any of them. */
export interface Load {
  /** Every answer so far, in the order of their ends. */
  readonly answers: readonly Answer[];
  /** Waits for a condition on the answers so far. Throws when it did not come in time. */
  until(what: string, withinMs: number, holds: (answers: readonly Answer[]) => boolean): Promise<void>;
  /** Ends the arrivals and waits for those in flight. Throws when a request was lost count of. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly url: string;
  readonly hostname: string;
  readonly ratePerSecond: number;
}

const maxDurationMs = 180_000;
const timeoutMs = 10_000;
/** So many answers in a row that were not to be had from this machine mean that the cluster is gone. */
const ownSideInARow = 200;

/** Constant arrivals, half on kept connections and half on one each, never repeated; at most three minutes. */
export function startLoad({ url, hostname, ratePerSecond }: LoadOptions): Load {
  const gone = new AbortController();
  const prober = startProber({
    url: new URL(url),
    host: hostname,
    ratePerSecond,
    timeoutMs,
    version: { kind: 'header', name: 'x-version' },
    runId: 'bench',
    clock: systemClock,
    log: silentLog,
    signal: gone.signal,
    maxDurationMs,
  });
  const answers: Answer[] = [];
  let unheard = 0;
  prober.onAnswer((answer) => {
    answers.push(answer);
    const nobody = answer.status === null && answer.class !== 'timeout';
    unheard = nobody ? unheard + 1 : 0;
    if (unheard >= ownSideInARow) gone.abort();
  });
  return {
    answers,
    async until(what, withinMs, holds) {
      const giveUpAt = performance.now() + withinMs;
      while (!holds(answers)) {
        if (gone.signal.aborted) throw new Error('the gateway is gone, and so is the load');
        if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
        await systemClock.sleep(50);
      }
    },
    async stop() {
      await prober.stop();
      const { planned } = prober.tally();
      if (planned !== answers.length)
        throw new Error(
          `${planned} requests were planned and ${answers.length} ended: this turn counts for nothing`,
        );
      if (gone.signal.aborted) throw new Error('the gateway was gone during this turn');
    },
  };
}
