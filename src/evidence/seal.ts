import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/index.ts';
import type { Evidence } from './evidence.ts';

/**
 * Completes a draft: names the schema and adds the digest over everything else.
 * The digest shows that a document was changed by accident or by hand; it is no signature.
 */
export function sealEvidence(draft: Omit<Evidence, 'schema' | 'digest'>): Evidence {
  const unsealed = { ...draft, schema: 'streamgate.evidence/v1', digest: undefined } as const;
  return { ...unsealed, digest: digestOf(unsealed) };
}

/** Whether the document is still what was sealed: true after any number of trips through JSON. */
export function verifyEvidence(evidence: Evidence): boolean {
  return evidence.digest === digestOf({ ...evidence, digest: undefined });
}

/** An undefined field is no field in JSON, so `digest: undefined` leaves the digest itself out. */
function digestOf(withoutDigest: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(withoutDigest)).digest('hex')}`;
}
