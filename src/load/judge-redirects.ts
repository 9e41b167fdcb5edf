import type { TrafficJudgement } from './judge-traffic.ts';
import type { Answer } from './prober.ts';

/**
 * Refuses good answers that are all redirects without a version: the edge gives them to whoever comes by HTTP, or without a
 * session, and asks no app. Undefined when one of them is another answer.
 */
export function judgeRedirects(answers: readonly Answer[]): TrafficJudgement | undefined {
  const good = answers.filter((answer) => answer.class === 'ok');
  const [first] = good;
  if (first === undefined || !good.every(isNamelessRedirect)) return undefined;
  return {
    verdict: 'invalid',
    reason:
      `each of ${good.length} requests was answered by a redirect that names no version (${first.detail || first.status}), ` +
      'which an edge gives without the app: loss would not be seen. ' +
      'Let `probe-url` be an address that the app itself answers: the one that the redirect leads to, or another path',
  };
}

function isNamelessRedirect({ status, version }: Answer): boolean {
  return version === null && status !== null && status >= 300 && status < 400;
}
