import type { Clock } from '../../base/index.ts';
import { StreamGateError } from '../../base/index.ts';
import type { Witness } from './witness.ts';

/** Ends a release at the first failure too many that its traffic shows. */
export interface Guard {
  /** From now on failures count. Does nothing when armed already. */
  arm(): void;
  disarm(): void;
  /** Aborted with the failing answer as its reason. */
  readonly signal: AbortSignal;
  /** Whether that was no answer of the candidate: its program may have ended. */
  metSilence(): boolean;
}

/** A failure counts when the candidate gave it, or when nobody did: then the switch itself lost the request. */
export function createGuard(witness: Witness | null, clock: Clock, tolerance: number): Guard {
  const controller = new AbortController();
  let stopListening: (() => void) | undefined;
  let failures = 0;
  let silent = false;

  return {
    signal: controller.signal,
    metSilence: () => silent,
    arm() {
      if (witness === null || stopListening !== undefined) return;
      const armedAt = clock.monotonic();
      stopListening = witness.onSighting((sighting) => {
        if (sighting.ok || sighting.ownSide || sighting.role === 'stable' || sighting.sentAt < armedAt)
          return;
        failures += 1;
        if (failures <= tolerance || controller.signal.aborted) return;
        silent = sighting.role !== 'candidate';
        controller.abort(tooMany(sighting.quote, failures, tolerance));
      });
    },
    disarm() {
      stopListening?.();
      stopListening = undefined;
    },
  };
}

function tooMany(quote: string, failures: number, tolerance: number): StreamGateError {
  const allowed = tolerance === 0 ? 'none is tolerated' : `${tolerance} are tolerated`;
  return new StreamGateError(
    'Failed',
    `Real traffic met a failure: ${quote} (failure ${failures}; ${allowed})`,
    {
      remedy: 'The traffic went back to the stable version. Look at the logs of the candidate below.',
    },
  );
}
