import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi } from '../../support/in-process-api.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const labels = { app: 'shop' };

describe('what has no owner any more', () => {
  let api = openApi();
  let owner: { readonly uid: string };
  const ownedBy = (uid: string, more: object = {}) => ({
    metadata: {
      name: 'owned',
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, ...more }],
    },
  });
  const names = async (path = maps): Promise<string[]> => {
    await api.clock.sleep(1_000);
    const { body } = await api.ask('GET', path);
    return body.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
  };

  beforeEach(async () => {
    api = openApi();
    owner = (await api.ask('POST', maps, { metadata: { name: 'owner' } })).body.metadata;
  });
  afterEach(() => api.close());

  it('goes with the owner in the background', async () => {
    await api.ask('POST', maps, ownedBy(owner.uid));
    expect((await api.ask('DELETE', `${maps}/owner`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
    });
    expect(await names()).toEqual([]);
  });

  it('goes before the owner in the foreground', async () => {
    await api.ask('POST', maps, ownedBy(owner.uid, { blockOwnerDeletion: true }));
    const { events, stopWatch } = await api.watch(`${maps}?watch=true`);
    const { body } = await api.ask('DELETE', `${maps}/owner`, { propagationPolicy: 'Foreground' });
    expect(body.metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(await names()).toEqual([]);
    await stopWatch();
    const deleted = events.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.name);
    expect(deleted).toEqual(['owned', 'owner']);
  });

  it('stays when it is orphaned, without a word of the owner', async () => {
    await api.ask('POST', maps, ownedBy(owner.uid));
    await api.ask('DELETE', `${maps}/owner`, { propagationPolicy: 'Orphan' });
    expect(await names()).toEqual(['owned']);
    expect((await api.ask('GET', `${maps}/owned`)).body.metadata.ownerReferences).toBeUndefined();
  });

  it('goes at once when the owner that it names is another one', async () => {
    await api.ask('POST', maps, ownedBy('somebody-else'));
    expect(await names()).toEqual(['owner']);
  });

  it('goes with its namespace, and finalizers keep both until they are removed', async () => {
    const inside = '/api/v1/namespaces/shop/configmaps';
    await api.ask('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
    await api.ask('POST', inside, { metadata: { name: 'free' } });
    await api.ask('POST', inside, { metadata: { name: 'held', finalizers: ['example.test/hold'] } });
    await api.ask('DELETE', '/api/v1/namespaces/shop');
    expect(await names(inside)).toEqual(['held']);
    expect(await names('/api/v1/namespaces')).toContain('shop');
    await api.ask('PATCH', `${inside}/held`, { metadata: { finalizers: null } }, 'merge');
    expect(await names('/api/v1/namespaces')).not.toContain('shop');
  });

  it('a pod on a node is only marked: its process has time to end', async () => {
    const pods = '/api/v1/namespaces/default/pods';
    const spec = {
      nodeName: 'here',
      containers: [{ name: 'app', image: 'a:1' }],
      terminationGracePeriodSeconds: 7,
    };
    await api.ask('POST', pods, { metadata: { name: 'one', labels }, spec });
    const { body } = await api.ask('DELETE', `${pods}/one`);
    expect(body.metadata.deletionGracePeriodSeconds).toBe(7);
    expect(await names(pods)).toEqual(['one']);
    await api.ask('DELETE', `${pods}/one`, { gracePeriodSeconds: 0 });
    expect(await names(pods)).toEqual([]);
  });
});
