import type { Json } from '../base/index.ts';
import type { Complain } from '../contract/index.ts';
import { type HttpCheck, parseChecks } from '../smoke/index.ts';

/** Schema of the `smoke` input: what the smoke room reads, and its complaints as those of an input. */
export function smokeChecks(value: Json, complain: Complain): readonly HttpCheck[] {
  const { checks, problems = [] } = parseChecks(value);
  for (const { where, problem, remedy } of problems) complain(where, `${problem}. ${remedy}`);
  return checks ?? [];
}
