import { type Milliseconds, toInstant } from '../base/index.ts';
import type {
  AnswerClass,
  FailedRequest,
  KeptConnections,
  Traffic,
  VersionTraffic,
} from '../evidence/index.ts';
import { type Attribution, attribute, judgeVersion, type ReleaseView, type RoleOf } from './attribute.ts';
import { binAnswers } from './bins.ts';
import type { Answer, ProberTally, VersionSource } from './prober.ts';
import { quantile, sortNumbers } from './quantile.ts';
import { describeVersionSource } from './version.ts';

/** What the prober cannot know about its own requests. */
export interface TrafficFacts extends ReleaseView {
  readonly url: string;
  readonly host: string | null;
  readonly from: Traffic['from'];
  readonly versionSource: VersionSource;
  readonly ratePerSecond: number;
  /** What became of the kept connections where these stay with their pods; null where a gateway moves them along. */
  readonly keptConnections: KeptConnections | null;
}

const maxFailures = 100;

/**
 * Makes the evidence of a prober's tally. Pure. Every request is counted once in `byClass` and once in `bins`; `failed`
 * counts all that are not `ok`. In `byVersion`, `answers` are the requests that brought a status, failed ones included.
 */
export function summariseTraffic(tally: ProberTally, facts: TrafficFacts): Traffic {
  const answers = tally.answers
    .map((answer) => judgeVersion(answer, facts))
    .sort((a, b) => a.doneAt - b.doneAt);
  const instant = (at: Milliseconds) => toInstant(tally.startedAtEpoch + (at - tally.startedAt));
  const failing = answers
    .filter(({ class: ended }) => ended !== 'ok')
    .map((answer) => ({ answer, attribution: attribute(answer, facts) }));
  const endedAt = tally.endedAt ?? answers.at(-1)?.doneAt ?? tally.startedAt;
  const durationMs = Math.max(0, endedAt - tally.startedAt);
  const latencies = sortNumbers(answers.filter((a) => a.class === 'ok').map((a) => a.doneAt - a.plannedAt));
  const lags = sortNumbers(answers.map((a) => Math.max(0, a.sentAt - a.plannedAt)));

  return {
    url: facts.url,
    host: facts.host,
    from: facts.from,
    versionSource: describeVersionSource(facts.versionSource),
    ratePerSecond: facts.ratePerSecond,
    startedAt: toInstant(tally.startedAtEpoch),
    durationMs,
    planned: tally.planned,
    failed: failing.length,
    byClass: countBy<AnswerClass>(answers.map((answer) => answer.class)),
    byAttribution: countBy<Attribution>(failing.map(({ attribution }) => attribution)),
    byVersion: summariseVersions(answers, facts.roleOf, instant),
    cutoverMs: measureCutover(tellingOnes(answers, facts), facts.roleOf),
    keptConnections: facts.keptConnections,
    bound95: failing.length === 0 && answers.length > 0 ? Math.min(1, 3 / answers.length) : null,
    lagP99Ms: lags.length === 0 ? 0 : quantile(lags, 0.99),
    latencyMs:
      latencies.length === 0
        ? null
        : { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), max: quantile(latencies, 1) },
    ...binAnswers(answers, facts.roleOf, tally.startedAt, durationMs),
    failures: pickFailures(failing).map(({ answer, attribution }) => ({
      id: answer.id,
      at: instant(answer.doneAt),
      population: answer.population,
      class: answer.class,
      status: answer.status,
      version: answer.version,
      attribution,
      detail: answer.detail,
    })),
  };
}

/** Connections that stay with their old pods say nothing about where new ones go. */
function tellingOnes(answers: readonly Answer[], { keptConnections }: TrafficFacts): readonly Answer[] {
  return keptConnections === null ? answers : answers.filter(({ population }) => population === 'fresh');
}

/**
 * First answer of the candidate to last answer of the stable version, 0 when they did not overlap.
 * Null when one of them was not seen, or when the stable version still answered last: the traffic did not move over.
 */
function measureCutover(answers: readonly Answer[], roleOf: RoleOf): Milliseconds | null {
  const doneAt = (role: VersionTraffic['role']) =>
    answers.filter(({ version }) => roleOf(version) === role).map((answer) => answer.doneAt);
  const candidate = sortNumbers(doneAt('candidate'));
  const stable = sortNumbers(doneAt('stable'));
  const [first, lastCandidate, lastStable] = [candidate[0], candidate.at(-1), stable.at(-1)];
  if (first === undefined || lastCandidate === undefined || lastStable === undefined) return null;
  return lastStable > lastCandidate ? null : Math.max(0, lastStable - first);
}

function summariseVersions(
  answers: readonly Answer[],
  roleOf: RoleOf,
  instant: (at: Milliseconds) => string,
): VersionTraffic[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = JSON.stringify([answer.version, answer.population]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [answer]);
    else group.push(answer);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) return [];
    return {
      version: first.version,
      role: roleOf(first.version),
      population: first.population,
      answers: group.filter((answer) => answer.status !== null).length,
      failed: group.filter((answer) => answer.class !== 'ok').length,
      firstAt: instant(first.doneAt),
      lastAt: instant(last.doneAt),
    };
  });
}

interface Attributed {
  readonly answer: Answer;
  readonly attribution: FailedRequest['attribution'];
}

/** The first hundred, in order of time; those that count against the release are kept before all others. */
function pickFailures(failing: readonly Attributed[]): readonly Attributed[] {
  const counts = ({ attribution }: Attributed) => attribution === 'candidate' || attribution === 'switch';
  const kept = [...failing.filter(counts), ...failing.filter((one) => !counts(one))].slice(0, maxFailures);
  return kept.sort((a, b) => a.answer.doneAt - b.answer.doneAt);
}

function countBy<Key extends string>(keys: readonly Key[]): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}
