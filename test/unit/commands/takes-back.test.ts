import { describe, expect, it } from '@jest/globals';
import { takesBack } from '../../../src/commands/ended-release.ts';
import type { Outcome } from '../../../src/evidence/index.ts';
import { plainResult } from '../../../src/release/plain-result.ts';

const ended = (outcome: Outcome, previousRevision = 1) =>
  plainResult({ outcome, verdict: 'pass', reason: '' }, { previousRevision });

describe('the command that takes a release back', () => {
  it.each(['Promoted', 'Retired', 'Parked', 'NothingToRelease', 'Inconclusive'] as const)(
    'is there when it ends %s',
    (outcome) => {
      expect(takesBack(ended(outcome))).toBe(true);
    },
  );

  it.each(['Aborted', 'Superseded', 'Refused', 'Planned'] as const)(
    'is not there when it ends %s, since it would take back what serves',
    (outcome) => {
      expect(takesBack(ended(outcome))).toBe(false);
    },
  );

  it('is not there for the first release of an app', () => {
    expect(takesBack(ended('Promoted', 0))).toBe(false);
  });
});
