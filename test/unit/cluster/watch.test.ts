import { describe, expect, it } from '@jest/globals';
import type { ApiResponse, KubeObject, WatchEvent } from '../../../src/cluster/index.ts';
import { type ApiPlace, inApiPlace } from '../../support/api-place.ts';

const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
const everything = { namespace: 'default' };
const map = (name: string, value = '1'): KubeObject => ({
  ...kind,
  metadata: { name, namespace: 'default' },
  data: { value },
});
const refOf = (name: string) => ({ ...kind, namespace: 'default', name });
const isWatch = (path: string) => path.includes('watch=true');

/** Follows the ConfigMaps; gives what was told, as `ADDED a=1`. */
function follow({ cluster }: ApiPlace, known: readonly KubeObject[] = []) {
  const stop = new AbortController();
  const told: string[] = [];
  const onEvent = ({ type, object }: WatchEvent) => {
    const { value } = (object.data ?? {}) as { value?: string };
    told.push(`${type} ${object.metadata.name}=${value}`);
  };
  const ended = cluster.watch(kind, everything, onEvent, stop.signal, known);
  return {
    told,
    async end() {
      stop.abort();
      await ended;
    },
  };
}

const answer = (status: number, ...lines: readonly unknown[]): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: (async function* () {
    for (const line of lines) yield `${JSON.stringify(line)}\n`;
  })(),
});

const gone = {
  type: 'ERROR',
  object: { kind: 'Status', status: 'Failure', code: 410, reason: 'Expired', message: 'too old' },
};

describe('a watch', () => {
  it('begins with what differs from what was known, also with what has gone since', () =>
    inApiPlace(async (place) => {
      const { cluster, clock } = place;
      const known = [await cluster.create(map('a')), await cluster.create(map('b'))];
      known.push(await cluster.create(map('c')));
      await cluster.delete(refOf('a'));
      await cluster.mergePatch(refOf('b'), { data: { value: '2' } });
      const { told, end } = follow(place, known);
      await clock.sleep(100);
      await end();
      expect(told).toEqual(['DELETED a=1', 'MODIFIED b=2']);
    }));

  it('tells all that is there, then each change', () =>
    inApiPlace(async (place) => {
      const { cluster, clock } = place;
      await cluster.create(map('a'));
      const { told, end } = follow(place);
      await clock.sleep(100);
      await cluster.create(map('b'));
      await cluster.mergePatch(refOf('a'), { data: { value: '2' } });
      await cluster.delete(refOf('b'));
      await clock.sleep(100);
      await end();
      expect(told).toEqual(['ADDED a=1', 'ADDED b=1', 'MODIFIED a=2', 'DELETED b=1']);
    }));

  it('tells nothing twice, however long it is quiet', () =>
    inApiPlace(async (place) => {
      await place.cluster.create(map('a'));
      const { told, end } = follow(place);
      await place.clock.sleep(60_000);
      await end();
      expect(told).toEqual(['ADDED a=1']);
    }));

  it('that says nothing is not trusted for longer than five seconds', () =>
    inApiPlace(async (place) => {
      const { cluster, sandbox, clock } = place;
      await cluster.create(map('a'));
      await cluster.create(map('b'));
      sandbox.faults.add({ path: /configmaps/ }, { kind: 'silent-watch' });
      const { told, end } = follow(place);
      await clock.sleep(100);
      await cluster.mergePatch(refOf('a'), { data: { value: '2' } });
      await cluster.delete(refOf('b'));
      await cluster.create(map('c'));
      await clock.sleep(5_500);
      await end();
      expect(told).toEqual(['ADDED a=1', 'ADDED b=1', 'DELETED b=1', 'MODIFIED a=2', 'ADDED c=1']);
    }));

  it('tells an object that was replaced by one of the same name as gone and come', () =>
    inApiPlace(async (place) => {
      const { cluster, sandbox, clock } = place;
      await cluster.create(map('a'));
      sandbox.faults.add({ path: /configmaps/ }, { kind: 'silent-watch' });
      const { told, end } = follow(place);
      await clock.sleep(100);
      await cluster.delete(refOf('a'));
      await cluster.create(map('a', '2'));
      await clock.sleep(6_000);
      await end();
      expect(told).toEqual(['ADDED a=1', 'DELETED a=1', 'ADDED a=2']);
    }));

  it.each([
    ['410 in its stream', () => Promise.resolve(answer(200, gone))],
    ['410 instead of a stream', () => Promise.resolve(answer(410, gone.object))],
    ['an end at once', () => Promise.resolve(answer(200))],
    ['a line that is no JSON', () => Promise.resolve({ ...answer(200), body: textOf('{"type":\n') })],
    ['a connection that breaks', () => Promise.reject(new Error('ECONNRESET'))],
  ])('goes on after %s, without a storm of lists', (_what, trouble) => {
    let troubles = 0;
    return inApiPlace(
      async (place) => {
        const { cluster, clock, sent } = place;
        const { told, end } = follow(place);
        await cluster.create(map('a'));
        await clock.sleep(10_000);
        await end();
        expect(told).toEqual(['ADDED a=1']);
        expect(troubles).toBeGreaterThan(5);
        expect(sent.filter(({ method }) => method === 'GET').length).toBeLessThan(60);
      },
      (send) => (request) => {
        if (!isWatch(request.path)) return send(request);
        troubles += 1;
        return trouble();
      },
    );
  });

  it('survives an API that is away for a while', () =>
    inApiPlace(async (place) => {
      const { cluster, sandbox, clock } = place;
      const { told, end } = follow(place);
      await clock.sleep(100);
      sandbox.faults.stopApi('refuse');
      await clock.sleep(20_000);
      sandbox.faults.startApi();
      await cluster.create(map('a'));
      await clock.sleep(12_000);
      await end();
      expect(told).toEqual(['ADDED a=1']);
    }));

  it('puts lines together that come in pieces', () => {
    const event = { type: 'ADDED', object: { ...map('z'), metadata: { name: 'z', resourceVersion: '9' } } };
    const text = `${JSON.stringify(event)}\n`;
    let first = true;
    return inApiPlace(
      async (place) => {
        const { told, end } = follow(place);
        await place.clock.sleep(100);
        await end();
        expect(told[0]).toBe('ADDED z=1');
      },
      (send) => async (request) => {
        if (!isWatch(request.path) || !first) return send(request);
        first = false;
        return { ...answer(200), body: textOf(text.slice(0, 7), text.slice(7, 8), text.slice(8)) };
      },
    );
  });

  it('ends quietly when it is told to', () =>
    inApiPlace(async (place) => {
      const { end } = follow(place);
      await end();
    }));
});

async function* textOf(...chunks: readonly string[]): AsyncIterable<string> {
  yield* chunks;
}
