import { judgeRedirects } from './judge-redirects.ts';
import type { TrafficJudgement } from './judge-traffic.ts';
import type { Answer } from './prober.ts';
import { quoteFailure } from './quote-failure.ts';

/**
 * Judges the requests to the stable version before anything moves. A baseline that is not clean is `invalid`, not a
 * failure of the release: with it, a later failure could not be told from one that was there before.
 * Nor is one that shows no answer of the app.
 */
export function judgeBaseline(answers: readonly Answer[]): TrafficJudgement {
  if (answers.length === 0) {
    return {
      verdict: 'invalid',
      reason: 'no request of the baseline ended, so there is nothing to compare with',
    };
  }
  const failed = answers.filter((answer) => answer.class !== 'ok');
  const [first] = failed;
  if (first === undefined) {
    const redirected = judgeRedirects(answers);
    if (redirected !== undefined) return redirected;
    return {
      verdict: 'pass',
      reason: `${answers.length} of ${answers.length} requests answered before the switch`,
    };
  }
  const whose = failed.every((answer) => answer.class === 'own-side') ? 'on the side of the prober ' : '';
  return {
    verdict: 'invalid',
    reason: `${failed.length} of ${answers.length} requests failed ${whose}before anything was changed: ${quoteFailure(first)}`,
  };
}
