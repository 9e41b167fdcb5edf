import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/base/index.ts';
import {
  type ApiRequest,
  type Cluster,
  createCluster,
  type KubeObject,
  stampToken,
  type Transport,
} from '../../../src/cluster/index.ts';
import { takeLock } from '../../../src/release/journal/lock.ts';
import { deleteOurs } from '../../../src/release/slots/ours.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const ref = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop-green' };

function service(token?: string): KubeObject {
  const annotations = token === undefined ? {} : { 'streamgate.io/token': token };
  const metadata = { name: ref.name, namespace, annotations };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } };
}

describe('between reading an object and writing it,', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  /** A way to the API on which somebody else is faster, once, in front of the first write. */
  function overtakenBy(deed: () => Promise<unknown>): Cluster {
    let isFirst = true;
    const transport = {
      name: 'overtaken',
      async send(request: Parameters<Lab['sandbox']['handle']>[0]) {
        if (request.method !== 'GET' && isFirst) {
          isFirst = false;
          await deed();
        }
        return lab.sandbox.handle(request);
      },
      portForward: () => Promise.reject(new Error('no sockets here')),
    };
    const signal = new AbortController().signal;
    return createCluster({ transport, clock: lab.clock, log: silentLog, signal });
  }

  it('given a newer release that stamps it, the stamp of the older one is refused', async () => {
    await lab.cluster.create(service('6'));
    const late = overtakenBy(() => stampToken(lab.cluster, ref, 8));
    await expect(stampToken(late, ref, 7)).rejects.toMatchObject({ code: 'Superseded' });
    expect(await lab.cluster.get(ref)).toMatchObject({
      metadata: { annotations: { 'streamgate.io/token': '8' } },
    });
  });

  it('given a newer release that takes it over, it is not deleted', async () => {
    await lab.cluster.create(service('7'));
    const late = overtakenBy(() => stampToken(lab.cluster, ref, 8));
    await expect(deleteOurs(late, ref, 7)).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('a newer release owns it'),
    });
    expect(await lab.cluster.get(ref)).toBeDefined();
  });

  it('given somebody who makes it anew, that one is not deleted', async () => {
    await lab.cluster.create(service('7'));
    const late = overtakenBy(async () => {
      await lab.cluster.delete(ref);
      await lab.cluster.create(service());
    });
    await expect(deleteOurs(late, ref, 7)).rejects.toMatchObject({ code: 'Conflict' });
    expect(await lab.cluster.get(ref)).toBeDefined();
  });

  it('given a status write, it is deleted all the same', async () => {
    await lab.cluster.create(service('7'));
    const late = overtakenBy(() =>
      lab.cluster.mergePatch(ref, { metadata: { annotations: { seen: 'yes' } } }),
    );
    await deleteOurs(late, ref, 7);
    expect(await lab.cluster.get(ref)).toBeUndefined();
  });
});

describe('an object is deleted', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it.each(['6', '7'])('when a release with token %s made it and ours is 7', async (token) => {
    await lab.cluster.create(service(token));
    await deleteOurs(lab.cluster, ref, 7);
    expect(await lab.cluster.get(ref)).toBeUndefined();
  });

  it.each([
    ['no release made it', undefined],
    ['a newer release holds it', '8'],
  ])('never when %s', async (_what, token) => {
    await lab.cluster.create(service(token));
    await expect(deleteOurs(lab.cluster, ref, 7)).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('is not ours to delete'),
    });
    expect(await lab.cluster.get(ref)).toBeDefined();
  });

  it('without complaint when it is gone already', async () => {
    await expect(deleteOurs(lab.cluster, ref, 7)).resolves.toBeUndefined();
  });
});

describe('two runs that meet', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('over a lock that was given back: exactly one of them gets it', async () => {
    const { cluster, clock } = lab;
    const signal = new AbortController().signal;
    const request = { cluster, clock, log: silentLog, namespace, app: 'shop', timeoutMs: 0, signal };
    await (await takeLock({ ...request, identity: 'before' })).release();
    const ends = await Promise.allSettled(
      ['one', 'two', 'three'].map((identity) => takeLock({ ...request, identity })),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('given that the newer commit has the lock, the older one that waited for it is refused', async () => {
    const runOf = (runId: string) => ({
      run: { repository: 'acme/shop', commit: '', ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
    });
    const [newer, older] = await Promise.allSettled([
      lab.deploy(manifests({ VERSION: 'new' }), runOf('20')),
      lab.deploy(manifests({ VERSION: 'old' }), runOf('9')),
    ]);
    expect(newer).toMatchObject({ status: 'fulfilled', value: { outcome: 'Promoted' } });
    expect(older).toMatchObject({ status: 'rejected', reason: { code: 'Superseded' } });
    expect(lab.serving()).toBe('new');
  });
});

describe('a run whose network goes away in the middle of an apply', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  /** The app with another Service and another route, beyond what the switch itself changes. */
  const changed = manifests({ VERSION: 'v2' }).map((object): KubeObject => {
    const spec = Object(object.spec);
    if (object.kind === 'Service')
      return { ...object, spec: { ...spec, trafficDistribution: 'PreferClose' } };
    if (object.kind === 'HTTPRoute')
      return { ...object, spec: { ...spec, hostnames: ['shop.test', 'www.shop.test'] } };
    return object;
  });

  const isApply = ({ path, headers }: ApiRequest) =>
    headers['content-type'] === 'application/apply-patch+yaml' && !path.includes('dryRun');

  /** A way to the API that is cut in front of the first apply to an object, before it gets there. */
  function cutAtApply(object: string) {
    const cut = Promise.withResolvers<void>();
    let passes = (_request: ApiRequest) => true;
    let isFirst = true;
    const late: ApiRequest[] = [];
    const transport: Transport = {
      name: 'cut off',
      async send(request) {
        if (isFirst && isApply(request) && request.path.includes(object)) {
          isFirst = false;
          passes = () => false;
          cut.resolve();
        }
        if (!passes(request)) throw new Error('the network is gone');
        if (!isFirst) late.push(request);
        return lab.sandbox.handle(request);
      },
      portForward: () => Promise.reject(new Error('no sockets here')),
    };
    const signal = new AbortController().signal;
    return {
      cluster: createCluster({ transport, clock: lab.clock, log: silentLog, signal }),
      cut: cut.promise,
      late,
      mend(some: (request: ApiRequest) => boolean = () => true) {
        passes = some;
      },
    };
  }

  it.each(['/services/shop?', '/httproutes/shop?'])(
    'given that another run puts its release back meanwhile, changes nothing by the %s that it repeats',
    async (object) => {
      await lab.deploy(manifests({ VERSION: 'v1' }));
      const { cluster, cut, late, mend } = cutAtApply(object);
      const older = lab.deploy(changed, { cluster });
      await cut;
      expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
      await lab.clock.sleep(5_000);
      const standing = async () => [await lab.get('v1', 'Service', 'shop'), await lab.route()];
      const before = await standing();
      // Its signs of life come through last, so nothing has told it yet that it lost the lock.
      mend(({ path }) => !path.includes('/leases/'));
      await lab.clock.sleep(10_000);
      mend();
      expect(await older).toMatchObject({ outcome: 'Superseded' });
      await lab.clock.sleep(5_000);
      expect(await standing()).toEqual(before);
      // It asked once more, and was refused.
      expect(late.filter(isApply)).toHaveLength(1);
      expect(lab.serving()).toBe('v1');
    },
  );
});
