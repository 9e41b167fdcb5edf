import { at } from '../../src/base/index.ts';
import type { ApiRequest, Sandbox } from '../../src/sandbox/index.ts';

/** A place in the life of a run: its n-th write, counted from 1, before it is carried out or before its answer. */
export interface Point {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** A write that came to the gate. */
export interface SeenWrite {
  readonly nth: number;
  /** `PATCH services/shop`. */
  readonly what: string;
  /** The step of the release that it belongs to, as the journal names it; empty before the first. */
  readonly step: string;
  readonly body: string;
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
  readonly point?: Point;
  /** The write at the point waits for it. */
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

/** Stands between the runs of one namespace and the API, from now on until it is opened. */
export function closeGate(sandbox: Sandbox, { namespace, point, onPoint }: GateOptions): Gate {
  const writes: SeenWrite[] = [];
  const carriedOut: (SeenWrite & { status: number })[] = [];
  const numbered = new Map<ApiRequest, SeenWrite>();
  let step = '';

  function number(request: ApiRequest): SeenWrite {
    const { body = '' } = request;
    step = stepOf(body) ?? step;
    const write = { nth: writes.length + 1, what: describeWrite(request, namespace), step, body };
    writes.push(write);
    numbered.set(request, write);
    return write;
  }

  async function hold(write: SeenWrite, when: Point['when']): Promise<void> {
    if (write.nth === point?.nth && when === point.when) await onPoint?.(write);
  }

  const open = sandbox.faults.add(
    {
      where: (request) =>
        (request.headers['user-agent'] ?? '').startsWith('streamgate') &&
        request.path.includes(`/namespaces/${namespace}/`) &&
        isWrite(request),
    },
    {
      kind: 'hold',
      before: (request) => hold(number(request), 'before'),
      async after(request, status) {
        const write = numbered.get(request);
        if (write === undefined) return;
        carriedOut.push({ ...write, status });
        await hold(write, 'after');
      },
    },
  );
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
