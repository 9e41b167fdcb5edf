import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { StoredObject } from '../../src/sandbox/store.ts';
import { eventually, sandboxClient } from '../support/sandbox-client.ts';
import { startSteadyLoad } from '../support/steady-load.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ clock: systemClock, pods: 'process' });
});
afterAll(() => sandbox.close());

interface AppOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly preStopSeconds?: number;
  readonly replicas?: number;
  readonly image?: string;
}

function podSpec({ env = {}, preStopSeconds, image = 'localhost/sample:v1' }: AppOptions) {
  const probe = (path: string) => ({ httpGet: { path, port: 'http' }, periodSeconds: 1 });
  return {
    terminationGracePeriodSeconds: 5,
    containers: [
      {
        name: 'app',
        image,
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ...Object.entries(env).map(([name, value]) => ({ name, value })),
        ],
        readinessProbe: probe('/readyz'),
        ...(preStopSeconds !== undefined && {
          lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } },
        }),
      },
    ],
  };
}

/** A Deployment with its Service and route, in a namespace of its own. */
async function startApp(name: string, options: AppOptions = {}) {
  const client = sandboxClient(sandbox, name);
  const labels = { app: name };
  await client.createNamespace();
  await client.create('apps/v1', 'Deployment', name, {
    replicas: options.replicas ?? 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: podSpec(options) },
  });
  await client.create('v1', 'Service', name, { selector: labels, ports: [{ port: 80, targetPort: 'http' }] });
  await client.create('gateway.networking.k8s.io/v1', 'HTTPRoute', name, {
    parentRefs: [{ name: 'web', namespace: 'default' }],
    hostnames: [`${name}.test`],
    rules: [{ backendRefs: [{ name, port: 80 }] }],
  });
  return { client, ready: () => eventually(`${name} answers`, async () => (await ask(name)) === 200) };
}

/** Status of one request through the gateway. */
async function ask(app: string): Promise<number> {
  const load = startSteadyLoad(sandbox.gatewayUrl, `${app}.test`, 20);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const { ended } = await load.stop();
  return Number([...ended.keys()][0]);
}

/** Replaces all pods under load and says how the requests ended. */
async function rollUnderLoad(name: string, options: AppOptions) {
  const { client, ready } = await startApp(name, options);
  await ready();
  await eventually('both pods', async () => (await client.readyPods()).length === 2);
  const before = new Set((await client.list('Pod')).map(({ metadata }) => metadata.uid));
  const load = startSteadyLoad(sandbox.gatewayUrl, `${name}.test`, 5);
  await client.patch('Deployment', name, {
    spec: { template: { metadata: { annotations: { turn: '2' } } } },
  });
  await eventually('only new pods', async () => {
    const pods = await client.list('Pod');
    return pods.length === 2 && pods.every(({ metadata }) => !before.has(metadata.uid));
  });
  return load.stop();
}

describe('a pod', () => {
  it('is reached through its Service and the gateway as soon as its probe says so', async () => {
    const { client, ready } = await startApp('reached', { env: { VERSION: 'seven' } });
    await ready();
    const service = await client.get('Service', 'reached');
    const { clusterIP } = service.spec;
    if (process.platform === 'linux') {
      const answer = await eventually('the Service answers', () =>
        fetch(`http://${clusterIP}/hello`).catch(() => undefined),
      );
      expect(answer.headers.get('x-version')).toBe('seven');
      expect(await answer.json()).toMatchObject({ version: 'seven', path: '/hello', status: 200 });
    }
    const [pod] = await client.readyPods();
    expect(pod?.status).toMatchObject({
      phase: 'Running',
      containerStatuses: [{ ready: true, restartCount: 0 }],
    });
    const entry = sandbox.gatewayLog.find(({ host, status }) => host === 'reached.test' && status === 200);
    expect(entry?.backend).toBe('reached');
  });

  it('leaves without losing a request when it waits before it stops', async () => {
    const { sent, ended } = await rollUnderLoad('gentle', { preStopSeconds: 1 });
    expect(sent).toBeGreaterThan(100);
    expect([...ended.keys()]).toEqual(['200']);
    const logged = sandbox.gatewayLog.filter(
      ({ host, id }) => host === 'gentle.test' && id.startsWith('load-'),
    );
    expect(new Set(logged.map(({ id }) => id)).size).toBe(sent);
  });

  it('loses requests when it dies at SIGTERM: the sandbox is no kinder than a cluster', async () => {
    const { ended } = await rollUnderLoad('abrupt', { env: { EXIT_ON_SIGTERM: '1', LATENCY: '50ms' } });
    const lost = [...ended].filter(([how]) => how !== '200').flatMap(([, ids]) => ids);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('that is killed is started again and counts it', async () => {
    const { client, ready } = await startApp('killed', { replicas: 1 });
    await ready();
    const [pod] = await client.readyPods();
    sandbox.killPod('killed', pod?.metadata.name ?? '');
    const restarted = await eventually('the restart', async () =>
      (await client.readyPods()).find(({ status }) => status.containerStatuses[0].restartCount === 1),
    );
    expect(restarted.status.containerStatuses[0].lastState.terminated).toMatchObject({ exitCode: 137 });
  });

  it('whose image is unknown says so and waits', async () => {
    const { client } = await startApp('imageless', { image: 'localhost/sample:v9', replicas: 1 });
    const pod = await eventually('the back-off', async () =>
      (await client.list('Pod')).find(
        ({ status }) => status?.containerStatuses?.[0].state.waiting?.reason === 'ImagePullBackOff',
      ),
    );
    const events = await client.list('Event');
    const about = events.filter(({ involvedObject }) => involvedObject.name === pod.metadata.name);
    expect(about.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['Pulling', 'Failed', 'BackOff']),
    );
    await expect(client.log(pod.metadata.name)).rejects.toThrow('is waiting to start');
  });

  it('that crashes is started again, each time later, and its last words can be read', async () => {
    const { client } = await startApp('crashing', { env: { CRASH_AFTER: '200ms' }, replicas: 1 });
    const pod = await eventually('the back-off', async () =>
      (await client.list('Pod')).find(
        ({ status }) => status?.containerStatuses?.[0].state.waiting?.reason === 'CrashLoopBackOff',
      ),
    );
    expect(pod.status.containerStatuses[0].restartCount).toBe(1);
    expect(await client.log(pod.metadata.name, '?previous=true')).toContain('crashing after 200ms');
  });

  it('is restarted when its liveness probe fails', async () => {
    const client = sandboxClient(sandbox, 'lifeless');
    await client.createNamespace();
    const spec = podSpec({});
    const livenessProbe = {
      httpGet: { path: '/any?status=500', port: 8080 },
      periodSeconds: 1,
      failureThreshold: 1,
    };
    await client.create('v1', 'Pod', 'lifeless', {
      ...spec,
      containers: spec.containers.map((container) => ({ ...container, livenessProbe })),
    });
    await eventually('a restart', async () => {
      const { status } = await client.get('Pod', 'lifeless');
      return status?.containerStatuses?.[0].restartCount > 0;
    });
    const killing = (await client.list('Event')).find(({ reason }) => reason === 'Killing');
    expect(killing?.message).toContain('failed liveness probe');
  });

  it('logs each request that it answers, and the last lines can be asked for', async () => {
    const { client, ready } = await startApp('logged', { replicas: 1 });
    await ready();
    const load = startSteadyLoad(sandbox.gatewayUrl, 'logged.test', 5);
    await eventually(
      'twenty answers',
      async () => sandbox.gatewayLog.filter(({ host }) => host === 'logged.test').length > 20,
    );
    const { ended } = await load.stop();
    const [pod] = await client.readyPods();
    const lines = (await client.log(pod?.metadata.name ?? ''))
      .trim()
      .split('\n')
      .map((line): StoredObject => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual(expect.arrayContaining(ended.get('200') as string[]));
    const tail = await client.log(pod?.metadata.name ?? '', '?tailLines=2');
    expect(tail.trim().split('\n')).toHaveLength(2);
  });

  it('gets its environment from the manifest, and none of ours', async () => {
    const client = sandboxClient(sandbox, 'surroundings');
    await client.createNamespace();
    const spec = podSpec({ env: { VERSION: 'v-$(POD_NAME)' } });
    await client.create('v1', 'Pod', 'named', spec);
    await eventually('readiness', async () => (await client.readyPods()).length === 1);
    expect(await client.log('named')).toContain('"version":"v-named"');
  });
});

describe('a Service', () => {
  it('refuses connections as long as no pod is ready', async () => {
    const { client } = await startApp('refusing', { env: { START_DELAY: '60s' }, replicas: 1 });
    await eventually('the pod runs', async () => (await client.list('Pod'))[0]?.status?.phase === 'Running');
    const { clusterIP } = (await client.get('Service', 'refusing')).spec;
    if (process.platform === 'linux') {
      await expect(fetch(`http://${clusterIP}/`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    }
    await eventually('the gateway knows the route', async () => (await ask('refusing')) === 503);
  });
});
