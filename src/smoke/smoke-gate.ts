import { type Clock, type Deadline, toInstant } from '../base/index.ts';
import {
  type Gate,
  type GateResult,
  type Observation,
  type Verdict,
  worstVerdict,
} from '../evidence/index.ts';
import type { AttemptContext } from './attempt.ts';
import type { Check } from './check.ts';
import { type Place, placesOf, type SmokeSubject } from './place.ts';
import { type CheckOutcome, type Patience, runCheck, throwIfCancelled } from './run-check.ts';
import { redactorFor } from './secrets.ts';
import { VersionLedger, type VersionPolicy, versionReader } from './version-proof.ts';

export interface SmokeOptions {
  readonly checks: readonly Check[];
  readonly clock: Clock;
  readonly version: VersionPolicy;
  /** The port of the pods for checks that name none. */
  readonly defaultPort?: number | undefined;
  /** Default: 3 attempts with 500 ms between, 1 success, 10 s for one attempt, 3 s of repeating. */
  readonly patience?: Partial<Patience> | undefined;
}

export interface SmokeResult extends GateResult {
  /** What the answers that passed called themselves, sorted. */
  readonly versionsSeen: readonly string[];
}

export interface SmokeGate extends Gate<SmokeSubject> {
  check(subject: SmokeSubject, deadline: Deadline): Promise<SmokeResult>;
}

const defaultPatience: Patience = {
  attempts: 3,
  pauseMs: 500,
  successes: 1,
  attemptMs: 10_000,
  repeatMs: 3_000,
};
/** Each pod costs a port-forward; more at once would strain the API server. */
const podsAtOnce = 8;

interface PlaceOutcome {
  readonly outcomes: readonly CheckOutcome[];
  readonly versions: readonly string[];
}

/**
 * A gate that runs every check on every pod, and holds each answer to the version that has to give it.
 * @throws StreamGateError `Usage` for a bad JSONPath of the version
 */
export function smokeGate(options: SmokeOptions): SmokeGate {
  const { checks, clock, version: policy } = options;
  const patience = { ...defaultPatience, ...options.patience };
  const readVersion = versionReader(policy.source);
  const redact = redactorFor(checks);

  async function checkPlace(place: Place, deadline: Deadline): Promise<PlaceOutcome> {
    const ledger = new VersionLedger();
    const context: AttemptContext = { clock, redact, readVersion, policy, ledger };
    const outcomes: CheckOutcome[] = [];
    for (const check of checks) outcomes.push(await runCheck(check, place, context, patience, deadline));
    const observation = ledger.observe(place.name, policy);
    if (observation !== undefined) outcomes.push(concludeVersion(observation));
    return { outcomes, versions: ledger.versions };
  }

  return {
    name: 'smoke',
    async check(subject, deadline) {
      const [startedAt, begin] = [toInstant(clock.now()), clock.monotonic()];
      throwIfCancelled(deadline.signal);
      const places = placesOf(subject, options.defaultPort);
      const nothing = reasonForNothing(checks, places);
      const results =
        nothing === undefined ? await inBatches(places, (place) => checkPlace(place, deadline)) : [];
      const outcomes = results.flatMap((result) => result.outcomes);
      const versionsSeen = [...new Set(results.flatMap(({ versions }) => versions))].sort();
      const verdict = worstVerdict(outcomes.map((outcome) => outcome.verdict));
      return {
        gate: 'smoke',
        verdict,
        reason: nothing ?? sayWhy(verdict, outcomes, { checks: checks.length, places, versionsSeen }),
        observations: outcomes.map(({ observation }) => observation),
        startedAt,
        durationMs: clock.monotonic() - begin,
        versionsSeen,
      };
    },
  };
}

function reasonForNothing(checks: readonly Check[], places: readonly Place[]): string | undefined {
  if (checks.length === 0) {
    return 'there is nothing to check: the pods have no probe over HTTP or TCP, no Service port, and no check was written';
  }
  return places.length === 0 ? 'there is no ready pod to check' : undefined;
}

function concludeVersion(observation: Observation): CheckOutcome {
  const { name, ok, seen, wanted } = observation;
  if (ok) return { verdict: 'pass', sentence: '', observation };
  const sentence = `${name} is ${seen}, wanted ${wanted}`;
  return { verdict: 'fail', sentence, observation: { ...observation, detail: sentence } };
}

function sayWhy(
  verdict: Verdict,
  outcomes: readonly CheckOutcome[],
  facts: {
    readonly checks: number;
    readonly places: readonly Place[];
    readonly versionsSeen: readonly string[];
  },
): string {
  if (verdict === 'pass') {
    const { places, versionsSeen } = facts;
    const [only] = places;
    const where = places.length === 1 && only !== undefined ? only.name : `each of ${places.length} pods`;
    const as = versionsSeen.length === 0 ? '' : `, answered as ${versionsSeen.join(' and ')}`;
    return `${facts.checks} ${facts.checks === 1 ? 'check' : 'checks'} passed on ${where}${as}`;
  }
  const worst = outcomes.filter((outcome) => outcome.verdict === verdict);
  const more = worst.length > 1 ? ` (and ${worst.length - 1} more)` : '';
  return `${worst[0]?.sentence ?? verdict}${more}`;
}

async function inBatches<In, Out>(items: readonly In[], run: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += podsAtOnce) {
    results.push(...(await Promise.all(items.slice(start, start + podsAtOnce).map(run))));
  }
  return results;
}
