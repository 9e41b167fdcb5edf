/**
 * The one kind of answer that every gate gives.
 * `invalid`: the check itself cannot be trusted. `inconclusive`: too little data. Neither is ever a pass.
 */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'invalid';

const severity: Readonly<Record<Verdict, number>> = { pass: 0, inconclusive: 1, invalid: 2, fail: 3 };

/** The worst of several verdicts. Of none at all it is `invalid`: no data is not health. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return 'invalid';
  return verdicts.reduce((worst, verdict) => (severity[verdict] > severity[worst] ? verdict : worst));
}
