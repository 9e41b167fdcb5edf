/** A row of the table of what takes a pod that runs: its log, and ways to its ports. Rows are played in order. */
export type RunningPodRow = {
  /** What is to be seen; also the key of the recorded answer. */
  readonly about: string;
  /** After `/api/v1/namespaces/NAMESPACE/pods/`. */
  readonly path: string;
  /** Where the words are those of a program: only the status counts, and whether there were any. */
  readonly loosely?: true;
} & (
  | { readonly kind: 'ask'; readonly method?: 'GET' | 'POST' }
  /** A log that goes on: after these words were said in the pod, it is read until they come; without any, to its end. */
  | { readonly kind: 'follow'; readonly say?: string }
  /** An upgrade. What is said on the channels is answered, or the server closes. */
  | {
      readonly kind: 'upgrade';
      readonly headers: Readonly<Record<string, string>>;
      readonly talk?: readonly { readonly channel: number; readonly say: string; readonly answer: string }[];
      readonly untilClosed?: true;
    }
  /** Ends the program of the pod, and waits until it runs again. */
  | { readonly kind: 'restart' }
);

export const pods = [
  { name: 'talker', containers: [{ name: 'app', env: { NAME: 'app', PORT: '8080' } }] },
  {
    name: 'pair',
    containers: [
      { name: 'app', env: { NAME: 'app', PORT: '8080' } },
      { name: 'side', env: { NAME: 'side', LINES: '1', PORT: '8081' } },
    ],
  },
  { name: 'done', once: true, containers: [{ name: 'app', env: { REST: 'no end', EXIT_CODE: '0' } }] },
  { name: 'failed', once: true, containers: [{ name: 'app', env: { LINES: '1', EXIT_CODE: '3' } }] },
  { name: 'unpulled', image: 'localhost/none:v1', containers: [{ name: 'app', env: {} }] },
] as const;

const log = (about: string, path: string): RunningPodRow => ({ kind: 'ask', about: `log: ${about}`, path });

const webSocket = (...protocols: readonly string[]) => ({
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'YSBrZXkgb2YgMTYgYnl0ZQ==',
  ...(protocols.length > 0 && { 'sec-websocket-protocol': protocols.join(', ') }),
});
const v4 = webSocket('v4.channel.k8s.io');
const forward = (about: string, path: string, more: object = {}): RunningPodRow => ({
  kind: 'upgrade',
  headers: v4,
  about: `port-forward: ${about}`,
  path,
  ...more,
});
const echo = (channel: number, word: string) => ({ channel, say: `${word}\n`, answer: `echo ${word}\n` });

const logs: readonly RunningPodRow[] = [
  log('all of it', 'talker/log'),
  log('its last lines', 'talker/log?tailLines=2'),
  log('none of its lines', 'talker/log?tailLines=0'),
  log('more lines than there are', 'talker/log?tailLines=100'),
  log('lines that are no number', 'talker/log?tailLines=many'),
  log('its first bytes', 'talker/log?limitBytes=10'),
  log('no bytes at all', 'talker/log?limitBytes=0'),
  log('of a container by its name', 'talker/log?container=app'),
  log('of a container that it does not have', 'talker/log?container=none'),
  log('of the run before, where there was none', 'talker/log?previous=true'),
  log('of one of two containers, none named', 'pair/log'),
  log('of the first of two', 'pair/log?container=app&tailLines=1'),
  log('of the second of two', 'pair/log?container=side'),
  log('of none of the two', 'pair/log?container=none'),
  log('of a pod that has ended', 'done/log'),
  log('whose last line has no end', 'done/log?tailLines=1'),
  log('of a pod that has failed', 'failed/log'),
  log('of the run before, of a pod that ran once', 'failed/log?previous=true'),
  log('of a container whose image is pulled in vain', 'unpulled/log'),
  log('of the run before, of one that never ran', 'unpulled/log?previous=true'),
  { kind: 'ask', about: 'log: by POST', path: 'talker/log', method: 'POST' },
  {
    kind: 'follow',
    about: 'log: followed',
    path: 'talker/log?follow=true&tailLines=1',
    say: 'said meanwhile',
  },
  {
    kind: 'follow',
    about: 'log: followed from now on',
    path: 'talker/log?follow=true&tailLines=0',
    say: 'said later',
  },
  { kind: 'follow', about: 'log: followed of a pod that has ended', path: 'done/log?follow=true' },
  { kind: 'restart', about: 'log: the program ends with 3', path: 'talker' },
  log('after a restart', 'talker/log'),
  log('of the run before', 'talker/log?previous=true'),
  log('the last line of the run before', 'talker/log?previous=true&tailLines=1'),
];

const forwards: readonly RunningPodRow[] = [
  { kind: 'ask', about: 'port-forward: no upgrade', path: 'talker/portforward?ports=8080' },
  {
    kind: 'ask',
    about: 'port-forward: no upgrade by POST',
    path: 'talker/portforward?ports=8080',
    method: 'POST',
  },
  forward('a line and its echo', 'talker/portforward?ports=8080', {
    talk: [echo(0, 'ping'), echo(0, 'pong')],
  }),
  forward('two ports', 'pair/portforward?ports=8080&ports=8081', { talk: [echo(2, 'side'), echo(0, 'app')] }),
  forward('two ports in one text', 'pair/portforward?ports=8080,8081', {
    talk: [echo(0, 'app'), echo(2, 'side')],
  }),
  forward('the program hangs up', 'talker/portforward?ports=8080', {
    talk: [{ channel: 0, say: 'bye\n', answer: 'bye\n' }],
    untilClosed: true,
  }),
  forward('nobody listens', 'talker/portforward?ports=9', { untilClosed: true, loosely: true }),
  forward('no port', 'talker/portforward'),
  forward('a port that is no number', 'talker/portforward?ports=http'),
  forward('port zero', 'talker/portforward?ports=0'),
  forward('a port that is too large', 'talker/portforward?ports=65536'),
  forward('no such pod', 'none/portforward?ports=8080'),
  forward('a pod that has ended', 'done/portforward?ports=8080', { untilClosed: true }),
  forward('a pod whose image is not there', 'unpulled/portforward?ports=8080', {
    untilClosed: true,
    loosely: true,
  }),
  forward('a protocol that is none', 'talker/portforward?ports=8080', { headers: webSocket('v0.none') }),
  forward('no protocol', 'talker/portforward?ports=8080', { headers: webSocket() }),
  forward('one of several protocols', 'talker/portforward?ports=8080', {
    headers: webSocket('v0.none', 'v4.channel.k8s.io'),
    talk: [echo(0, 'ping')],
  }),
];

export const runningPods: readonly RunningPodRow[] = [...logs, ...forwards];
