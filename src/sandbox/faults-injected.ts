import type { Milliseconds } from '../base/index.ts';
import type { AccessAttributes, FaultEffect, FaultMatch, Faults } from './faults.ts';
import type { ApiRequest } from './sandbox.ts';

/** The faults of one sandbox, with the side that its API asks. */
export interface InjectedFaults extends Faults {
  /** The effect that hits this request, if any. Counts it, so ask once per request. */
  next(request: ApiRequest, pathname: string, isWatch: boolean): FaultEffect | undefined;
  readonly stopped: 'hang' | 'refuse' | undefined;
  denies(attributes: AccessAttributes): boolean;
  delays(): { readonly endpointMs: Milliseconds; readonly propagationMs: Milliseconds };
}

/** The connection to the API broke: what a client in process sees instead of an answer. */
export class ConnectionBroken extends Error {
  override readonly name = 'ConnectionBroken';
  readonly code: 'ECONNRESET' | 'ECONNREFUSED';

  constructor(code: 'ECONNRESET' | 'ECONNREFUSED') {
    super(code === 'ECONNRESET' ? 'the connection was reset' : 'the connection was refused');
    this.code = code;
  }
}

interface Planned {
  readonly match: FaultMatch;
  readonly effect: FaultEffect;
  seen: number;
}

export function createFaults(usual: {
  readonly endpointMs: Milliseconds;
  readonly propagationMs: Milliseconds;
}): InjectedFaults {
  const planned = new Set<Planned>();
  const denials = new Set<(attributes: AccessAttributes) => boolean>();
  let stopped: 'hang' | 'refuse' | undefined;
  let delays = usual;

  return {
    add(match, effect) {
      const fault: Planned = { match, effect, seen: 0 };
      planned.add(fault);
      return () => planned.delete(fault);
    },
    deny(isDenied) {
      denials.add(isDenied);
      return () => denials.delete(isDenied);
    },
    clear() {
      planned.clear();
      denials.clear();
      stopped = undefined;
      delays = usual;
    },
    stopApi(mode) {
      stopped = mode;
    },
    startApi() {
      stopped = undefined;
    },
    setDelays(changed) {
      delays = { ...delays, ...changed };
    },

    next(request, pathname, isWatch) {
      const matching = [...planned].filter(
        ({ match, effect }) =>
          (match.method === undefined || match.method === request.method) &&
          (match.path === undefined || match.path.test(pathname)) &&
          (effect.kind !== 'silent-watch' || isWatch) &&
          (match.where === undefined || match.where(request)),
      );
      for (const fault of matching) fault.seen++;
      return matching.find(({ match, seen }) => match.nth === undefined || match.nth === seen)?.effect;
    },
    get stopped() {
      return stopped;
    },
    denies: (attributes) => [...denials].some((isDenied) => isDenied(attributes)),
    delays: () => delays,
  };
}
