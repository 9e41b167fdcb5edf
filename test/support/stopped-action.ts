import type { Arena } from '../../tools/kill-sweep/arena.ts';
import type { Call, Contestant } from '../../tools/kill-sweep/contestant.ts';
import { closeGate, type SeenWrite } from '../../tools/kill-sweep/gatekeeper.ts';

/** The write in front of which a process is stopped. */
export interface WriteOfStep {
  readonly step: string;
  /** `PATCH services/shop`. */
  readonly what: string;
}

/** A built action that was stopped, and will be too late. */
export interface Loser {
  readonly first: ReturnType<Contestant['start']>;
  /** Resolves when the process is stopped, with the write that it had on its way. */
  readonly stopped: Promise<SeenWrite>;
  /** Writes of anybody that were carried out or refused since the last look. */
  answered(): readonly (SeenWrite & { readonly status: number })[];
  /** The write arrives, and the process goes on. */
  goOn(): void;
}

/** Starts an action that is stopped (SIGSTOP) with the write on its way to the API. */
export function startLoser(arena: Arena, app: Contestant, call: Call, { step, what }: WriteOfStep): Loser {
  let seen = 0;
  const arrive = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<SeenWrite>();
  const gate = closeGate(arena.checkpoint, {
    namespace: app.namespace,
    isPoint: (write) => write.step === step && write.what === what,
    onPoint(write) {
      first.signal('SIGSTOP');
      stopped.resolve(write);
      return arrive.promise;
    },
  });
  const first = app.start(call);
  return {
    first,
    stopped: stopped.promise,
    answered() {
      const since = gate.carriedOut.slice(seen);
      seen = gate.carriedOut.length;
      return since;
    },
    goOn() {
      arrive.resolve();
      first.signal('SIGCONT');
    },
  };
}
