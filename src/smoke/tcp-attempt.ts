import { connect } from 'node:net';
import type { Clock, Milliseconds } from '../base/index.ts';

/**
 * A port-forward accepts every connection on this side and closes it when the pod's port refuses, so an open
 * connection proves something only when it stays open for a moment.
 */
export const tcpSettleMs: Milliseconds = 250;
/** How often it is looked whether the moment may begin. */
const lookEveryMs: Milliseconds = 20;

export interface TcpEndpoint {
  readonly host: string;
  readonly port: number;
  /** Whether the way to the peer is open. A port-forward opens it only after the connection on this side is there. */
  isCarried(): boolean;
}

/**
 * Opens a TCP connection and holds it until the peer speaks or has not closed it for a moment.
 * @throws Node's error, one that says that the peer closed at once, or the signal's reason
 */
export function holdTcp(
  { host, port, isCarried }: TcpEndpoint,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let cancelTimer = () => {};
    const end = (error?: unknown) => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const onAbort = () => end(signal.reason);
    const settle = () => {
      cancelTimer = isCarried() ? clock.after(tcpSettleMs, () => end()) : clock.after(lookEveryMs, settle);
    };
    socket.on('connect', settle);
    socket.on('data', () => end());
    socket.on('end', () => end(new Error('the connection was closed as soon as it was open')));
    socket.on('error', end);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
