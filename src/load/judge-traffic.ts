import { formatBound, formatDuration } from '../base/index.ts';
import type { FailedRequest, Traffic, Verdict } from '../evidence/index.ts';
import { quoteFailure } from './quote-failure.ts';

export interface TrafficLimits {
  /** How many failures of the candidate or the switch are borne. */
  readonly tolerance: number;
  /** With fewer requests than this, no failure proves nothing. */
  readonly minRequests: number;
}

export interface TrafficJudgement {
  readonly verdict: Verdict;
  /** One sentence. */
  readonly reason: string;
}

const maxOwnSideShare = 0.01;
const maxLagMs = 1_000;

/** Judges the requests of a release. Whether the measurement can be trusted comes before what it says. */
export function judgeTraffic(traffic: Traffic, limits: TrafficLimits): TrafficJudgement {
  const distrust = reasonToDistrust(traffic);
  if (distrust !== undefined) return { verdict: 'invalid', reason: distrust };

  const ownSide = traffic.byClass['own-side'] ?? 0;
  const counted = traffic.planned - ownSide;
  const { candidate = 0, switch: atSwitch = 0, stable = 0 } = traffic.byAttribution;
  const failed = candidate + atSwitch;
  const failedOf = `${count(failed)} of ${count(counted)} requests failed`;
  if (failed > limits.tolerance) {
    const first = traffic.failures.find(countsAgainstRelease);
    const quote = first === undefined ? '' : `; the first one: ${quoteFailure(first)}`;
    return { verdict: 'fail', reason: `${failedOf} by the ${blame(candidate, atSwitch)}${quote}` };
  }
  if (counted < limits.minRequests) {
    const reason = `${failedOf}, but at least ${count(limits.minRequests)} requests are needed to tell`;
    return { verdict: 'inconclusive', reason };
  }
  const notes = [
    ...(failed > 0
      ? [`within the tolerance of ${limits.tolerance}`]
      : [`95 % bound ${formatBound(3 / counted)}`]),
    ...(stable > 0 ? [`${count(stable)} more failed by the stable version`] : []),
    ...(ownSide > 0 ? [`${count(ownSide)} more failed on the side of the prober`] : []),
  ];
  return { verdict: 'pass', reason: `${failedOf} (${notes.join('; ')})` };
}

function reasonToDistrust(traffic: Traffic): string | undefined {
  const ended = Object.values(traffic.byClass).reduce((sum, n) => sum + n, 0);
  const ownSide = traffic.byClass['own-side'] ?? 0;
  if (traffic.planned !== ended) {
    return `${count(traffic.planned)} requests were planned but ${count(ended)} are accounted for, so the count cannot be trusted`;
  }
  if (ended === 0) return 'no request was sent, so nothing was measured';
  if (ownSide > ended * maxOwnSideShare) {
    const first = traffic.failures.find(({ attribution }) => attribution === 'own-side');
    const quote = first === undefined ? '' : `: ${quoteFailure(first)}`;
    return `${count(ownSide)} of ${count(ended)} requests failed on the side of the prober${quote}`;
  }
  if (traffic.lagP99Ms > maxLagMs) {
    return `the machine that probes was too slow: 1 % of the requests left more than ${formatDuration(traffic.lagP99Ms)} late`;
  }
  return undefined;
}

function countsAgainstRelease({ attribution }: FailedRequest): boolean {
  return attribution === 'candidate' || attribution === 'switch';
}

function blame(candidate: number, atSwitch: number): string {
  if (atSwitch === 0) return 'new version';
  return candidate === 0 ? 'switch' : 'new version or the switch';
}

const grouped = new Intl.NumberFormat('en-US');

function count(n: number): string {
  return grouped.format(n);
}
