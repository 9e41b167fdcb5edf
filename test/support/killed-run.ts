import { silentLog } from '../../src/base/index.ts';
import { type ApiRequest, createCluster, type Transport } from '../../src/cluster/index.ts';
import type { RunRequest } from '../../src/release/index.ts';
import { fakeWitness, fixedGate, type Lab } from './release-lab.ts';

/** Where a run dies: in front of its n-th write, or after that was carried out and before its answer came. */
export interface KillPoint {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** A process of its own: its way to the API, which can be cut for good. */
export interface Doomed {
  /** What makes a run of the lab go this way. */
  readonly change: Pick<RunRequest, 'cluster' | 'watch'>;
  /** Kills it now, whatever it is at. */
  die(): void;
  /** Resolves when the run is dead. */
  readonly dead: Promise<'dead'>;
  /** What it sent to be written, the last one perhaps in vain. */
  readonly writes: readonly ApiRequest[];
  /** Those of them that were carried out. */
  readonly carriedOut: readonly ApiRequest[];
}

/** Whether a request changes something that a release is about: heartbeats and questions are no such thing. */
export function isWrite({ method, path, body = '' }: ApiRequest): boolean {
  if (method === 'GET' || path.includes('dryRun=All') || path.includes('accessreviews')) return false;
  return !(path.includes('/leases/') && body.includes('"/spec/renewTime"'));
}

/** `PATCH services/shop`: enough of a request for a person to know it. */
export function describeWrite({ method, path }: ApiRequest): string {
  return `${method} ${(path.split('?')[0] ?? '').replace(/^.*\/namespaces\/[^/]+\//, '')}`;
}

/** A run whose n-th write never settles, nor anything that it asks afterwards: no catch and no finally of it may run. */
export function startDoomed(lab: Lab, point?: KillPoint): Doomed {
  const writes: ApiRequest[] = [];
  const carriedOut: ApiRequest[] = [];
  const stop = new AbortController();
  const never = new Promise<never>(() => {});
  let isDead = false;
  let die = (_: 'dead') => {};
  const dead = new Promise<'dead'>((resolve) => {
    die = resolve;
  });

  function kill(): Promise<never> {
    isDead = true;
    stop.abort();
    die('dead');
    return never;
  }

  const transport: Transport = {
    name: 'doomed',
    async send(request) {
      if (isDead) return never;
      if (!isWrite(request)) return lab.sandbox.handle(request);
      writes.push(request);
      const isLast = writes.length === point?.nth;
      if (isLast && point.when === 'before') return kill();
      carriedOut.push(request);
      const response = await lab.sandbox.handle(request);
      return isLast ? kill() : response;
    },
    portForward: () => never,
  };
  const signal = new AbortController().signal;
  const cluster = createCluster({ transport, clock: lab.clock, log: silentLog, signal });
  const watch: RunRequest['watch'] = async () => ({
    witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, lab.mode),
    baseline: fixedGate('baseline'),
    traffic: fixedGate('traffic'),
  });
  return { change: { cluster, watch }, die: () => void kill(), dead, writes, carriedOut };
}

/** Loses a run as soon as a step of it is done: its journal has that step at its beginning. */
export async function loseAfter(
  lab: Lab,
  step: string,
  deed: (change: Doomed['change'] & Pick<RunRequest, 'listener'>) => Promise<unknown>,
): Promise<void> {
  const { change, dead, die } = startDoomed(lab);
  const listener: RunRequest['listener'] = {
    plan() {},
    begin() {},
    end({ id }, outcome) {
      if (id === step && outcome === 'done') die();
    },
  };
  const ended = await Promise.race([dead, deed({ ...change, listener })]);
  if (ended !== 'dead') throw new Error(`the run ended without step ${step}`);
}

/** Asks the public address again and again, and keeps what was no good answer. */
export function watchEntry(lab: Lab, everyMs = 25) {
  const stop = new AbortController();
  const lost: string[] = [];
  let asked = 0;
  const look = async () => {
    while (!stop.signal.aborted) {
      const { status, pod } = lab.ask();
      asked += 1;
      if (status !== 200) lost.push(`${status} of pod ${pod || 'none'} at ${lab.clock.monotonic()} ms`);
      await lab.clock.sleep(everyMs, stop.signal).catch(() => undefined);
    }
  };
  void look();
  return {
    lost,
    asked: () => asked,
    end: () => stop.abort(),
  };
}
