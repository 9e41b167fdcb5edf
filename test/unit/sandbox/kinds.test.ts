import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi } from '../../support/in-process-api.ts';

describe('kinds', () => {
  let api = openApi();
  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.close());

  it('are listed by discovery as paths name them', async () => {
    const { body } = await api.ask('GET', '/apis/apps/v1');
    const names: string[] = body.resources.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['deployments', 'deployments/status', 'deployments/scale']));
    const groups = (await api.ask('GET', '/apis')).body.groups.map(({ name }: { name: string }) => name);
    expect(groups).toEqual(
      expect.arrayContaining(['apps', 'gateway.networking.k8s.io', 'coordination.k8s.io']),
    );
  });

  it('of a definition are served from then on', async () => {
    const spec = {
      group: 'example.test',
      names: { plural: 'gadgets', kind: 'Gadget' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, subresources: { status: {} } }],
    };
    const path = '/apis/example.test/v1/namespaces/default/gadgets';
    expect((await api.ask('GET', path)).status).toBe(404);
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    await api.ask('POST', definitions, { metadata: { name: 'gadgets.example.test' }, spec });
    expect((await api.ask('GET', path)).body).toMatchObject({ kind: 'GadgetList', items: [] });
    expect((await api.ask('GET', '/apis/example.test/v1')).body.resources[0]).toMatchObject({
      kind: 'Gadget',
    });
  });

  it('without a definition are learned from the first object', async () => {
    const path = '/apis/example.test/v1/namespaces/default/gadgets';
    const gadget = {
      apiVersion: 'example.test/v1',
      kind: 'Gadget',
      metadata: { name: 'one' },
      spec: { size: 3 },
    };
    expect((await api.ask('POST', path, gadget)).status).toBe(201);
    expect((await api.ask('GET', path)).body.items).toMatchObject([gadget]);
    const { body } = await api.ask('PATCH', `${path}/one`, { spec: { size: 4 } }, 'merge');
    expect(body.metadata.generation).toBe(2);
  });

  it('are one store in all their versions', async () => {
    const spec = { rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] };
    const group = '/apis/gateway.networking.k8s.io';
    await api.ask('POST', `${group}/v1/namespaces/default/httproutes`, { metadata: { name: 'shop' }, spec });
    const { body } = await api.ask('GET', `${group}/v1beta1/namespaces/default/httproutes/shop`);
    expect(body).toMatchObject({ apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'HTTPRoute' });
  });

  it('of both groups of events are the same objects under other names', async () => {
    const note = {
      metadata: { name: 'e' },
      regarding: { kind: 'Pod', name: 'one' },
      note: 'hello',
      reason: 'Test',
    };
    await api.ask('POST', '/apis/events.k8s.io/v1/namespaces/default/events', note);
    const path = '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Done';
    expect((await api.ask('GET', path)).body.items).toMatchObject([{ message: 'hello', reason: 'Test' }]);
    const { body } = await api.ask('GET', '/apis/events.k8s.io/v1/namespaces/default/events/e');
    expect(body).toMatchObject({ apiVersion: 'events.k8s.io/v1', ...note });
  });

  it('names are made up from generateName, and never twice', async () => {
    const create = () =>
      api.ask('POST', '/api/v1/namespaces/default/configmaps', { metadata: { generateName: 'map-' } });
    const names = new Set<string>();
    for (let round = 0; round < 20; round++) names.add((await create()).body.metadata.name);
    expect(names.size).toBe(20);
    for (const name of names) expect(name).toMatch(/^map-[a-z0-9]{5}$/);
  });
});
