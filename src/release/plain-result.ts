import type { RunResult } from './request.ts';

/** A result of a run that released nothing: it only looked, or was refused. `more` is what it knows beyond that. */
export function plainResult(
  { outcome, verdict, reason }: Pick<RunResult, 'outcome' | 'verdict' | 'reason'>,
  more: Partial<RunResult> = {},
): RunResult {
  return {
    outcome,
    verdict,
    reason,
    release: null,
    steps: [],
    gates: [],
    marks: [],
    warnings: [],
    failure: null,
    activeSlot: null,
    previousRevision: 0,
    ...more,
  };
}
