import {
  Agent,
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as startRequest,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { GatewayLogEntry } from '../sandbox.ts';
import type { Endpoint } from './endpoints.ts';
import { changeHeaders, pairsOf, withoutHopHeaders } from './proxy-headers.ts';
import type { Backend, RouteTable } from './route-table.ts';

export interface GatewayPorts {
  /** The table of this moment. */
  table(): RouteTable;
  /** Where an endpoint can be reached on this machine; undefined when its pod is gone. */
  address(endpoint: Endpoint): { readonly host: string; readonly port: number } | undefined;
  onRequest(entry: GatewayLogEntry): void;
}

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The data plane of all Gateways: one HTTP proxy on a loopback port. It streams, keeps connections to pods open and
 * never retries: a request that meets a dying pod fails, which is what a release has to avoid by itself.
 */
export async function startGateway(ports: GatewayPorts): Promise<Gateway> {
  // Idle connections end here before a pod gives them up (Node: 5 s), or a request would now and then meet a closed one.
  const agent = new Agent({ keepAlive: true, timeout: 2_000, maxSockets: Number.POSITIVE_INFINITY });
  const tunnels = new Set<Duplex>();
  const server = createServer((request, response) => {
    try {
      forward(ports, agent, request, response);
    } catch {
      // Such as a filter with a header that HTTP does not allow: one request fails, not the proxy.
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  server.keepAliveTimeout = 120_000;
  server.on('upgrade', (request, socket, head) => tunnel(ports, tunnels, request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', 4_096, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of tunnels) socket.destroy();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

/** Chooses the pod for a request, or the status that says why there is none. */
function choose(ports: GatewayPorts, request: IncomingMessage) {
  const host = hostOf(request);
  const picked = ports.table().pick({
    host,
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
  });
  if ('status' in picked) return { status: picked.status, backend: '', pod: '' };
  const endpoint = picked.endpoints?.next();
  if (endpoint === undefined) return { status: 503, backend: picked.service, pod: '' };
  const address = ports.address(endpoint);
  if (address === undefined) return { status: 502, backend: picked.service, pod: endpoint.pod };
  return { picked, address, backend: picked.service, pod: endpoint.pod };
}

function forward(
  ports: GatewayPorts,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const choice = choose(ports, request);
  const log = (status: number) =>
    ports.onRequest({
      id: String(request.headers['x-request-id'] ?? ''),
      host: hostOf(request),
      backend: choice.backend,
      pod: choice.pod,
      status,
    });
  const refuse = (status: number, why: string) => {
    log(status);
    request.resume();
    response
      .writeHead(status, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(why) })
      .end(why);
  };
  if (choice.picked === undefined) {
    refuse(choice.status, `${reasons[choice.status]}\n`);
    return;
  }

  const upstream = startRequest({
    ...choice.address,
    agent,
    method: request.method,
    path: request.url,
    headers: upstreamHeaders(request, choice.picked),
    setDefaultHeaders: false,
  });
  let answered = false;
  upstream.on('response', (answer) => {
    answered = true;
    log(answer.statusCode ?? 502);
    const headers = changeHeaders(withoutHopHeaders(answer.rawHeaders), choice.picked.response);
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers.flat());
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', (error) => {
    if (answered || response.destroyed) response.destroy();
    else refuse(502, `the pod broke the connection: ${error.message}\n`);
  });
  response.on('close', () => {
    if (response.writableFinished) return;
    if (!answered && !response.headersSent) log(499);
    answered = true;
    upstream.destroy();
  });
  request.pipe(upstream);
}

const reasons: Readonly<Record<number, string>> = {
  404: 'no route takes this request',
  500: 'the backend does not exist, or no backend has a weight',
  501: 'the sandbox does not support a filter of this route, or an annotation or backend of this Ingress',
  502: 'the pod is gone',
  503: 'no endpoint is ready, or there is no such Service or port',
};

/** Passes a WebSocket through, or any other protocol that a client upgrades to. */
function tunnel(
  ports: GatewayPorts,
  tunnels: Set<Duplex>,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const choice = choose(ports, request);
  tunnels.add(socket);
  socket.on('close', () => tunnels.delete(socket));
  socket.on('error', () => socket.destroy());
  const refuse = (status: number) =>
    socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nconnection: close\r\n\r\n`);
  if (choice.picked === undefined) {
    refuse(choice.status);
    return;
  }
  const headers = [
    ...upstreamHeaders(request, choice.picked),
    'connection',
    'Upgrade',
    'upgrade',
    request.headers.upgrade ?? '',
  ];
  const upstream = startRequest({
    ...choice.address,
    agent: false,
    path: request.url,
    headers,
    setDefaultHeaders: false,
  });
  upstream.on('upgrade', (answer, other: Socket, otherHead) => {
    socket.write(headText(answer));
    socket.write(otherHead);
    other.write(head);
    other.on('error', () => socket.destroy());
    other.on('close', () => socket.destroy());
    socket.on('close', () => other.destroy());
    other.pipe(socket).pipe(other);
  });
  upstream.on('response', (answer) => {
    socket.write(headText(answer));
    answer.pipe(socket);
  });
  upstream.on('error', () => refuse(502));
  upstream.end();
}

function headText(answer: IncomingMessage): string {
  const lines = pairsOf(answer.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('')}\r\n`;
}

function upstreamHeaders(request: IncomingMessage, backend: Backend): string[] {
  const chunked = request.headers['transfer-encoding'] !== undefined;
  const headers = changeHeaders(withoutHopHeaders(request.rawHeaders), backend.request);
  const client = request.socket.remoteAddress ?? '';
  return [
    ...headers,
    ['x-forwarded-for', client],
    ...(chunked ? [['transfer-encoding', 'chunked']] : []),
  ].flat();
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
}
