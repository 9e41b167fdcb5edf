import { formatDuration, type Milliseconds } from '../../base/index.ts';
import type { Journal, WarmPlacement } from '../journal/journal.ts';
import { hasExpired } from '../journal/parked.ts';

/** What is to be done about an app whose time may be over. */
export type Due =
  | { readonly kind: 'retire'; readonly previous: WarmPlacement }
  /** A preview that nobody went on with. */
  | { readonly kind: 'put-back'; readonly release: string }
  /** Left alone: its time is not over, or another run has it. */
  | { readonly kind: 'not-yet'; readonly why: string }
  | { readonly kind: 'nothing'; readonly why: string };

/** Reads from a journal whether old pods are to go, or a parked preview. `hurry`: also before the window ends. */
export function whatIsDue({ release, live, previous }: Journal, now: Milliseconds, hurry: boolean): Due {
  if (release?.phase === 'running' || release?.phase === 'undoing') {
    return { kind: 'not-yet', why: `release ${release.id} has not ended: it is at work, or its run died` };
  }
  if (release?.phase === 'parked') {
    if (hasExpired(release.parkedUntil, now)) return { kind: 'put-back', release: release.id };
    return { kind: 'not-yet', why: `preview ${release.id} is parked ${until(release.parkedUntil, now)}` };
  }
  if (previous === null || live === null) return { kind: 'nothing', why: 'it has no old version' };
  if (!previous.warm) {
    return { kind: 'nothing', why: `the pods of revision ${previous.revision} are gone already` };
  }
  const leftMs = Date.parse(previous.keepUntil) - now;
  if (hurry || leftMs <= 0) return { kind: 'retire', previous };
  return {
    kind: 'not-yet',
    why: `the rollback window of revision ${previous.revision} ends in ${formatDuration(leftMs)}`,
  };
}

function until(parkedUntil: string | undefined, now: Milliseconds): string {
  if (parkedUntil === undefined) return 'without an end';
  return `for another ${formatDuration(Date.parse(parkedUntil) - now)}`;
}
