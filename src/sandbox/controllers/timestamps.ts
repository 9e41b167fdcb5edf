import type { Clock, Milliseconds } from '../../base/index.ts';

/** Now as Kubernetes' `Time`: whole seconds. */
export function timestamp(clock: Clock, offsetMs: Milliseconds = 0): string {
  return new Date(clock.now() + offsetMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Milliseconds from an instant to now; 0 for none. */
export function ageMs(clock: Clock, instant: string | undefined): Milliseconds {
  return instant === undefined ? 0 : clock.now() - Date.parse(instant);
}
