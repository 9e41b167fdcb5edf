import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, type RequestOptions, request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { KubeConfig } from '@kubernetes/client-node';
import { systemClock } from '../../src/base/index.ts';
import { createCertificate } from '../../src/sandbox/api/certificate.ts';
import type { ApiRequest } from '../../src/sandbox/index.ts';
import type { Checkpoint, Hooks } from './gatekeeper.ts';

/** An API server on loopback that asks a real one, where requests can be stopped on their way. */
export interface ApiProxy {
  /** What its clients need to reach it, and nothing else. */
  readonly kubeconfig: string;
  readonly checkpoint: Checkpoint;
  close(): Promise<void>;
}

/** Takes the credentials of a kubeconfig, so that its own clients need none. */
export async function startApiProxy(kubeconfig: string): Promise<ApiProxy> {
  const config = new KubeConfig();
  config.loadFromString(readFileSync(kubeconfig, 'utf8'));
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const posts = new Set<{ readonly isMeant: (request: ApiRequest) => boolean; readonly hooks: Hooks }>();
  const sockets = new Set<Duplex>();
  const credentials: RequestOptions = {};
  await config.applyToHTTPSOptions(credentials);
  const { ca, cert, key } = credentials;
  const agent = new Agent({ keepAlive: true, ca, cert, key });

  const onward = (incoming: IncomingMessage): RequestOptions => ({
    agent,
    hostname: server.hostname,
    port: server.port || 443,
    method: incoming.method,
    path: incoming.url,
    headers: { ...incoming.headers, host: server.host, ...credentials.headers },
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    const seen = { method: incoming.method ?? '', path: incoming.url ?? '', headers: plain(incoming), body };
    const post = [...posts].find(({ isMeant }) => isMeant(seen));
    await post?.hooks.before(seen);
    // A client that has gone meanwhile had never sent it.
    if (outgoing.destroyed) return;
    const standIn = post?.hooks.instead?.(seen);
    if (standIn !== undefined) {
      outgoing.writeHead(standIn.status, { 'content-type': 'application/json', ...standIn.headers });
      outgoing.end(JSON.stringify(standIn.body));
      return;
    }
    const call = requestHttps(onward(incoming), async (answer) => {
      await post?.hooks.after(seen, answer.statusCode ?? 0);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      const through = post?.hooks.through?.();
      if (through === undefined) answer.pipe(outgoing);
      else answer.pipe(through).pipe(outgoing);
    });
    call.on('error', () => outgoing.destroy());
    outgoing.on('close', () => call.destroy());
    call.end(body);
  }

  const { certificate, key: ownKey } = createCertificate(systemClock.now());
  const identity = { key: ownKey, cert: certificate, ALPNProtocols: ['http/1.1'] };
  const proxy = createServer(identity, (incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  proxy.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  proxy.on('upgrade', (incoming, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    const call = requestHttps(onward(incoming));
    call.on('error', () => socket.destroy());
    call.on('response', () => socket.destroy());
    call.on('upgrade', (answer, there, rest) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      socket.write(rest);
      there.write(head);
      there.on('error', () => socket.destroy());
      there.on('close', () => socket.destroy());
      socket.on('close', () => there.destroy());
      there.pipe(socket);
      socket.pipe(there);
    });
    call.end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    kubeconfig: kubeconfigOf(`https://127.0.0.1:${port}`, certificate),
    checkpoint(isMeant, hooks) {
      const post = { isMeant, hooks };
      posts.add(post);
      return () => posts.delete(post);
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}

function plain({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function kubeconfigOf(url: string, certificate: string): string {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'arena', cluster }],
    users: [{ name: 'arena', user: {} }],
    contexts: [{ name: 'arena', context: { cluster: 'arena', user: 'arena' } }],
    'current-context': 'arena',
  });
}
