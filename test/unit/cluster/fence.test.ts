import { describe, expect, it } from '@jest/globals';
import { at, createVirtualClock, StreamGateError, silentLog } from '../../../src/base/index.ts';
import {
  type ApiRequest,
  type Cluster,
  createCluster,
  fencedApply,
  fencedPatch,
  type KubeObject,
  replaceField,
  stampToken,
  tokenOf,
} from '../../../src/cluster/index.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';

const ref = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'shop' };

function service(token?: string): KubeObject {
  const annotations = token === undefined ? undefined : { 'streamgate.io/token': token, kept: 'yes' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', namespace: 'default', ...(annotations === undefined ? {} : { annotations }) },
    spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
  };
}

interface Place {
  readonly cluster: Cluster;
  readonly sandbox: Sandbox;
  /** Patches that were sent. */
  readonly patches: ApiRequest[];
  /** Runs in front of the next patch, as somebody who is faster. */
  interrupt(by: () => Promise<unknown>): void;
  close(): Promise<void>;
}

async function openPlace(): Promise<Place> {
  const clock = createVirtualClock();
  const sandbox = await createSandbox({ clock, pods: 'fake' });
  const patches: ApiRequest[] = [];
  let interruption: (() => Promise<unknown>) | undefined;
  const signal = new AbortController().signal;
  const portForward = () => Promise.reject(new Error('none'));
  const transport = {
    name: 'here',
    async send(request: ApiRequest) {
      if (request.method === 'PATCH') {
        patches.push(request);
        const now = interruption;
        interruption = undefined;
        await now?.();
      }
      return sandbox.handle(request);
    },
    portForward,
  };
  return {
    sandbox,
    patches,
    cluster: createCluster({ transport, clock, log: silentLog, signal }),
    interrupt(by) {
      interruption = by;
    },
    async close() {
      await sandbox.close();
      clock.stop();
    },
  };
}

async function inPlace(test: (place: Place) => Promise<void>): Promise<void> {
  const place = await openPlace();
  try {
    await test(place);
  } finally {
    await place.close();
  }
}

const toGreen = (object: KubeObject) => replaceField(object, ['spec', 'selector', 'slot'], 'green');

describe('a fenced write', () => {
  it('changes an object that carries our token', () =>
    inPlace(async ({ cluster }) => {
      await cluster.create(service('7'));
      const patched = await fencedPatch(cluster, ref, 7, toGreen);
      expect(patched).toMatchObject({ spec: { selector: { app: 'shop', slot: 'green' } } });
    }));

  it('is not disturbed by a status write that comes in between', () =>
    inPlace(async ({ cluster, interrupt, patches }) => {
      await cluster.create(service('7'));
      interrupt(() => cluster.mergePatch(ref, { metadata: { annotations: { gateway: 'was here' } } }));
      const patched = await fencedPatch(cluster, ref, 7, toGreen);
      expect(patched).toMatchObject({ spec: { selector: { slot: 'green' } } });
      expect(patched.metadata.annotations).toMatchObject({ gateway: 'was here' });
      expect(patches).toHaveLength(2);
    }));

  it('is computed anew when the field that it replaces was changed in between', () =>
    inPlace(async ({ cluster, interrupt, patches }) => {
      await cluster.create({ ...service('7'), spec: { selector: { slot: 'blue' }, ports: [{ port: 80 }] } });
      interrupt(() => cluster.mergePatch(ref, { spec: { selector: { slot: 'red' } } }));
      const seen: unknown[] = [];
      await fencedPatch(cluster, ref, 7, (object) => {
        seen.push(object.spec);
        return toGreen(object);
      });
      expect(seen).toMatchObject([{ selector: { slot: 'blue' } }, { selector: { slot: 'red' } }]);
      // Ours, the one in between, and ours again.
      expect(patches).toHaveLength(3);
    }));

  it('is not made when the object is as wanted, so that it can be repeated', () =>
    inPlace(async ({ cluster, patches }) => {
      await cluster.create(service('7'));
      await fencedPatch(cluster, ref, 7, toGreen);
      await fencedPatch(cluster, ref, 7, toGreen);
      expect(patches).toHaveLength(1);
    }));

  it('ends as Superseded when a newer release holds the object', () =>
    inPlace(async ({ cluster, patches }) => {
      await cluster.create(service('8'));
      await expect(fencedPatch(cluster, ref, 7, toGreen)).rejects.toMatchObject({ code: 'Superseded' });
      expect(patches).toEqual([]);
    }));

  it('ends as Superseded, unwritten, when a newer release takes the object in between', () =>
    inPlace(async ({ cluster, interrupt }) => {
      await cluster.create(service('7'));
      interrupt(() => stampToken(cluster, ref, 8));
      await expect(fencedPatch(cluster, ref, 7, toGreen)).rejects.toMatchObject({ code: 'Superseded' });
      expect(await cluster.get(ref)).toMatchObject({ spec: { selector: { app: 'shop' } } });
      expect((await cluster.get(ref))?.spec).not.toMatchObject({ selector: { slot: 'green' } });
    }));

  it('stops and asks when the object lost its token', () =>
    inPlace(async ({ cluster }) => {
      await cluster.create(service());
      await expect(fencedPatch(cluster, ref, 7, toGreen)).rejects.toMatchObject({
        code: 'Conflict',
        message: expect.stringContaining('lost its annotation streamgate.io/token'),
      });
    }));

  it('names the object that disappeared', () =>
    inPlace(async ({ cluster }) => {
      await expect(fencedPatch(cluster, ref, 7, toGreen)).rejects.toMatchObject({
        code: 'Conflict',
        message: expect.stringContaining('Service default/shop disappeared'),
      });
    }));

  it('gives up on somebody who is always faster, and says so', () =>
    inPlace(async ({ cluster, interrupt }) => {
      await cluster.create(service('7'));
      let n = 0;
      await expect(
        fencedPatch(cluster, ref, 7, (object) => {
          n += 1;
          interrupt(() => cluster.mergePatch(ref, { spec: { selector: { app: `shop-${n}` } } }));
          return replaceField(object, ['spec', 'selector', 'app'], 'ours');
        }),
      ).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining('at each of 8 tries') });
    }));
});

describe('a fenced apply', () => {
  const wanted: KubeObject = {
    ...service('7'),
    spec: { selector: { app: 'shop', slot: 'green' }, ports: [{ port: 80 }] },
  };
  const selected = async (cluster: Cluster) => at(await cluster.get(ref), 'spec', 'selector', 'slot');

  it('changes an object that carries our token, also when a status write comes in between', () =>
    inPlace(async ({ cluster, interrupt, patches }) => {
      await cluster.create(service('7'));
      interrupt(() => cluster.mergePatch(ref, { metadata: { annotations: { gateway: 'was here' } } }));
      const applied = await fencedApply(cluster, wanted, 7);
      expect(applied).toMatchObject({ spec: { selector: { slot: 'green' } } });
      expect(applied.metadata.annotations).toMatchObject({ gateway: 'was here' });
      // Ours, the one in between, and ours again.
      expect(patches).toHaveLength(3);
    }));

  it.each([
    ['a newer release holds the object', service('8'), { code: 'Superseded' }],
    ['the object lost its token', service(), { code: 'Conflict' }],
  ])('ends without a write when %s', (_what, standing, error) =>
    inPlace(async ({ cluster, patches }) => {
      await cluster.create(standing);
      await expect(fencedApply(cluster, wanted, 7)).rejects.toMatchObject(error);
      expect(patches).toEqual([]);
    }),
  );

  it('ends as Superseded, unwritten, when a newer release takes the object in between', () =>
    inPlace(async ({ cluster, interrupt }) => {
      await cluster.create(service('7'));
      interrupt(() => stampToken(cluster, ref, 8));
      await expect(fencedApply(cluster, wanted, 7)).rejects.toMatchObject({ code: 'Superseded' });
      expect(await selected(cluster)).toBeUndefined();
      expect(await cluster.get(ref)).toMatchObject({
        metadata: { annotations: { 'streamgate.io/token': '8' } },
      });
    }));

  it.each([
    ['deleted', async () => {}, undefined],
    ['made anew', (cluster: Cluster) => cluster.create(service('7')), 'green'],
  ])('given an object that is %s in between, is for what stands there then', (_what, then, slot) =>
    inPlace(async ({ cluster, interrupt }) => {
      await cluster.create(service('7'));
      interrupt(async () => {
        await cluster.delete(ref);
        await then(cluster);
      });
      const applied = fencedApply(cluster, wanted, 7);
      if (slot === undefined)
        await expect(applied).rejects.toMatchObject({ message: expect.stringContaining('disappeared') });
      else await applied;
      expect(await selected(cluster)).toBe(slot);
    }),
  );

  it('gives up on somebody who is always faster, and says so', () =>
    inPlace(async ({ cluster }) => {
      await cluster.create(service('7'));
      const apply = () => Promise.reject(new StreamGateError('Conflict', 'it has been modified'));
      await expect(fencedApply({ ...cluster, apply }, wanted, 7)).rejects.toMatchObject({
        code: 'Conflict',
        message: expect.stringContaining('at each of 20 tries'),
      });
    }));
});

describe('a stamp', () => {
  it.each([
    ['no annotations at all', service()],
    ['an older token', service('6')],
    ['a token that is no number', service('what?')],
  ])('is put on an object with %s', (_what, object) =>
    inPlace(async ({ cluster }) => {
      await cluster.create(object);
      const stamped = await stampToken(cluster, ref, 7);
      expect(stamped?.metadata.annotations).toEqual({
        ...object.metadata.annotations,
        'streamgate.io/token': '7',
      });
    }),
  );

  it('is not written twice', () =>
    inPlace(async ({ cluster, patches }) => {
      await cluster.create(service('7'));
      await stampToken(cluster, ref, 7);
      expect(patches).toEqual([]);
    }));

  it('is refused by the token of a newer release', () =>
    inPlace(async ({ cluster }) => {
      await cluster.create(service('8'));
      await expect(stampToken(cluster, ref, 7)).rejects.toMatchObject({ code: 'Superseded' });
    }));

  it('of an object that is not there is none', () =>
    inPlace(async ({ cluster }) => {
      expect(await stampToken(cluster, ref, 7)).toBeUndefined();
    }));
});

describe('the token of an object', () => {
  it.each([
    ['12', 12],
    ['1.5', undefined],
    ['12a', undefined],
    ['9007199254740993', undefined],
  ])('%p reads as %p', (text, token) => {
    expect(tokenOf(service(text))).toBe(token);
  });
});

describe('the replacement of a field', () => {
  const object: KubeObject = {
    ...service('7'),
    spec: { replicas: 2, nested: { 'a/b~c': [1, { x: 1, y: 2 }] } },
  };

  it('tests what stands there', () => {
    expect(replaceField(object, ['spec', 'replicas'], 3)).toEqual([
      { op: 'test', path: '/spec/replicas', value: 2 },
      { op: 'replace', path: '/spec/replicas', value: 3 },
    ]);
  });

  it('escapes the keys of its path', () => {
    expect(replaceField(object, ['spec', 'nested', 'a/b~c', 0], 2)[0]).toMatchObject({
      path: '/spec/nested/a~1b~0c/0',
    });
  });

  it('adds what is not there yet', () => {
    expect(replaceField(object, ['spec', 'paused'], true)).toEqual([
      { op: 'add', path: '/spec/paused', value: true },
    ]);
  });

  it('is nothing for an equal value, whatever the order of its keys', () => {
    expect(replaceField(object, ['spec', 'nested', 'a/b~c', 1], { y: 2, x: 1 })).toEqual([]);
  });
});
