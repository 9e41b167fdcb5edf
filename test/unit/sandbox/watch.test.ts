import { afterEach, describe, expect, it } from '@jest/globals';
import { openApi } from '../../support/in-process-api.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const map = (name: string, labels: Readonly<Record<string, string>> = {}) => ({ metadata: { name, labels } });

describe('a watch', () => {
  let api = openApi();
  afterEach(() => {
    api.close();
    api = openApi();
  });
  const seen = (events: readonly { type: string; object: { metadata: { name: string } } }[]) =>
    events.map(({ type, object }) => `${type} ${object.metadata.name}`);

  it('without a version begins with what exists and goes on with each change', async () => {
    await api.ask('POST', maps, map('a'));
    const { events, stopWatch } = await api.watch(`${maps}?watch=true`);
    await api.ask('POST', maps, map('b'));
    await api.ask('PATCH', `${maps}/b`, { data: { x: '1' } }, 'merge');
    await api.ask('DELETE', `${maps}/a`);
    await stopWatch();
    expect(seen(events)).toEqual(['ADDED a', 'ADDED b', 'MODIFIED b', 'DELETED a']);
  });

  it('from a version misses nothing that came after it', async () => {
    const { body } = await api.ask('GET', maps);
    await api.ask('POST', maps, map('a'));
    await api.ask('DELETE', `${maps}/a`);
    const { events, stopWatch } = await api.watch(
      `${maps}?watch=true&resourceVersion=${body.metadata.resourceVersion}`,
    );
    await stopWatch();
    expect(seen(events)).toEqual(['ADDED a', 'DELETED a']);
  });

  it('shows an object that ceases to match as deleted, and one that begins to as added', async () => {
    await api.ask('POST', maps, map('a', { slot: 'blue' }));
    const { events, stopWatch } = await api.watch(`${maps}?watch=true&labelSelector=slot%3Dblue`);
    await api.ask('PATCH', `${maps}/a`, { metadata: { labels: { slot: 'green' } } }, 'merge');
    await api.ask('PATCH', `${maps}/a`, { metadata: { labels: { slot: 'blue' } } }, 'merge');
    await stopWatch();
    expect(seen(events)).toEqual(['ADDED a', 'DELETED a', 'ADDED a']);
  });

  it('from a version that is forgotten is told so and ends', async () => {
    api.close();
    api = openApi({ history: 2 });
    for (const name of ['a', 'b', 'c', 'd']) await api.ask('POST', maps, map(name));
    const { events, ended } = await api.watch(`${maps}?watch=true&resourceVersion=1`);
    await ended;
    expect(events).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } },
    ]);
  });

  it('ends at its timeout, with a bookmark of where it was', async () => {
    const begin = api.clock.monotonic();
    const { events, ended } = await api.watch(
      `${maps}?watch=true&allowWatchBookmarks=true&timeoutSeconds=100`,
    );
    await api.ask('POST', '/api/v1/namespaces/default/secrets', map('other-kind'));
    await ended;
    expect(api.clock.monotonic() - begin).toBe(100_000);
    const bookmarks = events.filter(({ type }) => type === 'BOOKMARK');
    const { body } = await api.ask('GET', maps);
    expect(bookmarks.map(({ object }) => object.metadata.resourceVersion)).toContain(
      body.metadata.resourceVersion,
    );
  });

  it('of a list with initial events marks their end', async () => {
    await api.ask('POST', maps, map('a'));
    const query =
      'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const { events, stopWatch } = await api.watch(`${maps}?${query}`);
    await stopWatch();
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[1]?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
  });

  it('leaves no timer behind', async () => {
    const before = api.clock.pending();
    const { stopWatch } = await api.watch(`${maps}?watch=true&allowWatchBookmarks=true`);
    expect(api.clock.pending()).toBeGreaterThan(before);
    await stopWatch();
    expect(api.clock.pending()).toBe(before);
  });
});
