import { at } from '../../src/base/index.ts';
import type { Answer } from '../../src/load/index.ts';
import type { GatewayLogEntry, PodName } from '../../src/sandbox/index.ts';

/** What a pod said about one request. */
export interface PodEntry {
  readonly id: string;
  readonly pod: string;
  readonly status: number;
}

/** What the witnesses saw of the same requests; none knows of the others. */
export interface Testimony {
  /** Ids of the arrivals that were due, whatever became of them. */
  readonly planned: readonly string[];
  /** How each of them ended, as the prober says. */
  readonly answers: readonly Pick<Answer, 'id' | 'population' | 'class' | 'status' | 'detail'>[];
  /** Null where callers come to the Service by themselves, so that nobody stands between. */
  readonly gateway: readonly Pick<GatewayLogEntry, 'id' | 'pod' | 'status'>[] | null;
  readonly pods: readonly PodEntry[];
}

/**
 * Where the witnesses contradict each other; empty when every request is accounted for:
 * each planned id has one answer and is exactly once in the log of the gateway and at most once in those of the pods;
 * what is called ok is in all of them with one status; what no pod saw was a failure; and nobody saw anything else.
 */
export function contradictions({ planned, answers, gateway, pods }: Testimony): readonly string[] {
  const said = groupById(answers);
  const passed = groupById(gateway ?? []);
  const served = groupById(pods);
  const found: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) found.push(what);
  };
  expect(new Set(planned).size === planned.length, 'an id was planned twice');
  for (const id of planned) {
    const [ended = [], entries = [], lines = []] = [said.get(id), passed.get(id), served.get(id)];
    expect(ended.length === 1, `${id}: the prober says ${ended.length} times how it ended`);
    if (gateway !== null)
      expect(entries.length === 1, `${id}: ${entries.length} times in the log of the gateway`);
    expect(lines.length <= 1, `${id}: served ${lines.length} times`);
    const [[answer], [entry], [line]] = [ended, entries, lines];
    if (line !== undefined && gateway !== null)
      expect(line.pod === entry?.pod, `${id}: sent to pod ${entry?.pod}, served by ${line.pod}`);
    if (answer?.class !== 'ok') continue;
    expect(line !== undefined, `${id}: called ok, and no pod served it`);
    const statuses = [answer.status, ...(gateway === null ? [] : [entry?.status]), line?.status];
    expect(new Set(statuses).size === 1, `${id}: called ok with statuses ${statuses.join(', ')}`);
  }
  const known = new Set(planned);
  for (const { id } of [...answers, ...(gateway ?? []), ...pods])
    expect(known.has(id), `${id}: nobody planned this request`);
  return found;
}

function groupById<T extends { readonly id: string }>(entries: readonly T[]): ReadonlyMap<string, T[]> {
  return Map.groupBy(entries, ({ id }) => id);
}

/** Collects the request logs of all pods as they are printed: a pod's own log is gone with the pod. */
export function collectPodLogs() {
  const entries: PodEntry[] = [];
  const rests = new Map<string, string>();

  function keep(line: string): void {
    const entry = parseLine(line);
    const [id, pod, status] = [at(entry, 'id'), at(entry, 'pod'), at(entry, 'status')];
    // Requests of others, such as a smoke test, carry no id.
    if (typeof id !== 'string' || id === '') return;
    entries.push({ id, pod: String(pod), status: Number(status) });
  }

  return {
    entries: entries as readonly PodEntry[],
    onPodOutput({ namespace, name }: PodName, text: string): void {
      const key = `${namespace}/${name}`;
      const lines = `${rests.get(key) ?? ''}${text}`.split('\n');
      rests.set(key, lines.pop() ?? '');
      for (const line of lines) keep(line);
    },
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Pods also print what is no request, such as a stack trace.
    return undefined;
  }
}
