import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/index.ts';
import { createCertificate } from '../../src/sandbox/api/certificate.ts';
import { acceptWebSocket, type WebSocket } from '../../src/sandbox/api/web-socket.ts';

/** What the API does with a port-forward. */
export type Manner =
  | { readonly kind: 'carries'; readonly to: number }
  | { readonly kind: 'answers'; readonly status: number }
  | { readonly kind: 'says nothing' }
  /** Opens it, and breaks it off with the first bytes. */
  | { readonly kind: 'breaks off' }
  /** Opens it, after a while perhaps, and tells that nobody listens on the port of the pod. */
  | { readonly kind: 'finds nobody'; readonly afterMs?: number };

export interface ForwardingApi {
  readonly kubeconfig: string;
  manner: Manner;
  close(): Promise<void>;
}

/** An API that knows port-forwards alone, whatever the pod. */
export async function startForwardingApi(): Promise<ForwardingApi> {
  const { certificate, key } = createCertificate(systemClock.now());
  const sockets = new Set<Duplex>();
  const server = createServer({ key, cert: certificate });
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void serve(request, socket, head);
  });

  async function serve(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const { manner } = api;
    if (manner.kind === 'says nothing') return;
    if (manner.kind === 'answers') {
      socket.end(`HTTP/1.1 ${manner.status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    if (manner.kind === 'finds nobody') await pause(manner.afterMs ?? 0);
    const pod = manner.kind === 'carries' ? connect(manner.to, '127.0.0.1') : undefined;
    const opened: WebSocket = acceptWebSocket(
      socket,
      { key: request.headers['sec-websocket-key'] ?? '', protocol: 'v4.channel.k8s.io', head },
      {
        message(message) {
          if (manner.kind === 'breaks off') socket.destroy();
          else pod?.write(message.subarray(1));
        },
        closed: () => pod?.destroy(),
      },
    );
    const say = (channel: number, bytes: Buffer) =>
      opened.send(Buffer.concat([Buffer.from([channel]), bytes]));
    for (const channel of [0, 1]) say(channel, Buffer.from([0x90, 0x1f]));
    pod?.on('data', (bytes) => say(0, bytes));
    pod?.on('error', () => opened.close());
    pod?.on('close', () => opened.close());
    if (manner.kind === 'finds nobody') {
      say(1, Buffer.from('error forwarding port 8080 to pod: connection refused'));
      opened.close();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    'certificate-authority-data': Buffer.from(certificate).toString('base64'),
  };
  const api: ForwardingApi = {
    kubeconfig: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'it',
      clusters: [{ name: 'it', cluster }],
      users: [{ name: 'it', user: { token: 'x' } }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    }),
    manner: { kind: 'says nothing' },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return api;
}
