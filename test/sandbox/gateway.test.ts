import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatewayLogEntry } from '../../src/sandbox/index.ts';
import { type Gateway, startGateway } from '../../src/sandbox/runtime/gateway.ts';
import type { Backend } from '../../src/sandbox/runtime/route-table.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A gateway in front of one pod that answers like this. */
async function startPair(answer: RequestListener, changes: Partial<Backend> = {}) {
  const pod = createServer(answer);
  pod.listen(0, '127.0.0.1');
  await once(pod, 'listening');
  const { port } = pod.address() as AddressInfo;
  const endpoint = { namespace: 'shop', pod: 'pod-1', address: '127.0.0.1', port };
  const endpoints = { ready: [endpoint], next: () => endpoint };
  const log: GatewayLogEntry[] = [];
  const gateway: Gateway = await startGateway({
    table: () => ({ pick: () => ({ service: 'shop', endpoints, request: [], response: [], ...changes }) }),
    address: () => ({ host: '127.0.0.1', port }),
    onRequest: (entry) => log.push(entry),
  });
  closers.push(gateway.stop, async () => {
    pod.closeAllConnections();
    pod.close();
  });
  return { gateway, pod, log };
}

async function send(url: string, body = '', headers: Readonly<Record<string, string>> = {}) {
  const call = request(url, { method: body ? 'POST' : 'GET', headers, agent: false });
  call.end(body);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

describe('the gateway', () => {
  it('passes method, path, body and headers on, and the answer back', async () => {
    const { gateway, log } = await startPair((req, res) => {
      res.writeHead(201, {
        'x-saw': `${req.method} ${req.url} ${req.headers.host} ${req.headers['x-mine']}`,
      });
      req.pipe(res);
    });
    const headers = { host: 'shop.test', 'x-mine': 'yes', 'x-request-id': 'id-1' };
    const answer = await send(`${gateway.url}/cart?n=1`, 'some body', headers);
    expect(answer).toMatchObject({ status: 201, text: 'some body' });
    expect(answer.headers['x-saw']).toBe('POST /cart?n=1 shop.test yes');
    expect(log).toEqual([{ id: 'id-1', host: 'shop.test', backend: 'shop', pod: 'pod-1', status: 201 }]);
  });

  it('keeps its connection to a pod', async () => {
    const ports = new Set<number | undefined>();
    const { gateway } = await startPair((req, res) => {
      ports.add(req.socket.remotePort);
      res.end('ok');
    });
    for (let n = 0; n < 5; n++) await send(gateway.url);
    expect(ports.size).toBe(1);
  });

  it('sets, adds and removes headers as the filters say', async () => {
    const { gateway } = await startPair(
      (req, res) => res.setHeader('server', 'pod').end(String(req.headers['x-side'])),
      {
        request: [{ set: [['X-Side', 'candidate']], add: [], remove: [] }],
        response: [{ set: [], add: [['x-slot', 'green']], remove: ['Server'] }],
      },
    );
    const answer = await send(gateway.url, '', { 'x-side': 'forged' });
    expect(answer.text).toBe('candidate');
    expect(answer.headers['x-slot']).toBe('green');
    expect(answer.headers.server).toBeUndefined();
  });

  it('answers 502 when a pod breaks the connection, having asked it once', async () => {
    let asked = 0;
    const { gateway, log } = await startPair((req) => {
      asked += 1;
      req.socket.destroy();
    });
    expect((await send(gateway.url)).status).toBe(502);
    expect(asked).toBe(1);
    expect(log.map(({ status }) => status)).toEqual([502]);
  });

  it('breaks off an answer that its pod breaks off', async () => {
    const { gateway } = await startPair((_req, res) => {
      res.writeHead(200, { 'content-length': 100 });
      res.write('half');
      setTimeout(() => res.destroy(), 20);
    });
    await expect(send(gateway.url)).rejects.toThrow('aborted');
  });

  it('passes an upgraded connection through in both directions', async () => {
    const { gateway, pod } = await startPair((_req, res) => res.end());
    pod.on('upgrade', (_req, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
      socket.pipe(socket);
    });
    const { port } = new URL(gateway.url);
    const client = connect(Number(port), '127.0.0.1');
    client
      .setEncoding('utf8')
      .write('GET / HTTP/1.1\r\nhost: shop.test\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n');
    let heard = '';
    client.on('data', (text) => {
      heard += text;
      if (heard.endsWith('\r\n\r\n')) client.write('ping');
      if (heard.endsWith('ping')) client.end();
    });
    await once(client, 'close');
    expect(heard).toMatch(/^HTTP\/1\.1 101 /);
    expect(heard).toMatch(/ping$/);
  });

  it('gives every one of a thousand requests in flight its own answer', async () => {
    const { gateway, log } = await startPair((req, res) => {
      setTimeout(() => res.end(String(req.headers['x-request-id'])), 20);
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 100 });
    const one = async (id: string) => {
      const call = request(gateway.url, { agent, headers: { 'x-request-id': id } }).end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      let text = '';
      for await (const chunk of response) text += chunk;
      return text;
    };
    const ids = Array.from({ length: 1_000 }, (_, n) => `id-${n}`);
    expect(await Promise.all(ids.map(one))).toEqual(ids);
    expect(new Set(log.map(({ id }) => id)).size).toBe(1_000);
    agent.destroy();
  });
});
