import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { deploymentSpec, template } from '../../support/fake-cluster.ts';

const core = '/api/v1/namespaces/default';
const networking = '/apis/networking.k8s.io/v1';
const ingresses = `${networking}/namespaces/default/ingresses`;

let sandbox: Sandbox;
let clock = createVirtualClock();
beforeEach(async () => {
  clock = createVirtualClock();
  sandbox = await createSandbox({ clock, pods: 'fake', log: silentLog });
});
afterEach(async () => {
  await sandbox.close();
  clock.stop();
});

async function ask(method: string, path: string, body?: unknown, type = 'application/json') {
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await sandbox.handle({ method, path, headers: { 'content-type': type }, ...text });
  return { status: response.status, body: JSON.parse(await readBody(response.body)) };
}

/** Deployment and Service of the same name, whose pods call themselves so. */
async function startApp(name: string): Promise<void> {
  const labels = { app: name };
  const { spec } = template({ VERSION: name });
  await ask('POST', '/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name },
    spec: deploymentSpec({
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    }),
  });
  await ask('POST', `${core}/services`, {
    metadata: { name },
    spec: { selector: labels, ports: [{ name: 'web', port: 80, targetPort: 8080 }] },
  });
}

const to = (name: string, port: object = { number: 80 }) => ({ service: { name, port } });
const path = (at: string, name: string, pathType = 'Prefix') => ({ path: at, pathType, backend: to(name) });
const ingress = (spec: object, name = 'shop') => ({ metadata: { name }, spec });

const answers = (host: string, target = '/') => {
  const { status, env } = sandbox.fakeAnswer(host, target);
  return status === 200 ? env.VERSION : status;
};

describe('an Ingress', () => {
  beforeEach(async () => {
    await startApp('shop');
    await startApp('cart');
    await clock.sleep(10_000);
  });

  it('leads by host and path to the pods of a Service, the longest path first', async () => {
    const rules = [
      { host: 'shop.test', http: { paths: [path('/', 'shop'), path('/cart', 'cart')] } },
      { host: '*.shop.test', http: { paths: [path('/exact', 'cart', 'Exact')] } },
    ];
    await ask('POST', ingresses, ingress({ rules }));
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe('shop');
    expect(answers('shop.test', '/cart/items?id=1')).toBe('cart');
    expect(answers('shop.test', '/cartoon')).toBe('shop');
    expect(answers('other.test')).toBe(404);
    expect(answers('a.shop.test', '/exact')).toBe('cart');
    expect(answers('a.shop.test', '/exact/not')).toBe(404);
    expect(answers('a.b.shop.test', '/exact')).toBe(404);
  });

  it('is followed late, like its Service', async () => {
    const rules = [{ host: 'shop.test', http: { paths: [path('/', 'shop')] } }];
    await ask('POST', ingresses, ingress({ rules }));
    await clock.sleep(100);
    expect(answers('shop.test')).toBe(404);
    await clock.sleep(200);
    expect(answers('shop.test')).toBe('shop');
    const patch = { spec: { selector: { app: 'cart' } } };
    await ask('PATCH', `${core}/services/shop`, patch, 'application/merge-patch+json');
    await clock.sleep(150);
    expect(answers('shop.test')).toBe('shop');
    await clock.sleep(500);
    expect(answers('shop.test')).toBe('cart');
  });

  it('names a port by its name, and a default backend takes what no rule does', async () => {
    const rules = [
      { host: 'shop.test', http: { paths: [{ ...path('/', ''), backend: to('shop', { name: 'web' }) }] } },
    ];
    await ask('POST', ingresses, ingress({ rules, defaultBackend: to('cart') }));
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe('shop');
    expect(answers('elsewhere')).toBe('cart');
  });

  it('answers 503 for a Service that is not there', async () => {
    await ask('POST', ingresses, ingress({ defaultBackend: to('gone') }));
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe(503);
  });

  it('with an annotation that would change where requests go is answered 501', async () => {
    const annotations = { 'nginx.ingress.kubernetes.io/canary-weight': '10' };
    const metadata = { name: 'shop', annotations };
    await ask('POST', ingresses, { metadata, spec: { defaultBackend: to('shop') } });
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe(501);
  });

  it('gets the default class and an address', async () => {
    const { body } = await ask('POST', ingresses, ingress({ defaultBackend: to('shop') }));
    expect(body.spec.ingressClassName).toBe('sandbox');
    expect(body.status).toEqual({ loadBalancer: {} });
    await clock.sleep(100);
    const { status } = (await ask('GET', `${ingresses}/shop`)).body;
    expect(status.loadBalancer).toEqual({ ingress: [{ ip: '127.0.0.1' }] });
  });

  it('of a class that nobody serves stays without address and answer, until the class is there', async () => {
    await ask('POST', ingresses, ingress({ ingressClassName: 'nginx', defaultBackend: to('shop') }));
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe(404);
    expect((await ask('GET', `${ingresses}/shop`)).body.status).toEqual({ loadBalancer: {} });
    const controller = 'streamgate.io/sandbox-gateway';
    await ask('POST', `${networking}/ingressclasses`, { metadata: { name: 'nginx' }, spec: { controller } });
    await clock.sleep(1_000);
    expect(answers('shop.test')).toBe('shop');
  });

  it.each([
    [{}, 'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
    [
      { rules: [{ http: { paths: [{ path: '/', backend: to('shop') }] } }] },
      'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
    ],
    [
      { defaultBackend: to('shop', {}) },
      'spec.defaultBackend: Required value: port name or number is required',
    ],
  ])('with a hole is refused: %j', async (spec, why) => {
    const { status, body } = await ask('POST', ingresses, ingress(spec));
    expect(status).toBe(422);
    expect(body.message).toBe(`Ingress.networking.k8s.io "shop" is invalid: ${why}`);
  });
});

describe('a caller inside the cluster', () => {
  it('meets the ready pods of a Service, and nobody while there is none', async () => {
    await startApp('shop');
    await clock.sleep(100);
    expect(sandbox.fakeServiceAnswer('default', 'shop', 80).status).toBe(503);
    await clock.sleep(10_000);
    expect(sandbox.fakeServiceAnswer('default', 'shop', 'web').env.VERSION).toBe('shop');
    expect(sandbox.fakeServiceAnswer('default', 'shop').status).toBe(200);
    expect(() => sandbox.fakeServiceAnswer('default', 'shop', 81)).toThrow('has no port 81');
    expect(() => sandbox.fakeServiceAnswer('default', 'gone')).toThrow('there is no Service default/gone');
  });
});
