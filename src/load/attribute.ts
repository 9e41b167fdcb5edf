import type { Milliseconds } from '../base/index.ts';
import type { FailedRequest, VersionTraffic } from '../evidence/index.ts';
import { turnsAway } from './classify.ts';
import type { Answer } from './prober.ts';

export type Attribution = FailedRequest['attribution'];

/** Which side of a release calls itself by this version. */
export type RoleOf = (version: string | null) => VersionTraffic['role'];

export interface ReleaseView {
  readonly roleOf: RoleOf;
  /** Whether a side calls itself by this version, also when both do, or nobody knows how the other one does. */
  readonly isOwn: (version: string) => boolean;
  /** Whether the versions of both sides are known, so that a third name is a wrong answer. */
  readonly sidesKnown: boolean;
  /** When the switch began, on the monotonic clock; null when it did not (yet). */
  readonly switchedAt: Milliseconds | null;
}

/**
 * What the version that an answer names makes of it. One of neither known side is a `wrong-version`, however well it looks.
 * The prober takes 403 and 429 for an edge that turns it away; where an own version gave them, that is its failure.
 */
export function judgeVersion(answer: Answer, { roleOf, isOwn, sidesKnown }: ReleaseView): Answer {
  const turnedAway = answer.class === 'own-side' && turnsAway(answer.status);
  if (turnedAway && answer.version !== null && isOwn(answer.version)) return { ...answer, class: 'status' };
  if (answer.class !== 'ok' || answer.version === null || !sidesKnown) return answer;
  if (roleOf(answer.version) !== 'unknown') return answer;
  return {
    ...answer,
    class: 'wrong-version',
    detail: `answered by version "${answer.version}", which is neither side`,
  };
}

/**
 * Whom a failed request is attributed to: to our own machine, else to the version that gave the answer, else to the
 * switch when it ended after that began, else to the stable version, which was alone until then.
 */
export function attribute(answer: Answer, { roleOf, switchedAt }: ReleaseView): Attribution {
  if (answer.class === 'own-side') return 'own-side';
  const role = roleOf(answer.version);
  if (role !== 'unknown') return role;
  return switchedAt !== null && answer.doneAt > switchedAt ? 'switch' : 'stable';
}
