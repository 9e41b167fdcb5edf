import type { Milliseconds } from '../../base/index.ts';
import type { Answer, ProberOptions, VersionSource } from '../prober.ts';

/** What a prober elsewhere has to know: the options of one here, as JSON can carry them. */
export interface ProbeOrder {
  readonly url: string;
  readonly host: string | null;
  readonly ratePerSecond: number;
  readonly timeoutMs: Milliseconds;
  readonly version: VersionSource;
  readonly runId: string;
  readonly maxDurationMs: Milliseconds;
}

/** From us to the prober. Each message is a line of JSON. */
export type Request =
  /** First on every connection. Starts the prober of this run, or goes on with it: answers from `from` are (re)sent. */
  | { readonly kind: 'probe'; readonly secret: string; readonly order: ProbeOrder; readonly from: number }
  | { readonly kind: 'ping'; readonly sentAt: Milliseconds }
  | { readonly kind: 'stop' };

/** From the prober to us. Times are of its own monotonic clock. */
export type Reply =
  | { readonly kind: 'started'; readonly startedAt: Milliseconds }
  | { readonly kind: 'pong'; readonly sentAt: Milliseconds; readonly at: Milliseconds }
  /** `n` counts answers from 0 without a gap. */
  | { readonly kind: 'answer'; readonly n: number; readonly answer: Answer }
  | {
      readonly kind: 'end';
      readonly planned: number;
      readonly answers: number;
      readonly endedAt: Milliseconds;
    };

export function orderOf(options: ProberOptions): ProbeOrder {
  const { url, host = null, ratePerSecond, timeoutMs, version, runId, maxDurationMs } = options;
  return { url: url.href, host, ratePerSecond, timeoutMs, version, runId, maxDurationMs };
}

export function encode(message: Request | Reply): string {
  return `${JSON.stringify(message)}\n`;
}

/** Longer lines are not of this protocol. */
const maxLineLength = 64 * 1024;

/** Cuts a stream of text into messages. Throws for what is none, so that the connection is given up. */
export function createDecoder<Message extends Request | Reply>(
  onMessage: (message: Message) => void,
): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw new Error('a line is too long to be a message');
    for (const line of lines) onMessage(JSON.parse(line) as Message);
  };
}
