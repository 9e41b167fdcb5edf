import { type Clock, type Log, toInstant } from '../base/index.ts';
import type { GateResult, Mark } from '../evidence/index.ts';
import type { Recorder } from './step.ts';

/** Keeps what steps leave for the evidence. */
export interface KeptRecord extends Recorder {
  readonly gates: readonly GateResult[];
  readonly marks: readonly Mark[];
  readonly warnings: readonly string[];
  /** What the sentence about the end says beside the end itself. */
  readonly notes: readonly string[];
}

export function createRecorder(clock: Clock, log: Log): KeptRecord {
  const gates: GateResult[] = [];
  const marks: Mark[] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  return {
    gates,
    marks,
    warnings,
    notes,
    gate: (result) => gates.push(result),
    mark: (label) => marks.push({ at: toInstant(clock.now()), label }),
    warn(message) {
      warnings.push(message);
      log.warn(message);
    },
    note: (text) => notes.push(text),
  };
}
