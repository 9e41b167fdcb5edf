import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { at } from '../../src/base/index.ts';
import { jsonOrText } from '../support/json-or-text.ts';
import type { connectTo } from '../support/kube-client.ts';
import { openChannels } from './frames.ts';
import { normalise } from './play.ts';
import { pods, type RunningPodRow, runningPods } from './running-pods.ts';

export interface PodStage {
  readonly client: Awaited<ReturnType<typeof connectTo>>;
  readonly namespace: string;
  /** What runs `programs/talker.mjs`, given as its command where images do not bring it. */
  readonly image: string;
  readonly command?: readonly string[];
}

type Row<Kind> = Extract<RunningPodRow, { kind: Kind }>;

const headers = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'table/1' };
/** What never comes is written down as such. */
const patienceMs = 10_000;

/** Makes the pods and plays every row; answers what each showed, without what differs from run to run. */
export async function playRunningPods(stage: PodStage): Promise<Map<string, unknown>> {
  await makePods(stage);
  const answers = new Map<string, unknown>();
  for (const row of runningPods) {
    const answer = normalise(await play(stage, row), stage.namespace);
    answers.set(row.about, row.loosely ? withoutWords(answer) : answer);
  }
  return answers;
}

function play(stage: PodStage, row: RunningPodRow): Promise<unknown> {
  switch (row.kind) {
    case 'ask':
      return ask(stage, row.path, row.method);
    case 'follow':
      return follow(stage, row);
    case 'upgrade':
      return upgrade(stage, row);
    case 'restart':
      return restart(stage, row);
  }
}

const pathOf = ({ namespace }: PodStage, path = '') => `/api/v1/namespaces/${namespace}/pods/${path}`;

const ask = (stage: PodStage, path: string, method = 'GET', body?: object) =>
  stage.client.ask({
    method,
    path: pathOf(stage, path),
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

async function makePods(stage: PodStage): Promise<void> {
  for (const { name, containers, ...more } of pods) {
    const spec = {
      terminationGracePeriodSeconds: 1,
      restartPolicy: 'once' in more ? 'Never' : 'Always',
      containers: containers.map((container) => ({
        name: container.name,
        image: 'image' in more ? more.image : stage.image,
        ...(stage.command && { command: stage.command }),
        env: Object.entries(container.env).map(([key, value]) => ({ name: key, value })),
      })),
    };
    const path = pathOf(stage).slice(0, -1);
    const body = JSON.stringify({ metadata: { name }, spec });
    const { status, body: said } = await stage.client.ask({ method: 'POST', path, headers, body });
    if (status !== 201) throw new Error(`${name}: ${status} ${JSON.stringify(said)}`);
  }
  for (const { name, ...more } of pods) {
    if ('image' in more) await until(stage, name, ({ waiting }) => waiting === 'ImagePullBackOff');
    else if ('once' in more) await until(stage, name, ({ ended }) => ended);
    else {
      await until(stage, name, ({ ready }) => ready);
      await untilItListens(stage, name);
    }
  }
}

interface PodState {
  readonly waiting: unknown;
  readonly ended: boolean;
  readonly ready: boolean;
  readonly restarts: number;
}

async function until(stage: PodStage, name: string, holds: (state: PodState) => boolean): Promise<void> {
  for (let n = 0; n < 600; n++) {
    const { body } = await ask(stage, name);
    const first = at(body, 'status', 'containerStatuses', 0);
    const all = at(body, 'status', 'containerStatuses');
    const state = {
      waiting: at(first, 'state', 'waiting', 'reason'),
      ended: at(first, 'state', 'terminated') !== undefined,
      ready: Array.isArray(all) && all.every((one) => at(one, 'ready') === true),
      restarts: Number(at(first, 'restartCount') ?? 0),
    };
    if (holds(state)) return;
    await pause(100);
  }
  throw new Error(`pod ${name} never came to what the table needs`);
}

/** A container without a probe is ready before its program listens. */
async function untilItListens(stage: PodStage, name: string): Promise<void> {
  for (let n = 0; n < 100; n++) {
    if ((await talkTo(stage, name, 'echo')) !== '') return;
    await pause(100);
  }
  throw new Error(`nothing listens in pod ${name}`);
}

/** Says a line to the program on port 8080; answers what it says until it is silent for a while, or has hung up. */
async function talkTo(stage: PodStage, name: string, line: string): Promise<string> {
  const row = runningPods.find((one) => one.kind === 'upgrade');
  const path = pathOf(stage, `${name}/portforward?ports=8080`);
  const opened = await open(stage, path, row?.kind === 'upgrade' ? row.headers : {});
  if (!('channels' in opened)) return '';
  opened.channels.say(0, `${line}\n`);
  const answer = () => opened.channels.heard()[0]?.text ?? '';
  await waitFor(() => answer() !== '' || opened.channels.closed() !== undefined);
  opened.channels.close();
  return answer();
}

async function restart(stage: PodStage, { path }: Row<'restart'>): Promise<unknown> {
  await talkTo(stage, path, 'exit 3');
  await until(stage, path, ({ restarts, ready }) => restarts === 1 && ready);
  await untilItListens(stage, path);
  const { body } = await ask(stage, path);
  const last = at(body, 'status', 'containerStatuses', 0, 'lastState', 'terminated');
  return { exitCode: at(last, 'exitCode'), reason: at(last, 'reason') };
}

async function follow(stage: PodStage, { path, say }: Row<'follow'>): Promise<unknown> {
  const call = stage.client.begin({ method: 'GET', path: pathOf(stage, path), headers });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    call.on('response', resolve).on('error', reject).end();
  });
  let [text, ended] = ['', false];
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  answer
    .on('error', () => undefined)
    .on('end', () => {
      ended = true;
    });
  if (say !== undefined) await talkTo(stage, path.split('/')[0] ?? '', `say ${say}`);
  await waitFor(() => ended || (say !== undefined && text.includes(say)));
  const type = answer.headers['content-type'];
  const seen = { status: answer.statusCode, type, body: text, ended };
  call.destroy();
  return seen;
}

async function upgrade(
  stage: PodStage,
  { path, headers: asked, talk = [], untilClosed }: Row<'upgrade'>,
): Promise<unknown> {
  const opened = await open(stage, pathOf(stage, path), asked);
  if (!('channels' in opened)) return opened;
  const { channels, protocol } = opened;
  const texts = new Map<number, string>();
  for (const { channel, say, answer } of talk) {
    channels.say(channel, say);
    texts.set(channel, `${texts.get(channel) ?? ''}${answer}`);
    await waitFor(() => (channels.heard()[channel]?.text ?? '') === texts.get(channel));
  }
  await waitFor(() =>
    untilClosed ? channels.closed() !== undefined : Object.keys(channels.heard()).length >= 2,
  );
  const seen = { status: 101, protocol, heard: channels.heard(), closed: channels.closed() ?? 'not' };
  channels.close();
  return seen;
}

/** The answer to an upgrade: channels, or what stands in their way. */
function open({ client }: PodStage, path: string, asked: Readonly<Record<string, string>>) {
  type Opened =
    | { readonly channels: ReturnType<typeof openChannels>; readonly protocol: unknown }
    | { readonly status: number; readonly body: unknown };
  return new Promise<Opened>((resolve, reject) => {
    const call = client.begin({ method: 'GET', path, headers: { ...asked, 'user-agent': 'table/1' } });
    call.on('upgrade', (answer, socket, head) =>
      resolve({ channels: openChannels(socket, head), protocol: answer.headers['sec-websocket-protocol'] }),
    );
    call.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: jsonOrText(text) }));
    });
    call.on('error', reject).end();
  });
}

async function waitFor(holds: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!holds() && Date.now() < giveUpAt) await pause(20);
}

/** What is left of an answer whose words are those of a program: that there were some. */
function withoutWords(answer: unknown): unknown {
  const text = JSON.stringify(answer, (key, value: unknown) =>
    (key === 'text' || key === 'message') && typeof value === 'string' && value !== '' ? '<words>' : value,
  );
  return JSON.parse(text);
}
