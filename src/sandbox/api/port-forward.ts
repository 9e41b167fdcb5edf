import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiError, notFound } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { ApiContext } from './context.ts';
import type { ResourcePath } from './path.ts';
import { acceptWebSocket } from './web-socket.ts';

/** The protocol of channels in a WebSocket; kubectl's SPDY tunnel is another one, which is refused. */
const protocol = 'v4.channel.k8s.io';

export interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly key: string;
  readonly protocols: readonly string[];
}

/**
 * Joins a WebSocket to ports of a pod. Port n has two channels: 2n carries its bytes both ways, 2n+1 an error. The
 * first message on each says which port it is (16 bits, little endian).
 */
export function forwardPorts(
  api: ApiContext,
  path: ResourcePath,
  query: URLSearchParams,
  upgrade: Upgrade,
): void {
  const { namespace, name } = path;
  if (!upgrade.protocols.includes(protocol)) {
    throw new ApiError('NotImplemented', `the sandbox forwards ports by WebSocket with ${protocol} only`);
  }
  if (api.store.get(resources.pods, namespace, name) === undefined) throw notFound(resources.pods, name);
  const ports = query.getAll('ports').flatMap((list) => list.split(',').map(Number));
  if (ports.length === 0 || ports.some((port) => !(port > 0 && port < 65_536))) {
    throw new ApiError('BadRequest', 'query parameter "ports" must be numbers of ports');
  }
  const connections = ports.map((port) => {
    const address = api.runtime()?.podAddress(namespace, name, port);
    return { port, socket: address === undefined ? undefined : connect({ ...address, allowHalfOpen: true }) };
  });
  let open = 0;

  const webSocket = acceptWebSocket(
    upgrade.socket,
    { ...upgrade, protocol },
    {
      message(message) {
        const [channel = 0] = message;
        if (channel % 2 === 0) connections[channel / 2]?.socket?.write(message.subarray(1));
      },
      closed() {
        for (const { socket } of connections) socket?.destroy();
      },
    },
  );

  for (const [index, { port, socket }] of connections.entries()) {
    const send = (channel: number, bytes: Buffer): void =>
      webSocket.send(Buffer.concat([Buffer.from([channel]), bytes]));
    const refuse = (why: string): void =>
      send(2 * index + 1, Buffer.from(`error forwarding port ${port} to pod ${name}: ${why}`));
    const portNumber = Buffer.from([port & 255, port >> 8]);
    send(2 * index, portNumber);
    send(2 * index + 1, portNumber);
    if (socket === undefined) {
      refuse('nothing listens there');
      continue;
    }
    open++;
    socket.on('data', (bytes) => send(2 * index, bytes));
    socket.on('error', (error) => refuse(error.message));
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      open--;
      if (open === 0) webSocket.close();
    });
  }
  if (open === 0) webSocket.close();
}
