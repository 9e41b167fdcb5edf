import { sleepOn } from '../../src/base/clock.ts';
import { type Clock, silentLog } from '../../src/base/index.ts';
import { type ApiRequest, createCluster, type Transport } from '../../src/cluster/index.ts';
import type { RunRequest } from '../../src/release/index.ts';
import { describeWrite, isWrite } from './killed-run.ts';
import { fakeWitness, fixedGate, type Lab } from './release-lab.ts';

/** A run as a process of its own, which stops in front of one of its writes and may be continued. */
export interface Stoppable {
  /** What makes a run of the lab be this process. */
  readonly change: Pick<RunRequest, 'cluster' | 'watch' | 'clock'>;
  /** Resolves when it has stopped. */
  readonly stopped: Promise<'stopped'>;
  /** `7: PATCH services/shop`: the write in front of which it stopped. */
  at(): string;
  continue(): void;
  /** What it wrote with success after it was continued. */
  readonly writtenLate: readonly ApiRequest[];
  end(): void;
}

/** As by SIGSTOP and SIGCONT: while it is stopped, nothing of it goes on, its timers included. */
export function startStoppable(lab: Lab, nth: number): Stoppable {
  const writtenLate: ApiRequest[] = [];
  const continued = createSignal();
  const stopped = createSignal();
  const end = new AbortController();
  let writes = 0;
  let state: 'runs' | 'is stopped' | 'runs late' = 'runs';
  let at = '';

  const clock: Clock = {
    now: () => lab.clock.now(),
    monotonic: () => lab.clock.monotonic(),
    sleep: (ms, signal) => sleepOn(clock, ms, signal),
    after(ms, callback) {
      let isCancelled = false;
      const cancel = lab.clock.after(ms, async () => {
        if (state === 'is stopped') await continued.promise;
        if (!isCancelled) callback();
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };

  const transport: Transport = {
    name: 'stoppable',
    async send(request) {
      if (isWrite(request) && state === 'runs' && ++writes === nth) {
        state = 'is stopped';
        at = `${nth}: ${describeWrite(request)}`;
        stopped.give();
      }
      if (state === 'is stopped') await continued.promise;
      if (request.signal?.aborted) throw request.signal.reason;
      const response = await lab.sandbox.handle(request);
      if (state === 'runs late' && isWrite(request) && response.status < 300) writtenLate.push(request);
      return response;
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const signal = new AbortController().signal;
  return {
    change: {
      clock,
      cluster: createCluster({ transport, clock, log: silentLog, signal }),
      watch: async () => ({
        witness: fakeWitness(lab.sandbox, clock, end.signal),
        baseline: fixedGate('baseline'),
        traffic: fixedGate('traffic'),
      }),
    },
    stopped: stopped.promise.then(() => 'stopped'),
    at: () => at,
    continue() {
      state = 'runs late';
      continued.give();
    },
    writtenLate,
    end: () => end.abort(),
  };
}

function createSignal() {
  let give = () => {};
  const promise = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { promise, give: () => give() };
}
