import { type Deadline, StreamGateError } from '../../base/index.ts';
import type { Gate, GateResult } from '../../evidence/index.ts';
import type { Release } from '../step.ts';

/**
 * Puts a subject to a gate, keeps the answer for the evidence, and returns it. Throws `Failed` with that reason
 * and the remedy for every other answer than `pass`: what could not be decided does not go on either.
 */
export async function requirePass<Subject>(
  { recorder }: Pick<Release, 'recorder'>,
  gate: Gate<Subject>,
  subject: Subject,
  deadline: Deadline,
  remedy: string,
): Promise<GateResult> {
  const result = await gate.check(subject, deadline);
  recorder.gate(result);
  if (result.verdict === 'pass') return result;
  throw new StreamGateError('Failed', result.reason, { remedy });
}
