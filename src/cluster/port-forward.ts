import { createServer, type Socket } from 'node:net';
// Not among the package's own exports; a pinned version makes the deep path safe.
import { WebSocketHandler } from '@kubernetes/client-node/dist/web-socket-handler.js';
import { at, messageOf, StreamGateError } from '../base/index.ts';
import type { PortForward } from './cluster.ts';
import type { Credentials, CredentialsSource } from './credentials.ts';
import { toApiError } from './status.ts';

const dataChannel = 0;
const errorChannel = 1;
/** Each channel begins with the number of the port it belongs to. */
const portNumberBytes = 2;
/** RFC 6455: the connection ended without a close frame. A kubelet sends one, also when the pod's port refuses. */
const abnormalClosure = 1006;

/** Says what stands against a connection; undefined when it is carried. */
type Tell = (trouble: StreamGateError | undefined) => void;

/**
 * Listens on loopback and carries each connection to the pod's port over a WebSocket of its own, as
 * `kubectl port-forward` does. Protocol: `v4.channel.k8s.io`, one data and one error channel for the port.
 */
export async function openPortForward(
  source: CredentialsSource,
  namespace: string,
  pod: string,
  port: number,
): Promise<PortForward> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/portforward?ports=${port}`;
  const sockets = new Set<Socket>();
  const unopened = new StreamGateError('Unreachable', `the API has not opened a port-forward to pod ${pod}`);
  let trouble: StreamGateError | undefined = unopened;
  let last: Socket | undefined;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    last = socket;
    const tell: Tell = (found) => {
      if (last === socket) trouble = found;
    };
    tell(unopened);
    carry(source, path, socket, tell).catch((thrown: unknown) => {
      tell(refusalOf(thrown, path, pod));
      socket.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  }).catch((cause: unknown) => {
    throw new StreamGateError('Failed', `No local port for the way to pod ${pod}: ${messageOf(cause)}`, {
      cause,
    });
  });
  const address = server.address();
  return {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    trouble: () => trouble,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function carry(source: CredentialsSource, path: string, socket: Socket, tell: Tell): Promise<void> {
  const headerSeen = [false, false];
  socket.pause();
  const onBytes = (stream: number, bytes: Buffer) => {
    if (stream !== dataChannel && stream !== errorChannel) return true;
    const payload = headerSeen[stream] ? bytes : bytes.subarray(portNumberBytes);
    headerSeen[stream] = true;
    if (payload.length === 0) return true;
    // The kubelet reports what it could not reach on the error channel: for the client that is a broken connection.
    if (stream === errorChannel) socket.resetAndDestroy();
    else socket.write(payload);
    return true;
  };
  const open = async (credentials: Credentials) => {
    // Brings the token up to date.
    await credentials.options();
    return new WebSocketHandler(credentials.config).connect(path, null, onBytes);
  };
  const used = source.current();
  const channel = await open(used).catch((thrown: unknown) => {
    if (statusOf(thrown) !== 401) throw thrown;
    return open(source.renew(used));
  });
  tell(undefined);
  const breakOff = (why: string) => {
    // One that the client has closed, or the pod's port refused, is over already.
    if (!socket.destroyed)
      tell(new StreamGateError('Unreachable', `the API broke a port-forward off: ${why}`));
    socket.resetAndDestroy();
  };
  channel.onclose = ({ code }: { readonly code: number }) => {
    if (code === abnormalClosure) breakOff('it ended without a word');
    else socket.end();
  };
  channel.onerror = ({ message }: { readonly message: string }) => breakOff(message);
  socket.on('data', (bytes: Buffer) => channel.send(Buffer.concat([Buffer.from([dataChannel]), bytes])));
  socket.on('close', () => channel.close());
  socket.resume();
}

/** Why a connection is not carried, as the API answered it; `NotFound` when the pod is gone. */
function refusalOf(thrown: unknown, path: string, pod: string): StreamGateError {
  const status = statusOf(thrown);
  if (status !== undefined)
    return toApiError({ method: 'GET', path, status, body: undefined, preconditioned: false });
  const cause = at(thrown, 'error') ?? thrown;
  return new StreamGateError('Unreachable', `no port-forward to pod ${pod}: ${messageOf(cause)}`, { cause });
}

/** The WebSocket library tells of an answer that is no upgrade by the words of its message alone. */
function statusOf(thrown: unknown): number | undefined {
  const [, status] = /^Unexpected server response: (\d{3})$/.exec(String(at(thrown, 'message'))) ?? [];
  return status === undefined ? undefined : Number(status);
}
