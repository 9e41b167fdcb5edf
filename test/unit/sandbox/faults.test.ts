import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi } from '../../support/in-process-api.ts';

const maps = '/api/v1/namespaces/default/configmaps';

describe('a fault', () => {
  let api = openApi();
  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.close());
  const create = (name: string) => api.ask('POST', maps, { metadata: { name } });
  const exists = async (name: string) => (await api.ask('GET', `${maps}/${name}`)).status === 200;

  it('hits the n-th request that matches and no other', async () => {
    api.context.faults.add({ method: 'POST', path: /configmaps$/, nth: 2 }, { kind: 'status', status: 503 });
    await api.ask('GET', maps);
    expect([(await create('a')).status, (await create('b')).status, (await create('c')).status]).toEqual([
      201, 503, 201,
    ]);
    expect(await exists('b')).toBe(false);
  });

  it('of too many requests says when to come again', async () => {
    api.context.faults.add({}, { kind: 'status', status: 429, retryAfterSeconds: 3 });
    const { status, headers, body } = await api.ask('GET', maps);
    expect([status, headers['retry-after'], body.details]).toEqual([429, '3', { retryAfterSeconds: 3 }]);
  });

  it.each([
    ['before', false],
    ['after', true],
  ] as const)('can drop the connection %s the write', async (when, applied) => {
    const remove = api.context.faults.add({ method: 'POST' }, { kind: 'drop', when });
    await expect(create('a')).rejects.toMatchObject({ code: 'ECONNRESET' });
    remove();
    expect(await exists('a')).toBe(applied);
  });

  it('can leave a request without an answer until the client gives up', async () => {
    api.context.faults.add({ nth: 1 }, { kind: 'hang' });
    const signal = AbortSignal.abort(new Error('gave up'));
    await expect(api.api.handle({ method: 'GET', path: maps, headers: {}, signal })).rejects.toThrow(
      'gave up',
    );
    expect(await exists('a')).toBe(false);
  });

  it('can silence a watch, while reads go on', async () => {
    api.context.faults.add({ path: /configmaps/ }, { kind: 'silent-watch' });
    const { events, stopWatch } = await api.watch(`${maps}?watch=true`);
    expect((await create('a')).status).toBe(201);
    await stopWatch();
    expect(events).toEqual([]);
  });

  it('can stop the whole API and start it again', async () => {
    api.context.faults.stopApi('refuse');
    await expect(create('a')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    api.context.faults.startApi();
    expect((await create('a')).status).toBe(201);
  });

  it('can deny a permission, in the review and in the deed', async () => {
    const allow = api.context.faults.deny(
      ({ verb, resource }) => verb === 'create' && resource === 'configmaps',
    );
    const review = {
      spec: { resourceAttributes: { verb: 'create', resource: 'configmaps', namespace: 'default' } },
    };
    const ask = () => api.ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
    expect((await ask()).body.status.allowed).toBe(false);
    expect(await create('a')).toMatchObject({ status: 403, body: { reason: 'Forbidden' } });
    allow();
    expect((await ask()).body.status.allowed).toBe(true);
    expect((await create('a')).status).toBe(201);
  });

  it('can deny a part of an object, in the words of a cluster', async () => {
    api.context.faults.deny(({ subresource }) => subresource === 'scale');
    const path = '/apis/apps/v1/namespaces/default/deployments/shop/scale';
    const { status, body } = await api.ask('PATCH', path, { spec: { replicas: 2 } }, 'merge');
    expect(status).toBe(403);
    expect(body.message).toBe(
      'deployments.apps "shop" is forbidden: User "sandbox" cannot patch resource "deployments/scale" in API group "apps" in the namespace "default"',
    );
  });

  it('can deny the creation that an apply would be, and not the apply to what is there', async () => {
    api.context.faults.deny(({ verb }) => verb === 'create');
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const apply = () => api.ask('PATCH', `${maps}/a?fieldManager=test`, config, 'apply');
    expect((await apply()).body.message).toBe(
      'configmaps "a" is forbidden: User "sandbox" cannot create resource "configmaps" in API group "" in the namespace "default"',
    );
    api.context.faults.clear();
    await create('a');
    api.context.faults.deny(({ verb }) => verb === 'create');
    expect((await apply()).status).toBe(200);
  });
});

describe('the sandbox never pretends', () => {
  it.each([
    '/api/v1/namespaces/default/pods/x/exec',
    '/metrics',
    '/api/v1/namespaces/default/services/x/proxy',
  ])('%s is answered 501 and logged', async (path) => {
    const api = openApi();
    const { status, body } = await api.ask('GET', path);
    api.close();
    expect([status, body.kind, body.reason]).toEqual([501, 'Status', 'NotImplemented']);
    expect(api.warnings.join()).toContain(path);
  });

  it('logs every request with its status', async () => {
    const api = openApi();
    await api.ask('GET', '/version');
    await api.ask('GET', `${maps}/none`);
    api.close();
    expect(api.api.requests).toEqual([
      { method: 'GET', path: '/version', status: 200, userAgent: 'test/1' },
      { method: 'GET', path: `${maps}/none`, status: 404, userAgent: 'test/1' },
    ]);
  });
});
