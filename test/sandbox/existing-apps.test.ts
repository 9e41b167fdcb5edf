import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { eventually, sandboxClient } from '../support/sandbox-client.ts';

// What apps that exist bring along: several containers and ports, work before they start, headless Services, Ingresses.
const program = resolve(import.meta.dirname, 'programs', 'finite.mjs');
const onLinux = process.platform === 'linux';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ clock: systemClock, pods: 'process', images: { 'node:*': { program } } });
});
afterAll(() => sandbox.close());

/** The version that answers; undefined while nobody does. */
async function versionAt(url: string, host = ''): Promise<string | undefined> {
  try {
    const headers = host === '' ? {} : { host };
    const [response] = (await once(request(url, { headers }).end(), 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response.statusCode === 200 ? String(response.headers['x-version']) : undefined;
  } catch {
    return undefined;
  }
}

const env = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const container = (name: string, version: string, port: number) => ({
  name,
  image: `streamgate/demo-app:${version}`,
  ports: [{ name, containerPort: port }],
  env: env({ PORT: String(port) }),
  readinessProbe: { httpGet: { path: '/readyz', port: name }, periodSeconds: 1 },
});

describe('an app of several containers and ports', () => {
  const labels = { app: 'team' };

  it('has one process for each, behind ports with names and behind an Ingress', async () => {
    const client = sandboxClient(sandbox, 'team');
    await client.createNamespace();
    await client.create('apps/v1', 'Deployment', 'team', {
      replicas: 1,
      selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['team', 'crew'] }] },
      template: {
        metadata: { labels },
        spec: {
          initContainers: [{ name: 'migrate', image: 'node:24', env: env({ FOR: 'the schema' }) }],
          containers: [
            container('web', 'web', 8080),
            container('admin', 'admin', 9090),
            { name: 'proxy', image: 'envoyproxy/envoy:v1.30' },
          ],
        },
      },
    });
    const ports = [
      { name: 'web', port: 80, targetPort: 'web' },
      { name: 'admin', port: 81, targetPort: 'admin' },
    ];
    await client.create('v1', 'Service', 'team', { type: 'NodePort', selector: labels, ports });
    await client.create('v1', 'Service', 'peers', { clusterIP: 'None', selector: labels, ports });
    const path = {
      path: '/',
      pathType: 'Prefix',
      backend: { service: { name: 'team', port: { name: 'admin' } } },
    };
    await client.create('networking.k8s.io/v1', 'Ingress', 'team', {
      rules: [{ host: 'team.test', http: { paths: [path] } }],
    });

    await eventually('the Ingress leads to the second container', async () => {
      return (await versionAt(sandbox.gatewayUrl, 'team.test')) === 'admin';
    });
    const [pod] = await client.readyPods();
    expect(await client.log(pod?.metadata.name ?? '', '?container=migrate')).toContain(
      'working for the schema',
    );
    const { nodePort } = (await client.get('Service', 'team')).spec.ports[0];
    expect(nodePort).toBeGreaterThanOrEqual(30_000);
    if (onLinux) {
      for (const port of ['web', 'admin']) {
        expect(await versionAt(sandbox.serviceUrl('team', 'team', port))).toBe(port);
        expect(await versionAt(sandbox.serviceUrl('team', 'peers', port))).toBe(port);
      }
      expect(await versionAt(sandbox.serviceUrl('team', 'team', 80))).toBe('web');
      expect(await versionAt(`http://${sandbox.nodeAddress}:${nodePort}`)).toBe('web');
    }
    expect(() => sandbox.serviceUrl('team', 'team')).toThrow('several ports');
  });
});

describe('a Job', () => {
  const job = (image: string, values: Readonly<Record<string, string>>) => ({
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'work',
            image,
            command: ['node', '/not/looked/at.mjs'],
            args: ['--nor-this'],
            env: env(values),
          },
        ],
      },
    },
  });

  it('runs what its image stands for, with its environment, and ends as that does', async () => {
    const client = sandboxClient(sandbox, 'jobs');
    await client.createNamespace();
    await client.create('batch/v1', 'Job', 'good', job('node:24', { FOR: 'a good end' }));
    await client.create('batch/v1', 'Job', 'bad', job('node:24', { FOR: 'a bad end', EXIT_CODE: '3' }));
    await eventually('both have ended', async () => {
      const states = await client.list('Job');
      return states.every(({ status }) => status?.conditions?.length === 2);
    });
    const jobs = await client.list('Job');
    expect(jobs.map(({ metadata, status }) => [metadata.name, status.succeeded, status.failed])).toEqual([
      ['bad', undefined, 1],
      ['good', 1, undefined],
    ]);
    const pods = await client.list('Pod');
    const ends = pods.map(({ status }) => status.containerStatuses[0].state.terminated.exitCode);
    expect(ends.sort()).toEqual([0, 3]);
    const [bad] = pods.filter(({ metadata }) => metadata.labels?.['job-name'] === 'bad');
    expect(await client.log(bad?.metadata.name ?? '')).toBe('working for a bad end\n');
  });
});
