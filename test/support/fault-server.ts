import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** What the server does with a request, chosen by its path. */
export type Fault =
  | 'ok'
  | 'json'
  | 'deep-json'
  | 'chunked'
  | 'until-close'
  | 'close'
  | 'redirect'
  | 'slow'
  | 'idle-close'
  | 'idle-announced'
  | 'status-500'
  | 'status-503'
  | 'status-403'
  | 'status-429'
  | 'eof'
  | 'reset'
  | 'reset-mid-body'
  | 'short-length'
  | 'short-chunked'
  | 'half-head'
  | 'garbage'
  | 'switching'
  | 'hang'
  | 'hang-mid-body';

/** One request as the server saw it: the truth that a client's report is held against. */
export interface ServedRequest {
  readonly id: string;
  readonly fault: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Number of the connection, and of the request on it, both from 1. */
  readonly connection: number;
  readonly nth: number;
}

export interface FaultServer {
  readonly port: number;
  url(fault: Fault): URL;
  readonly served: readonly ServedRequest[];
  connections(): number;
  /** Decides instead of the path, request by request. */
  decide: ((request: ServedRequest) => Fault) | undefined;
  version: string;
  close(): Promise<void>;
}

/** A server on loopback that breaks its answers on purpose. With `tls`, connections are encrypted. */
export async function startFaultServer(tls?: {
  readonly key?: string;
  readonly cert?: string;
}): Promise<FaultServer> {
  const served: ServedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const onSocket = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, connections);
  };
  const server: Server = tls === undefined ? createServer(onSocket) : createTlsServer(tls, onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function serveConnection(socket: Socket, connection: number): void {
    let pending = '';
    let nth = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        nth += 1;
        const request = readRequest(pending.slice(0, end), connection, nth);
        pending = pending.slice(end + 4);
        served.push(request);
        const fault = faultServer.decide?.(request) ?? request.fault;
        act(socket, fault, faultServer.version, request);
      }
    });
  }

  const faultServer: FaultServer = {
    port,
    url: (fault) => new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/${fault}`),
    served,
    connections: () => connections,
    decide: undefined,
    version: 'v1',
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) {
        server.close();
        await once(server, 'close');
      }
    },
  };
  return faultServer;
}

function readRequest(text: string, connection: number, nth: number): ServedRequest {
  const [first = '', ...lines] = text.split('\r\n');
  const path = first.split(' ')[1] ?? '';
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const fault = path.split('?')[0]?.slice(1) ?? '';
  return { id: headers['x-request-id'] ?? '', fault, path, headers, connection, nth };
}

function act(socket: Socket, fault: string, version: string, request: ServedRequest): void {
  const answer = (status: number, headers: readonly string[], body: string) => {
    const lines = [`HTTP/1.1 ${status} Said`, `x-version: ${version}`, ...headers, '', body];
    return socket.write(lines.join('\r\n'));
  };
  const whole = (status: number, body: string, ...headers: string[]) =>
    answer(status, [...headers, `content-length: ${Buffer.byteLength(body)}`], body);

  if (fault.startsWith('status-')) whole(Number(fault.slice(7)), 'the reason\u001b[31m\nwhy');
  else if (fault === 'ok')
    whole(200, 'hello', ...(request.headers.connection === 'close' ? ['connection: close'] : []));
  else if (fault === 'json')
    whole(200, JSON.stringify({ build: { version }, items: [1] }), 'content-type: application/json');
  else if (fault === 'deep-json')
    whole(200, `{"items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'content-type: application/json');
  else if (fault === 'chunked')
    answer(200, ['transfer-encoding: chunked'], '5\r\nhello\r\n0\r\nx: y\r\n\r\n');
  else if (fault === 'until-close') {
    answer(200, [], 'hello');
    socket.end();
  } else if (fault === 'close') {
    whole(200, 'hello', 'connection: close');
    socket.end();
  } else if (fault === 'redirect') whole(302, '', 'location: /ok');
  else if (fault === 'slow') setTimeout(() => whole(200, 'late'), 60);
  else if (fault === 'idle-close') {
    whole(200, 'hello');
    setTimeout(() => socket.end(), 5);
  } else if (fault === 'idle-announced') whole(200, 'hello', 'keep-alive: timeout=0');
  else if (fault === 'eof') socket.end();
  else if (fault === 'reset') socket.resetAndDestroy();
  else if (fault === 'reset-mid-body') {
    answer(200, ['content-length: 100'], 'half');
    setTimeout(() => socket.resetAndDestroy(), 10);
  } else if (fault === 'short-length') {
    answer(200, ['content-length: 100'], 'half');
    socket.end();
  } else if (fault === 'short-chunked') {
    answer(200, ['transfer-encoding: chunked'], '5\r\nhello\r\n');
    socket.end();
  } else if (fault === 'half-head') {
    socket.end('HTTP/1.1 200 OK\r\nx-ver');
  } else if (fault === 'garbage') socket.write('\u0000\u0001 this is not HTTP\r\n\r\n');
  else if (fault === 'switching')
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  else if (fault === 'hang-mid-body') answer(200, ['content-length: 100'], 'half');
  else if (fault !== 'hang') whole(404, `no such fault: ${fault}`);
}
