import { type Clock, type Log, toInstant } from '../base/index.ts';
import type { GateResult, Mark } from '../evidence/index.ts';
import type { Recorder } from './step.ts';

/** Keeps what steps leave for the evidence. */
export interface KeptRecord extends Recorder {
  readonly gates: readonly GateResult[];
  readonly marks: readonly Mark[];
  readonly warnings: readonly string[];
}

export function createRecorder(clock: Clock, log: Log): KeptRecord {
  const gates: GateResult[] = [];
  const marks: Mark[] = [];
  const warnings: string[] = [];
  return {
    gates,
    marks,
    warnings,
    gate: (result) => gates.push(result),
    mark: (label) => marks.push({ at: toInstant(clock.now()), label }),
    warn(message) {
      warnings.push(message);
      log.warn(message);
    },
  };
}
