import type { Milliseconds } from '../../base/index.ts';
import type { Condition } from './labels.ts';

/** What the metrics asked for at one time. */
export interface Recommendation {
  readonly atMs: Milliseconds;
  readonly replicas: number;
}

export interface AutoscalerLimits {
  readonly min: number;
  readonly max: number;
  /** For how long the highest recommendation holds a scale down back. */
  readonly scaleDownWindowMs: Milliseconds;
}

export interface Decision {
  readonly replicas: number;
  readonly conditions: readonly Condition[];
  /** Until a recommendation that held the size up is too old; undefined: none does. */
  readonly againInMs?: Milliseconds;
}

/**
 * The size that an autoscaler wants when its metrics ask for `wanted`: the highest of the recent recommendations, within
 * its limits. `recent` holds the present one, too. Without the rates at which a real one grows and shrinks.
 */
export function decide(
  current: number,
  wanted: number,
  recent: readonly Recommendation[],
  limits: AutoscalerLimits,
  nowMs: Milliseconds,
): Decision {
  const highest = Math.max(wanted, ...recent.map(({ replicas }) => replicas));
  const stabilized = wanted < current ? Math.min(current, highest) : wanted;
  const replicas = Math.min(limits.max, Math.max(limits.min, stabilized));
  const held = recent.filter((entry) => entry.replicas > wanted);
  const againInMs = Math.min(...held.map(({ atMs }) => atMs + limits.scaleDownWindowMs - nowMs));
  return {
    replicas,
    conditions: [ableToScale(stabilized > wanted), limited(stabilized, limits)],
    ...(wanted < current && Number.isFinite(againInMs) && { againInMs: Math.max(0, againInMs) }),
  };
}

function ableToScale(held: boolean): Condition {
  return held
    ? {
        type: 'AbleToScale',
        status: 'True',
        reason: 'ScaleDownStabilized',
        message:
          'recent recommendations were higher than current one, applying the highest recent recommendation',
      }
    : {
        type: 'AbleToScale',
        status: 'True',
        reason: 'ReadyForNewScale',
        message: 'recommended size matches current size',
      };
}

function limited(replicas: number, { min, max }: AutoscalerLimits): Condition {
  const type = 'ScalingLimited';
  if (replicas > max) {
    const message = 'the desired replica count is more than the maximum replica count';
    return { type, status: 'True', reason: 'TooManyReplicas', message };
  }
  if (replicas < min) {
    const message = 'the desired replica count is less than the minimum replica count';
    return { type, status: 'True', reason: 'TooFewReplicas', message };
  }
  const message = 'the desired count is within the acceptable range';
  return { type, status: 'False', reason: 'DesiredWithinRange', message };
}
