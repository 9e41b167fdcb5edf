import { createVirtualClock } from '../../src/base/index.ts';
import { readBody } from '../../src/sandbox/api/respond.ts';
import { startApi } from '../../src/sandbox/start-api.ts';
import { jsonOrText } from './json-or-text.ts';

/** What a test looks into: an answer's body, as untyped as the wire. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of any kind
export type Body = any;

const patches = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

/** The sandbox's API without sockets, pods or real time. */
export function openApi(limits: { readonly history?: number } = {}) {
  const clock = createVirtualClock();
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, warn: (message: string) => void warnings.push(message), error() {} };
  const { api, context, stop } = startApi({ clock, log, ...limits });

  async function ask(method: string, path: string, body?: unknown, patch?: keyof typeof patches) {
    const type = patch === undefined ? 'application/json' : patches[patch];
    const headers = { 'user-agent': 'test/1', 'content-type': type };
    const text = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await api.handle({ method, path, headers, ...text });
    const answer: { status: number; headers: Readonly<Record<string, string>>; body: Body } = {
      status: response.status,
      headers: response.headers,
      body: jsonOrText(await readBody(response.body)),
    };
    return answer;
  }

  /** Events of a watch, collected until `stopWatch`. */
  async function watch(path: string) {
    const gone = new AbortController();
    const response = await api.handle({ method: 'GET', path, headers: {}, signal: gone.signal });
    const events: { type: string; object: Body }[] = [];
    const ended = (async () => {
      for await (const line of response.body) events.push(JSON.parse(line));
    })();
    return {
      events,
      ended,
      stopWatch: () => {
        gone.abort();
        return ended;
      },
    };
  }

  return {
    api,
    clock,
    context,
    warnings,
    ask,
    watch,
    close() {
      stop();
      clock.stop();
    },
  };
}
