import type { Milliseconds } from '../base/index.ts';
import type { ApiRequest } from './sandbox.ts';

/** Which API requests a fault hits. */
export interface FaultMatch {
  readonly method?: string;
  /** Matched against the path without its query. */
  readonly path?: RegExp;
  /** Asked last, once per request that the others let through. */
  readonly where?: (request: ApiRequest) => boolean;
  /** The n-th matching request, counted from 1; every one when absent. */
  readonly nth?: number;
}

export type FaultEffect =
  | {
      readonly kind: 'status';
      readonly status: 409 | 429 | 500 | 503 | 401 | 403;
      readonly retryAfterSeconds?: number;
    }
  /** Never answered; the client has to give up. */
  | { readonly kind: 'hang' }
  /** The connection breaks before the request was carried out, or after it was but before the answer. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** Waits for the one before it is carried out, and for the other before it is answered; gives up with its client. */
  | {
      readonly kind: 'hold';
      readonly before?: (request: ApiRequest) => Promise<void>;
      readonly after?: (request: ApiRequest, status: number) => Promise<void>;
    }
  /** A watch that stays open and says nothing. */
  | { readonly kind: 'silent-watch' };

/** What a request does, in the words of SelfSubjectAccessReview. */
export interface AccessAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

export interface Faults {
  /** Returns a function that removes the fault again. */
  add(match: FaultMatch, effect: FaultEffect): () => void;
  /** Forbids what the function says yes to: 403, and `allowed: false` in reviews. Returns a function that allows it again. */
  deny(isDenied: (attributes: AccessAttributes) => boolean): () => void;
  clear(): void;
  /** While stopped, every request hangs (`hang`) or its connection is refused (`refuse`). */
  stopApi(mode: 'hang' | 'refuse'): void;
  startApi(): void;
  setDelays(delays: { readonly endpointMs?: Milliseconds; readonly propagationMs?: Milliseconds }): void;
}
