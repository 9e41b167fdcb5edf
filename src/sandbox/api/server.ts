import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { messageOf, systemClock } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import type { ApiResponse } from '../sandbox.ts';
import { requireAccess } from './access.ts';
import { createCertificate } from './certificate.ts';
import type { ApiContext } from './context.ts';
import type { Api } from './handle.ts';
import { parsePath } from './path.ts';
import { forwardPorts } from './port-forward.ts';
import { decodeProtobuf } from './protobuf.ts';
import { failure } from './respond.ts';

const protobuf = 'application/vnd.kubernetes.protobuf';

export interface ApiServer {
  readonly url: string;
  /** YAML (as JSON) with one context, `sandbox`. */
  readonly kubeconfig: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly port?: number | undefined;
  /** Whether a bearer token is good, given the one that the kubeconfig holds. */
  readonly isGood: (token: string, own: string) => boolean;
}

/** Serves the API on loopback with TLS. Only who holds a good token is answered. */
export async function startApiServer(
  context: ApiContext,
  api: Api,
  { port = 0, isGood }: ServerOptions,
): Promise<ApiServer> {
  const { certificate, key } = createCertificate(systemClock.now());
  const token = randomBytes(24).toString('base64url');
  const isKnown = ({ headers: { authorization = '' } }: IncomingMessage): boolean =>
    authorization.startsWith('Bearer ') && isGood(authorization.slice('Bearer '.length), token);
  const sockets = new Set<Duplex>();
  const server = createServer(
    { key, cert: certificate, ALPNProtocols: ['http/1.1'] },
    (request, response) => {
      void serve(request, response).catch(() => request.socket.destroy());
    },
  );
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = await readRequest(request);
    if (!isKnown(request)) return respond(response, failure(new ApiError('Unauthorized', 'Unauthorized')));
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await api.handle({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      ...inJson(plainHeaders(request), given),
      signal: gone.signal,
    });
    await respond(response, answer);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    try {
      if (!isKnown(request)) throw new ApiError('Unauthorized', 'Unauthorized');
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sandbox');
      const target = parsePath(pathname);
      if (
        target.kind !== 'resource' ||
        target.path.subresource !== 'portforward' ||
        context.faults.stopped !== undefined
      ) {
        throw new ApiError('NotImplemented', `the sandbox does not upgrade ${pathname}`);
      }
      requireAccess(context, target.path, 'create');
      const protocols = (request.headers['sec-websocket-protocol'] ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      if (request.headers.upgrade?.toLowerCase() !== 'websocket')
        throw new ApiError('NotImplemented', `the sandbox does not speak ${request.headers.upgrade}`);
      const refusal = forwardPorts(context, target.path, searchParams, {
        socket,
        head,
        protocols,
        key: request.headers['sec-websocket-key'] ?? '',
      });
      if (refusal !== undefined) endWith(socket, refusal.status, 'text/plain', refusal.text);
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError('InternalError', messageOf(error));
      context.log.warn(`sandbox: upgrade of ${request.url}: ${known.message}`);
      endWith(socket, known.code, 'application/json', JSON.stringify(known.toStatus()));
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new ApiError('InternalError', 'the server has no port');
  const url = `https://127.0.0.1:${address.port}`;
  return {
    url,
    kubeconfig: kubeconfigOf(url, certificate, token),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers on a socket that was to be upgraded. */
function endWith(socket: Duplex, status: number, type: string, body: string): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

async function respond(response: ServerResponse, { status, headers, body }: ApiResponse): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  for await (const chunk of body) {
    if (response.destroyed) return;
    response.write(chunk);
  }
  response.end();
}

async function readRequest(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Protobuf is turned into JSON here, as far as it is understood; the rest of the API speaks that alone. */
function inJson(headers: Record<string, string>, given: Buffer) {
  const decoded = headers['content-type'] === protobuf ? decodeProtobuf(given) : undefined;
  if (decoded === undefined) return { headers, body: given.toString('utf8') };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(decoded) };
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function kubeconfigOf(url: string, certificate: string, token: string): string {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'sandbox',
    clusters: [{ name: 'sandbox', cluster }],
    users: [{ name: 'sandbox', user: { token } }],
    contexts: [{ name: 'sandbox', context: { cluster: 'sandbox', user: 'sandbox', namespace: 'default' } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
