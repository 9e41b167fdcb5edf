import { readFileSync } from 'node:fs';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { Evidence } from '../../src/evidence/index.ts';
import { type Answer, startProber } from '../../src/load/index.ts';
import type { Stage } from '../../tools/demo/stage.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { startVegeta, type VegetaCount } from './vegeta.ts';

/** One change of the version that answers, as an action said and proved it. Instants are milliseconds since the epoch. */
export interface Change {
  readonly title: string;
  readonly to: string;
  readonly from: string;
  readonly began: number;
  /** From here on no request may be answered by the version that was left. */
  readonly provenAt: number;
  readonly ended: number;
  readonly outcome: string;
  readonly failed: string;
  readonly evidence: Evidence;
}

/** Steps whose end proves that only the wanted version answers. */
const proving = [
  'shift-weights',
  'return-route',
  'open-routes',
  'switch-entry',
  'return-entry',
  'open-entry',
];

/** Runs an action that brings callers from one version to another, and keeps what it said. */
export async function makeChange(
  { title, to, from }: Pick<Change, 'title' | 'to' | 'from'>,
  run: () => Promise<ActionResult>,
): Promise<Change> {
  const began = Date.now();
  const { outputs, stdout, stderr } = await run();
  if (outputs.evidence === undefined) throw new Error(`${title}: ${stdout}${stderr}`);
  const evidence: Evidence = JSON.parse(readFileSync(outputs.evidence, 'utf8'));
  const moved = evidence.steps.find(({ id }) => proving.includes(id));
  const provenAt = Date.parse(moved?.startedAt ?? '') + (moved?.durationMs ?? 0);
  const { outcome = '', 'failed-requests': failed = '' } = outputs;
  return { title, to, from, began, provenAt, ended: Date.now(), outcome, failed, evidence };
}

/** What both load generators counted, once they have ended. */
export interface Load {
  readonly planned: number;
  readonly answers: readonly Answer[];
  readonly counted: VegetaCount;
  /** Turns an instant of an answer into milliseconds since the epoch. */
  epoch(monotonic: number): number;
}

export interface LoadRates {
  /** Requests per second of our own prober: half on connections that it keeps, half on one each. */
  readonly callers: number;
  /** Requests per second of a generator that nobody here wrote. */
  readonly vegeta: number;
}

/** Both generators come in by the entry point of the stage, and end by themselves after eight minutes. */
export function startLoad(stage: Stage, rates: LoadRates, vegetaOptions: { readonly keepAlive: boolean }) {
  const callers = startProber({
    url: new URL(stage.url),
    host: stage.hostname,
    ratePerSecond: rates.callers,
    timeoutMs: 10_000,
    version: { kind: 'header', name: 'x-version' },
    runId: 'zero',
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    maxDurationMs: 8 * 60_000,
  });
  const vegeta = startVegeta(stage, rates.vegeta, vegetaOptions);
  return {
    async stop(): Promise<Load> {
      const [counted] = await Promise.all([vegeta.stop(), callers.stop()]);
      const { answers, planned, startedAt, startedAtEpoch } = callers.tally();
      return { answers, planned, counted, epoch: (at) => startedAtEpoch + (at - startedAt) };
    },
  };
}

/** Answers of another version than the wanted one, to requests that were sent between the proof of a change and the next change. */
export function lateAnswers(changes: readonly Change[], { answers, epoch }: Load): readonly object[] {
  return changes.flatMap(({ title, to, provenAt }, index) => {
    const until = changes[index + 1]?.began ?? Number.POSITIVE_INFINITY;
    const sent = answers.filter(({ sentAt }) => epoch(sentAt) > provenAt && epoch(sentAt) < until);
    if (sent.length === 0) throw new Error(`${title}: nobody asked after its proof`);
    return sent.filter(({ version }) => version !== to).map((answer) => ({ title, ...answer }));
  });
}

/** Medians, for people who read along. */
export function medianFigures(
  changes: readonly Change[],
  { planned, answers, counted, epoch }: Load,
): readonly string[] {
  const median = (values: readonly number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(2) ?? '–';
  const of = (kind: string) => changes.filter(({ title }) => title.startsWith(kind));
  const lastOf = ({ from, began, ended }: Change) =>
    Math.max(
      ...answers
        .filter(({ version, doneAt }) => version === from && epoch(doneAt) > began && epoch(doneAt) < ended)
        .map(({ doneAt }) => (epoch(doneAt) - began) / 1_000),
    );
  const seconds = ({ began, ended }: Change) => (ended - began) / 1_000;
  return [
    `${planned} requests of callers, ${counted.requests} of vegeta, over ${changes.length} changes`,
    `release: median ${median(of('release').map(seconds))} s, callers all on the new version after ${median(of('release').map(lastOf))} s`,
    `rollback: median ${median(of('rollback').map(seconds))} s, callers all on the old version after ${median(of('rollback').map(lastOf))} s`,
  ];
}
