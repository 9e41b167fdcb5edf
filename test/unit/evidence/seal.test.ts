import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Evidence, sealEvidence, verifyEvidence } from '../../../src/evidence/index.ts';
import { promoted } from './examples.ts';
import { allExamples } from './more-examples.ts';

describe('a sealed document', () => {
  it.each(Object.entries(allExamples))('verifies after a trip through JSON: %s', (_name, evidence) => {
    expect(evidence.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(verifyEvidence(JSON.parse(JSON.stringify(evidence, null, 2)))).toBe(true);
  });

  it('verifies whatever the order of its keys', () => {
    const reversed: Evidence = JSON.parse(JSON.stringify(promoted), (_key, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(Object.keys(reversed)).not.toEqual(Object.keys(promoted));
    expect(verifyEvidence(reversed)).toBe(true);
  });

  it('does not verify once a text, a number, an order or the digest was changed', () => {
    expect(verifyEvidence({ ...promoted, reason: `${promoted.reason} ` })).toBe(false);
    expect(verifyEvidence({ ...promoted, durationMs: promoted.durationMs + 1 })).toBe(false);
    expect(verifyEvidence({ ...promoted, steps: [...promoted.steps].reverse() })).toBe(false);
    expect(verifyEvidence({ ...promoted, digest: promoted.digest.replace(/.$/, 'x') })).toBe(false);
  });

  it('keeps every reason that can be written, and notices when it is swapped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (reason, other) => {
        const sealed = sealEvidence({ ...promoted, reason });
        expect(verifyEvidence(JSON.parse(JSON.stringify(sealed)))).toBe(true);
        expect(verifyEvidence({ ...sealed, reason: other })).toBe(reason === other);
      }),
      { numRuns: 50 },
    );
  });
});
