import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ApiError, notFound } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { ApiContext } from './context.ts';
import type { ResourcePath } from './path.ts';
import { acceptWebSocket } from './web-socket.ts';

/** The protocol of channels in a WebSocket, also when none is named. */
const spoken = 'v4.channel.k8s.io';
/** What a cluster knows as well: channels as text, and kubectl's SPDY tunnel. */
const unspoken: readonly string[] = ['v4.base64.channel.k8s.io', 'SPDY/3.1+portforward.k8s.io'];

export interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly key: string;
  readonly protocols: readonly string[];
}

/** What a kubelet says in words of its own, as plain text. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
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
): Refusal | undefined {
  const { namespace, name } = path;
  const ports = portsOf(query);
  const pod = api.store.get(resources.pods, namespace, name);
  if (pod === undefined) throw notFound(resources.pods, name);
  if (ports.length === 0) return { status: 400, text: 'query parameter "port" is required' };
  if (ports.includes(0)) return { status: 400, text: 'port "0" must be > 0' };
  if (['Succeeded', 'Failed'].includes(pod.status?.phase))
    return { status: 500, text: `pod not found ("${name}_${namespace}")` };
  const protocol = protocolOf(upgrade.protocols);
  if (protocol === undefined) return { status: 403, text: '' };
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
  return undefined;
}

function portsOf(query: URLSearchParams): readonly number[] {
  return query
    .getAll('ports')
    .flatMap((list) => list.split(','))
    .map((text) => {
      const why = !/^\d+$/.test(text)
        ? 'invalid syntax'
        : Number(text) > 65_535
          ? 'value out of range'
          : undefined;
      if (why === undefined) return Number(text);
      throw new ApiError(
        'BadRequest',
        `cannot convert to []int32: strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`,
      );
    });
}

/** The one to speak, which is empty when the client names none; undefined when it names only what nobody knows. */
function protocolOf(asked: readonly string[]): string | undefined {
  if (asked.length === 0) return '';
  if (asked.includes(spoken)) return spoken;
  const known = asked.find((name) => unspoken.includes(name));
  if (known === undefined) return undefined;
  throw new ApiError(
    'NotImplemented',
    `the sandbox forwards ports by WebSocket with ${spoken} only, not with ${known}`,
  );
}
