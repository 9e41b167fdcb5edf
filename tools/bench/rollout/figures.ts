import { readFileSync } from 'node:fs';
import type { Evidence } from '../../../src/evidence/index.ts';
import type { Answer } from '../../../src/load/index.ts';
import type { AppVersion } from './app.ts';
import type { Ended } from './tool.ts';

/** Seconds and counts of one turn, by name; null where nothing was seen. */
export type Figures = Readonly<Record<string, number | null>>;

interface Change {
  readonly ended: Ended;
  readonly triggeredAt: number;
  readonly doneAt: number;
  readonly peakPods: number;
  readonly writes: number;
}

/** A change that is to end with all answers by `to`. */
export function figuresOfChange(
  answers: readonly Answer[],
  from: AppVersion,
  to: AppVersion,
  change: Change,
): Figures {
  const { triggeredAt, doneAt, ended } = change;
  const first = earliest(answers.filter(({ version }) => version === to.name));
  const last = latest(answers.filter(({ version }) => version === from.name));
  return {
    requests: answers.length,
    failed: answers.filter((answer) => answer.class !== 'ok').length,
    misrouted: answers.filter(({ version, sentAt }) => version === from.name && sentAt > doneAt).length,
    firstSeconds: since(triggeredAt, first),
    allSeconds: since(triggeredAt, first === null ? null : Math.max(first, last ?? first)),
    spanSeconds: first === null || last === null ? null : Math.max(0, last - first) / 1_000,
    doneSeconds: since(triggeredAt, doneAt),
    ownSeconds: ownSeconds(ended, since(triggeredAt, doneAt) ?? 0),
    writes: change.writes,
    peakPods: change.peakPods,
  };
}

/** A version whose failures callers met, until the last of them. */
export function figuresOfBad(
  answers: readonly Answer[],
  bad: AppVersion,
  { triggeredAt, doneAt, commandAt, ended, writes, peakPods }: Change & { readonly commandAt: number | null },
): Figures {
  const met = answers.filter(({ version }) => version === bad.name);
  const failures = answers.filter((answer) => answer.class !== 'ok');
  const badAnswers = met.filter((answer) => answer.class !== 'ok');
  const first = earliest(badAnswers);
  const last = latest(met);
  return {
    requests: answers.length,
    badAnswers: badAnswers.length,
    otherFailures: failures.length - badAnswers.length,
    firstBadSeconds: since(triggeredAt, first),
    lastBadSeconds: since(triggeredAt, last),
    exposedSeconds: first === null || last === null ? null : (last - first) / 1_000,
    commandToLastSeconds: commandAt === null || last === null ? null : (last - commandAt) / 1_000,
    doneSeconds: since(triggeredAt, doneAt),
    /** 1: by itself or before anybody met it, 0: a person had to. */
    alone: commandAt === null && !ended.succeeded ? 1 : 0,
    writes,
    peakPods,
  };
}

export function figuresOfStuck(
  answers: readonly Answer[],
  times: Change & { readonly appearedAt: number | null; readonly namedAt: number | null },
): Figures {
  const { triggeredAt, doneAt, appearedAt, namedAt, writes, peakPods } = times;
  return {
    requests: answers.length,
    failed: answers.filter((answer) => answer.class !== 'ok').length,
    appearedSeconds: since(triggeredAt, appearedAt),
    namedSeconds: since(triggeredAt, namedAt),
    namedAfterSeconds: appearedAt === null || namedAt === null ? null : (namedAt - appearedAt) / 1_000,
    doneSeconds: since(triggeredAt, doneAt),
    writes,
    peakPods,
  };
}

/** What is left of a release of ours beside the pods' readiness and the observation that was asked for. */
function ownSeconds({ evidence }: Ended, doneSeconds: number): number | null {
  if (evidence === undefined) return null;
  const { steps }: Evidence = JSON.parse(readFileSync(evidence, 'utf8'));
  const notOwn = steps.filter(({ id }) => id === 'candidate-ready' || id === 'observe');
  // Only a release has an observation; the end of a rollback is the end of the abandoned pods.
  if (!notOwn.some(({ id }) => id === 'observe')) return null;
  return doneSeconds - notOwn.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1_000;
}

function since(triggeredAt: number, at: number | null): number | null {
  return at === null ? null : (at - triggeredAt) / 1_000;
}

function earliest(answers: readonly Answer[]): number | null {
  return answers.reduce<number | null>(
    (first, { doneAt }) => (first === null || doneAt < first ? doneAt : first),
    null,
  );
}

function latest(answers: readonly Answer[]): number | null {
  return answers.reduce<number | null>(
    (last, { doneAt }) => (last === null || doneAt > last ? doneAt : last),
    null,
  );
}
