import { type Milliseconds, StreamGateError } from '../../base/index.ts';
import type { DeployRequest } from '../request.ts';
import type { Journal } from './journal.ts';

/** A preview without an end was parked by a version of us that knew none: it stays. */
export function hasExpired(parkedUntil: string | undefined, now: Milliseconds): boolean {
  return parkedUntil !== undefined && Date.parse(parkedUntil) <= now;
}

/**
 * A run that was told which preview to go on with goes on with that one or not at all: what a person approved is what
 * gets the traffic.
 */
export function refuseOtherPreview(
  { parked, app, desired, clock }: DeployRequest,
  journal: Journal | undefined,
): void {
  if (parked === undefined || parked === '') return;
  const release = journal?.release ?? null;
  const why = whyNot();
  if (why === undefined) return;
  throw new StreamGateError('Refused', `Release ${parked} of ${app} cannot be gone on with: ${why}`, {
    remedy: 'Nothing was touched. Release the version that you want anew, from its preview on.',
  });

  function whyNot(): string | undefined {
    if (release === null) return 'nothing is parked';
    if (release.id !== parked) return `the journal is at ${release.id}, which is ${release.phase}`;
    if (release.template !== desired.template)
      return 'the manifests have another pod template or configuration than the one that was previewed';
    if (release.phase === 'parked' && hasExpired(release.parkedUntil, clock.now()))
      return `its preview expired at ${release.parkedUntil}`;
    if (release.phase === 'aborted' || release.phase === 'undoing') return 'it was taken back';
    return undefined;
  }
}
