import type { FailedRequest } from '../evidence/index.ts';
import type { Answer } from './prober.ts';

/** One failed request for people: `status on a fresh connection, version v4: answered 500 "boom"`. */
export function quoteFailure(failure: Answer | FailedRequest): string {
  const version = failure.version === null ? '' : `, version ${failure.version}`;
  return `${failure.class} on a ${failure.population} connection${version}: ${failure.detail} (${failure.id})`;
}
