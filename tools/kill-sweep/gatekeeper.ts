import type { Transform } from 'node:stream';
import { at } from '../../src/base/index.ts';
import type { ApiRequest } from '../../src/sandbox/index.ts';

/** A place in the life of a run: its n-th write, counted from 1, before it is carried out or before its answer. */
export interface Point {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What is done with requests on their way. */
export interface Hooks {
  /** The request is carried out when it resolves, unless its client has gone by then. */
  readonly before: (request: ApiRequest) => Promise<void>;
  /** The request is answered when it resolves. */
  readonly after: (request: ApiRequest, status: number) => Promise<void>;
  /** Said in the place of the API, which then never sees the request. */
  readonly instead?: (request: ApiRequest) => StandIn | undefined;
  /** What its answer goes through, piece by piece. */
  readonly through?: () => Transform;
}

/** An answer that the API did not give. */
export interface StandIn {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Hooks the requests that the function says yes to, from now on. Returns how to let them go again. */
export type Checkpoint = (isMeant: (request: ApiRequest) => boolean, hooks: Hooks) => () => void;

/** A write that came to the gate. */
export interface SeenWrite {
  readonly nth: number;
  /** `PATCH services/shop`. */
  readonly what: string;
  /** The step of the release that it belongs to, as the journal names it; empty before the first. */
  readonly step: string;
  readonly body: string;
}

/** Whether it only writes into the journal what comes next, or came. */
export function isNote({ what }: SeenWrite): boolean {
  return what === 'PATCH configmaps/streamgate-shop';
}

/** Watches what a run writes in one namespace, and stops it at a point of its life. */
export interface Gate {
  readonly writes: readonly SeenWrite[];
  /** Those of them that the API carried out, with how it answered. */
  readonly carriedOut: readonly (SeenWrite & { readonly status: number })[];
  open(): void;
}

export interface GateOptions {
  readonly namespace: string;
  /** Tells the one write that is waited for; asked before each and after each, until it says yes. */
  readonly isPoint?: (write: SeenWrite, when: Point['when']) => boolean;
  /** That write waits for it. */
  readonly onPoint?: (write: SeenWrite) => Promise<void>;
}

/**
 * Whether a request of ours changes something that a release is about. Dry runs and questions for permissions change
 * nothing, and signs of life and Events come whenever they come.
 */
export function isWrite({ method, path, body = '' }: ApiRequest): boolean {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || path.includes('dryRun=All')) return false;
  if (path.includes('accessreviews') || /\/events(\/|\?|$)/.test(path)) return false;
  return !(path.includes('/leases/') && body.includes('"/spec/renewTime"'));
}

/** Stands in the way of the runs of one namespace, from now on until it is opened. */
export function closeGate(checkpoint: Checkpoint, { namespace, isPoint, onPoint }: GateOptions): Gate {
  const writes: SeenWrite[] = [];
  const carriedOut: (SeenWrite & { status: number })[] = [];
  const numbered = new Map<ApiRequest, SeenWrite>();
  let step = '';
  let hasMet = false;

  function number(request: ApiRequest): SeenWrite {
    const { body = '' } = request;
    step = stepOf(body) ?? step;
    const write = { nth: writes.length + 1, what: describeWrite(request, namespace), step, body };
    writes.push(write);
    numbered.set(request, write);
    return write;
  }

  async function hold(write: SeenWrite, when: Point['when']): Promise<void> {
    if (hasMet || isPoint?.(write, when) !== true) return;
    hasMet = true;
    await onPoint?.(write);
  }

  const isOurs = (request: ApiRequest) =>
    (request.headers['user-agent'] ?? '').startsWith('streamgate') &&
    request.path.includes(`/namespaces/${namespace}/`) &&
    isWrite(request);
  const open = checkpoint(isOurs, {
    before: (request) => hold(number(request), 'before'),
    async after(request, status) {
      const write = numbered.get(request);
      if (write === undefined) return;
      carriedOut.push({ ...write, status });
      await hold(write, 'after');
    },
  });
  return { writes, carriedOut, open };
}

function describeWrite({ method, path }: ApiRequest, namespace: string): string {
  const [pathname = ''] = path.split('?');
  return `${method} ${pathname.slice(pathname.indexOf(`/namespaces/${namespace}/`) + namespace.length + 13)}`;
}

/** The step that a write of the journal begins. */
function stepOf(body: string): string | undefined {
  const journal = journalIn(body);
  const steps = at(journal, 'release', 'steps');
  if (!Array.isArray(steps)) return undefined;
  const phase = String(at(journal, 'release', 'phase'));
  if (phase === 'undoing') return 'undoing';
  return String(at(steps.findLast((step) => at(step, 'state') === 'doing') ?? steps.at(-1), 'id') ?? 'begin');
}

/** The journal that a write carries, whether it creates or patches it. */
export function journalIn(body: string): unknown {
  if (!body.includes('streamgate.journal/')) return undefined;
  const sent: unknown = JSON.parse(body);
  const data = Array.isArray(sent)
    ? sent.map((operation) => at(operation, 'value', 'journal')).find((text) => text !== undefined)
    : at(sent, 'data', 'journal');
  return typeof data === 'string' ? JSON.parse(data) : undefined;
}
