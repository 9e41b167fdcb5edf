import { type Log, systemClock } from '../base/index.ts';
import { serveProber } from '../load/index.ts';

/**
 * The prober as a program of its own, for a pod: one file that needs Node and nothing else. `PORT` and
 * `STREAMGATE_SECRET` come from the Job; `HOST` is only set where loopback is shared between pods.
 */
const { PORT = '8089', HOST = '127.0.0.1', STREAMGATE_SECRET = '' } = process.env;
const abandonedAfterMs = 30_000;

const write = (line: string) => void process.stdout.write(`${line}\n`);
const log: Log = { debug() {}, info: write, warn: write, error: write };
const ended = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ended.abort());
await serveProber({
  host: HOST,
  port: Number(PORT),
  secret: STREAMGATE_SECRET,
  clock: systemClock,
  log,
  abandonedAfterMs,
  signal: ended.signal,
});
