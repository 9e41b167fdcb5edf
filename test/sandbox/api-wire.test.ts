import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KubeConfig, Log, PortForward, Watch } from '@kubernetes/client-node';
import { systemClock } from '../../src/base/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { connectTo } from '../support/kube-client.ts';

const namespace = 'wire';
const pods = `/api/v1/namespaces/${namespace}/pods`;
const maps = `/api/v1/namespaces/${namespace}/configmaps`;

describe('a client of Kubernetes', () => {
  let sandbox: Sandbox;
  let kubeconfig: string;
  let client: Awaited<ReturnType<typeof connectTo>>;
  const post = (path: string, object: unknown) =>
    client.ask({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(object),
    });

  beforeAll(async () => {
    sandbox = await createSandbox({ clock: systemClock, pods: 'process' });
    ({ kubeconfig } = await sandbox.listen());
    client = await connectTo(kubeconfig);
    await post('/api/v1/namespaces', { metadata: { name: namespace } });
  });
  afterAll(async () => {
    client.close();
    await sandbox.close();
  });

  /** Waits for a pod by watching, as a client would. */
  function untilReady(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const started = new Watch(client.config).watch(
        pods,
        { fieldSelector: `metadata.name=${name}` },
        (_type, { status }) => {
          const conditions: readonly { type: string; status: string }[] = status?.conditions ?? [];
          if (!conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'))
            return;
          started.then((controller) => controller.abort(), reject);
          resolve();
        },
        (error: unknown) =>
          error instanceof Error && error.name === 'AbortError' ? resolve() : reject(error),
      );
      started.catch(reject);
    });
  }

  it('is let in by its token and turned away without', async () => {
    expect((await client.ask({ method: 'GET', path: '/version' })).status).toBe(200);
    const stranger = new KubeConfig();
    stranger.loadFromString(kubeconfig.replace(/"token": "[^"]*"/, '"token": "guess"'));
    const other = await connectTo(stranger.exportConfig());
    const { status, body } = await other.ask({ method: 'GET', path: maps });
    other.close();
    expect([status, body]).toMatchObject([401, { kind: 'Status', reason: 'Unauthorized' }]);
  });

  it('trusts no other authority than the one of the kubeconfig', async () => {
    const config = JSON.parse(kubeconfig);
    delete config.clusters[0].cluster['certificate-authority-data'];
    const doubtful = await connectTo(JSON.stringify(config));
    await expect(doubtful.ask({ method: 'GET', path: '/version' })).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
    });
    doubtful.close();
  });

  it('sees changes as they happen', async () => {
    const seen: string[] = [];
    const watch = new Watch(client.config);
    await new Promise<void>((resolve, reject) => {
      const started = watch.watch(
        maps,
        {},
        (type, object) => {
          seen.push(`${type} ${object.metadata.name}`);
          if (type === 'DELETED') started.then((controller) => controller.abort(), reject);
        },
        () => resolve(),
      );
      started
        .then(() => post(maps, { metadata: { name: 'seen' } }))
        .then(() => client.ask({ method: 'DELETE', path: `${maps}/seen` }))
        .catch(reject);
    });
    expect(seen).toEqual(['ADDED seen', 'DELETED seen']);
  });

  it('loses the connection where a fault says so, and learns what happened by reading', async () => {
    const remove = sandbox.faults.add(
      { method: 'POST', path: /configmaps$/ },
      { kind: 'drop', when: 'after' },
    );
    await expect(post(maps, { metadata: { name: 'lost-answer' } })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    remove();
    expect((await client.ask({ method: 'GET', path: `${maps}/lost-answer` })).status).toBe(200);
  });

  it('finds nobody when the API is stopped, and finds it again later', async () => {
    sandbox.faults.stopApi('refuse');
    await expect(client.ask({ method: 'GET', path: maps })).rejects.toThrow();
    sandbox.faults.startApi();
    expect((await client.ask({ method: 'GET', path: maps })).status).toBe(200);
  });

  it('reads a log and forwards a port of a running pod', async () => {
    const container = {
      name: 'app',
      image: 'streamgate/demo-app:v7',
      env: [{ name: 'PORT', value: '8080' }],
      ports: [{ containerPort: 8080 }],
      readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
    };
    await post(pods, { metadata: { name: 'one' }, spec: { containers: [container] } });
    await untilReady('one');

    const answer = new PassThrough();
    const question = new PassThrough();
    const errors = new PassThrough();
    const socket = await new PortForward(client.config).portForward(
      namespace,
      'one',
      [8080],
      answer,
      errors,
      question,
    );
    question.write('GET / HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of answer) {
      text += chunk;
      if (text.includes('v7')) break;
    }
    if ('close' in socket) socket.close();
    expect(text).toMatch(/^HTTP\/1\.1 200/);
    expect(errors.read()).toBeNull();

    const log = new PassThrough();
    let logged = '';
    log.on('data', (chunk) => {
      logged += chunk;
    });
    await new Log(client.config).log(namespace, 'one', 'app', log, { tailLines: 5 });
    await new Promise((resolve) => log.on('end', resolve));
    expect(logged).not.toBe('');
  });
});
