import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { connectTransport, createCluster, type KubeconfigSource } from '../../src/cluster/index.ts';
import { createCertificate } from '../../src/sandbox/api/certificate.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The kubeconfig with other fields of its cluster. */
function withCluster(kubeconfig: string, change: Fields): string {
  const config = parse(kubeconfig);
  const [entry] = config.clusters;
  return JSON.stringify({ ...config, clusters: [{ ...entry, cluster: { ...entry.cluster, ...change } }] });
}

async function clusterOf(source: KubeconfigSource) {
  const transport = await connectTransport(source);
  const signal = new AbortController().signal;
  return createCluster({ transport, clock: systemClock, log: silentLog, signal, patienceMs: 1_000 });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the API is reached', () => {
  let sandbox: Sandbox;
  let kubeconfig: string;
  let proxy: Awaited<ReturnType<typeof startConnectProxy>>;
  beforeAll(async () => {
    sandbox = await createSandbox({ clock: systemClock, pods: 'fake' });
    const listening = await sandbox.listen();
    kubeconfig = listening.kubeconfig;
    proxy = await startConnectProxy({ host: '127.0.0.1', port: Number(new URL(listening.url).port) });
  });
  afterAll(async () => {
    await proxy.close();
    await sandbox.close();
  });

  // Its certificate is for localhost and 127.0.0.1.
  const elsewhere = { server: 'https://api.acme.test:6443', 'tls-server-name': 'localhost' };

  it('through the proxy that the kubeconfig names', async () => {
    const before = proxy.asked.length;
    const content = withCluster(kubeconfig, { ...elsewhere, 'proxy-url': proxy.url });
    expect(await (await clusterOf({ content })).version()).toMatch(/^v1\./);
    expect(proxy.asked.slice(before)).toContain('api.acme.test:6443');
  });

  it('through the proxy that the environment names, unless it is exempt', async () => {
    const before = proxy.asked.length;
    const content = withCluster(kubeconfig, elsewhere);
    const environment = (name: string) => ({ HTTPS_PROXY: proxy.url })[name];
    expect(await (await clusterOf({ content, environment })).version()).toMatch(/^v1\./);
    expect(proxy.asked.length).toBeGreaterThan(before);

    const exempt = (name: string) => ({ HTTPS_PROXY: proxy.url, NO_PROXY: '.acme.test' })[name];
    const asked = proxy.asked.length;
    await expect((await clusterOf({ content, environment: exempt })).version()).rejects.toMatchObject({
      code: 'Unreachable',
    });
    expect(proxy.asked.length).toBe(asked);
  });

  it('under another name than its certificate has, only if the kubeconfig says under which', async () => {
    const { 'tls-server-name': _, ...nameless } = elsewhere;
    const wrong = withCluster(kubeconfig, { ...nameless, 'proxy-url': proxy.url });
    await expect((await clusterOf({ content: wrong })).version()).rejects.toMatchObject({
      code: 'Unreachable',
    });
  });
});

describe('an API that wants a client certificate', () => {
  const server = createCertificate(systemClock.now());
  const client = createCertificate(systemClock.now(), 'client');
  let api: Server;
  let url: string;
  beforeAll(async () => {
    api = createServer(
      {
        key: server.key,
        cert: server.certificate,
        ca: [client.certificate],
        requestCert: true,
        rejectUnauthorized: true,
      },
      (_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"gitVersion":"v1.34.0"}');
      },
    );
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const address = api.address();
    url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(async () => {
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  const configOf = (user: Fields) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'it',
      clusters: [
        { name: 'it', cluster: { server: url, 'certificate-authority-data': base64(server.certificate) } },
      ],
      users: [{ name: 'it', user }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    });
  const ours = () => ({
    'client-certificate-data': base64(client.certificate),
    'client-key-data': base64(client.key),
  });

  it('lets in who shows the one of the kubeconfig, and knows when it ends', async () => {
    const cluster = await clusterOf({ content: configOf(ours()) });
    expect(await cluster.version()).toBe('v1.34.0');
    expect(await cluster.credentialsEnd()).toMatchObject({ what: 'client certificate' });
  });

  it('turns everybody else away', async () => {
    const stranger = createCertificate(systemClock.now(), 'client');
    const user = {
      'client-certificate-data': base64(stranger.certificate),
      'client-key-data': base64(stranger.key),
    };
    for (const content of [configOf({}), configOf(user)]) {
      await expect((await clusterOf({ content })).version()).rejects.toMatchObject({ code: 'Unreachable' });
    }
  });
});

describe('something on the way that switches protocols', () => {
  it('is an API without an answer, and holds nobody up', async () => {
    const { certificate, key } = createCertificate(systemClock.now());
    const between = createServer({ key, cert: certificate }, ({ socket }) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const address = between.address();
    const server = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const content = JSON.stringify({
      'current-context': 'it',
      clusters: [{ name: 'it', cluster: { server, 'certificate-authority-data': base64(certificate) } }],
      users: [{ name: 'it', user: { token: 'x' } }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    });
    try {
      await expect((await clusterOf({ content })).version()).rejects.toMatchObject({
        code: 'Unreachable',
        message: expect.stringContaining('switched protocols without being asked to'),
      });
    } finally {
      between.closeAllConnections();
      await new Promise((resolve) => between.close(resolve));
    }
  });
});

describe('the end of credentials', () => {
  const tokenOf = (claims: Fields) =>
    ['{"alg":"none"}', JSON.stringify(claims), 'x']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
  const configOf = (user: Fields) =>
    JSON.stringify({
      'current-context': 'it',
      clusters: [{ name: 'it', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'it', user }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    });
  const endOf = async (user: Fields) => (await clusterOf({ content: configOf(user) })).credentialsEnd();

  it.each([
    [
      'what its claims say, for a token',
      { token: tokenOf({ exp: 2_000_000_000 }) },
      { at: 2_000_000_000_000, what: 'token' },
    ],
    ['not known, for a token without such a claim', { token: tokenOf({ sub: 'ci' }) }, undefined],
    ['not known, for a token of another kind', { token: 'opaque.but.dotted' }, undefined],
    [
      'not known, for a plugin',
      { exec: { command: 'true', apiVersion: 'client.authentication.k8s.io/v1' } },
      undefined,
    ],
  ])('is %s', async (_what, user, expected) => {
    expect(await endOf(user)).toEqual(expected);
  });
});

describe('a plugin for credentials that never gives any', () => {
  it('holds a request up no longer than its signal lets it, and is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'streamgate-plugin-'));
    // Ends when its folder does.
    const waits = `setInterval(() => require('node:fs').existsSync(${JSON.stringify(folder)}) || process.exit(1), 50)`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', waits],
      interactiveMode: 'Never',
    };
    const content = JSON.stringify({
      'current-context': 'it',
      clusters: [{ name: 'it', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'it', user: { exec } }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    });
    try {
      const transport = await connectTransport({ content });
      const controller = new AbortController();
      const { signal } = controller;
      const answer = transport.send({ method: 'GET', path: '/version', headers: {}, signal });
      controller.abort(new Error('no answer within 15 s'));
      await expect(answer).rejects.toThrow(
        `the kubeconfig takes its credentials from the plugin ${process.execPath}, which has not given any: no answer within 15 s`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a kubeconfig that is broken', () => {
  it('is named with the place of the mistake, and nothing that stands around it', async () => {
    const content = 'users:\n- name: a\n  user:\n    token: "hunter2\nclusters: []\n';
    await expect(connectTransport({ content })).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(/^The kubeconfig cannot be read: [^\n]*\(\d+:\d+\)$/),
    });
    await expect(connectTransport({ content })).rejects.not.toMatchObject({
      message: expect.stringContaining('hunter2'),
    });
  });
});
