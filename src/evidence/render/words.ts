import type {
  AnswerClass,
  Evidence,
  Outcome,
  Population,
  StepOutcome,
  StepRecord,
  Subject,
} from '../evidence.ts';
import type { Verdict } from '../verdict.ts';

/** Icon and word of a verdict. The icon never stands alone: some readers see neither shape nor colour. */
export const verdictLook: Readonly<Record<Verdict, { emoji: string; glyph: string; word: string }>> = {
  pass: { emoji: '✅', glyph: '✓', word: 'Pass' },
  fail: { emoji: '❌', glyph: '✗', word: 'Fail' },
  inconclusive: { emoji: '❔', glyph: '?', word: 'Inconclusive' },
  invalid: { emoji: '⚠️', glyph: '!', word: 'Invalid' },
};

export const stepLook: Readonly<Record<StepOutcome, { glyph: string; word: string }>> = {
  done: { glyph: '✓', word: 'done' },
  failed: { glyph: '✗', word: 'failed' },
  undone: { glyph: '↺', word: 'undone' },
  skipped: { glyph: '–', word: 'skipped' },
  planned: { glyph: '○', word: 'planned' },
};

/** What an outcome says of its app: `shop was promoted`. */
const outcomePhrase: Readonly<Record<Outcome, string>> = {
  Promoted: 'was promoted',
  Retired: 'was promoted and its old version retired',
  Ejected: 'handed back',
  Parked: 'is parked at a proven preview',
  NothingToRelease: 'has nothing to release',
  Aborted: 'was not released, every change was undone',
  RolledBack: 'was rolled back',
  FastRolledBack: 'was rolled back onto warm pods',
  Superseded: 'gave way to a newer release',
  Inconclusive: 'ended without a clear answer',
  Planned: 'has a plan, nothing was changed',
  Checked: 'was checked',
  Refused: 'was refused, nothing was changed',
};

export const classMeaning: Readonly<Record<AnswerClass, string>> = {
  ok: 'a wanted answer of a version of this release',
  status: 'an HTTP status that was not wanted',
  refused: 'the connection was refused',
  reset: 'the connection was reset',
  eof: 'closed before the first byte of an answer',
  truncated: 'closed in the middle of an answer',
  timeout: 'no whole answer in time',
  'wrong-version': 'answered by neither side of the release',
  protocol: 'an answer that is not HTTP',
  tls: 'the TLS handshake failed',
  'own-side': "the prober's own side; never counted against a release",
};

export const populationPhrase: Readonly<Record<Population, string>> = {
  kept: 'kept open',
  fresh: 'one per request',
};

/** `shop in production was promoted`; where no app is meant, the command speaks for itself: `smoke-test was checked`. */
export function outcomeSentence(evidence: Evidence): string {
  const subject = subjectOf(evidence);
  const where = subject === undefined ? '' : ` in ${subject.namespace}`;
  return `${subject?.app ?? evidence.command}${where} ${outcomePhrase[evidence.outcome]}`;
}

/** What ended before any traffic was to be watched, or watches none. */
const unwatched: readonly Outcome[] = [
  'Planned',
  'Refused',
  'NothingToRelease',
  'Checked',
  'Superseded',
  'Ejected',
];

/** Whether a reader should hear that loss was not measured: not of a plan, a refusal, or a command that never probes. */
export function missesTraffic({ traffic, outcome, release }: Evidence): boolean {
  return traffic === null && release !== null && !unwatched.includes(outcome);
}

/** Whether nothing was done yet, so that every duration is an expectation. */
export function arePlanned(steps: readonly StepRecord[]): boolean {
  return steps.length > 0 && steps.every(({ outcome }) => outcome === 'planned');
}

/** Documents of an earlier version name it in their release only. */
export function subjectOf({ subject, release }: Pick<Evidence, 'subject' | 'release'>): Subject | undefined {
  return subject ?? release ?? undefined;
}
