import type {
  AnswerClass,
  ChangeAction,
  FailedRequest,
  Outcome,
  Plan,
  Population,
  StepOutcome,
  Verdict,
  VersionTraffic,
} from '../../../src/evidence/index.ts';

/** All members of a union; the compiler refuses a list that lacks one or has one too many. */
function members<Union extends string>(record: Readonly<Record<Union, true>>): readonly string[] {
  return Object.keys(record);
}

/** Name of each definition in the schema that is an enumeration, with the members of its type. */
export const unions: Readonly<Record<string, readonly string[]>> = {
  verdict: members<Verdict>({ pass: true, fail: true, inconclusive: true, invalid: true }),
  outcome: members<Outcome>({
    Promoted: true,
    Retired: true,
    Ejected: true,
    Parked: true,
    NothingToRelease: true,
    Aborted: true,
    RolledBack: true,
    FastRolledBack: true,
    Superseded: true,
    Inconclusive: true,
    Planned: true,
    Checked: true,
    Refused: true,
  }),
  stepOutcome: members<StepOutcome>({ done: true, failed: true, undone: true, skipped: true, planned: true }),
  changeAction: members<ChangeAction>({ create: true, change: true, unchanged: true }),
  planBasis: members<Plan['basis']>({ history: true, estimate: true }),
  population: members<Population>({ kept: true, fresh: true }),
  role: members<VersionTraffic['role']>({ stable: true, candidate: true, unknown: true }),
  attribution: members<FailedRequest['attribution']>({
    candidate: true,
    stable: true,
    switch: true,
    'own-side': true,
  }),
  answerClass: members<AnswerClass>({
    ok: true,
    status: true,
    refused: true,
    reset: true,
    eof: true,
    truncated: true,
    timeout: true,
    'wrong-version': true,
    protocol: true,
    tls: true,
    'own-side': true,
  }),
};
