import type { TableRequest } from './requests.ts';

const core = '/api/v1/namespaces/{ns}';
const list = `${core}/configmaps`;
const config = (name: string, labels: object = {}) => ({ metadata: { name, labels }, data: { a: '1' } });
/** A watch that ends by itself, from the version that an earlier answer named or from a given one. */
const watch = (about: string, from: string, query = '', seconds = 1): TableRequest => ({
  about: `watch: ${about}`,
  method: 'GET',
  path: `${list}?watch=true&timeoutSeconds=${seconds}&resourceVersion=${from}${query}`,
  events: true,
});
const since = (about: string) => `{version of ${about}}`;

/** What a client sees that follows objects. */
export const watching: readonly TableRequest[] = [
  { about: 'watch: first', method: 'POST', path: list, body: config('first', { seen: 'yes' }) },
  { about: 'watch: second', method: 'POST', path: list, body: config('second') },
  {
    about: 'watch: change',
    method: 'PATCH',
    path: `${list}/first`,
    patch: 'merge',
    body: { metadata: { labels: { seen: 'no' } } },
  },
  { about: 'watch: removal', method: 'DELETE', path: `${list}/second` },
  watch('all since the first', since('watch: first')),
  watch('all since the change', since('watch: change')),
  watch('those with a label, which one loses', since('watch: first'), '&labelSelector=seen%3Dyes'),
  watch('those with a label, which one gets', since('watch: first'), '&labelSelector=seen%3Dno'),
  watch('one by its name', since('watch: first'), '&fieldSelector=metadata.name%3Dsecond'),
  watch('from the state', '0'),
  watch('for a second with bookmarks', since('watch: change'), '&allowWatchBookmarks=true'),
  watch('for five seconds with bookmarks', since('watch: change'), '&allowWatchBookmarks=true', 5),
  watch('from a version that is too old', '1'),
  watch('from no version', 'new'),
  watch(
    'the state and its end',
    '',
    '&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
  ),
  { ...watch('bad selector', '0', '&labelSelector=a%3D%3D%3Db'), loosely: true },
  { about: 'watch: no such kind', method: 'GET', path: `${core}/gadgets?watch=true` },
  {
    about: 'watch: one object',
    method: 'GET',
    path: `${list}?watch=1&timeoutSeconds=1&fieldSelector=metadata.name=first`,
    events: true,
  },
  { about: 'watch: first: delete', method: 'DELETE', path: `${list}/first` },
];
