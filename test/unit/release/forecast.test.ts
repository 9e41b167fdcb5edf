import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { forecast, forecastRollback, overBudget } from '../../../src/release/forecast.ts';
import { type Candidate, readJournal } from '../../../src/release/index.ts';
import { type Journal, newJournal } from '../../../src/release/journal/journal.ts';
import { type PastRun, usualSteps, withRun } from '../../../src/release/journal/past-runs.ts';
import { judgeReturn } from '../../../src/release/proof/rollback-budget.ts';
import { shopNames } from '../../support/journals.ts';
import {
  fakeWitness,
  fixedGate,
  type Lab,
  manifestsFor,
  namespace,
  openLab,
} from '../../support/release-lab.ts';

const names = shopNames();
const settings = { progressDeadlineMs: 300_000, observeMs: 10_000, rollbackWindowMs: 0 };
const request = { settings, budgetMs: 310_000 };
const live = { slot: 'blue', revision: 1 } as const;

function journalWith(...totals: readonly number[]): Journal {
  const runs = totals.map(
    (ms): PastRun => ({ kind: 'release', at: '', steps: { smoke: ms - 1_000, promote: 1_000 } }),
  );
  return { ...newJournal(names, ''), live, ...(totals.length > 0 ? { runs } : {}) };
}

describe('the forecast of a release', () => {
  it('is the median of earlier ones, and what is observed', () => {
    expect(forecast(journalWith(20_000, 90_000, 22_000), request)).toMatchObject({
      durationMs: 32_000,
      basis: 'history',
      runs: 3,
      isOver: false,
      sentence: 'It would take about 32 s, by the median of 3 timed before',
    });
  });

  it('without any is what it may take at most, and says by which settings', () => {
    for (const journal of [undefined, journalWith()]) {
      expect(forecast(journal, request)).toMatchObject({
        durationMs: 310_000,
        basis: 'limits',
        runs: 0,
        isOver: false,
        sentence:
          'No release was timed before: it may take up to 5 min 10 s, by `progress-deadline` and `observe`',
      });
    }
  });

  it('that is over the budget is warned of', () => {
    const over = forecast(journalWith(400_000), request);
    expect(over.isOver).toBe(true);
    expect(overBudget(over, 'deploy-budget')).toEqual([
      'It may take 6 min 50 s, which is over `deploy-budget` (5 min 10 s). Raise that, or find out which step is slow.',
    ]);
    expect(overBudget(forecast(journalWith(1_000), request), 'deploy-budget')).toEqual([]);
  });

  it('takes no run of another kind for its own', () => {
    expect(forecastRollback(journalWith(20_000), true, { settings })).toMatchObject({ basis: 'limits' });
    expect(forecast({ ...journalWith(20_000), live: null }, request)).toMatchObject({ basis: 'limits' });
  });
});

describe('the runs that a journal keeps', () => {
  const record = (id: string, durationMs: number, outcome: 'done' | 'skipped' = 'done') => ({
    id,
    title: id,
    outcome,
    startedAt: null,
    durationMs,
    detail: '',
  });

  it('are the last ten', () => {
    let journal = journalWith();
    for (let n = 1; n <= 12; n++)
      journal = { ...journal, ...withRun(journal, 'release', [record('smoke', n)], 0) };
    expect(journal.runs?.map(({ steps }) => steps.smoke)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(usualSteps(journal, 'release')).toEqual({ smoke: 8 });
  });

  it('are whole ones, without what is only waited for', () => {
    const journal = journalWith();
    expect(
      withRun(journal, 'release', [record('smoke', 5), record('observe', 10_000)], 0).runs,
    ).toMatchObject([{ steps: { smoke: 5 } }]);
    expect(withRun(journal, 'release', [record('stamp', 1, 'skipped'), record('smoke', 5)], 0)).toEqual({
      runs: [],
    });
  });
});

describe('the time of a way back', () => {
  it('is held against its budget', () => {
    const judged = judgeReturn({ startedAt: 0, takenMs: 1_900, budgetMs: 120_000 });
    expect(judged).toMatchObject({
      verdict: 'pass',
      reason: 'The traffic was back after 1.9 s, within the budget of 2 min',
    });
    expect(judgeReturn({ startedAt: 0, takenMs: 121_000, budgetMs: 120_000 })).toMatchObject({
      verdict: 'fail',
      observations: [{ ok: false, seen: '2 min 1 s', wanted: 'at most 2 min' }],
    });
  });
});

describe.each(['gateway', 'service'] as const)('an app that was released and taken back, by %s', (mode) => {
  const manifests = manifestsFor(mode);
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ mode });
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
  });
  afterEach(() => lab.close());
  const withBudget = (rollbackBudgetMs: number) => ({
    settings: { progressDeadlineMs: 60_000, observeMs: 2_000, rollbackWindowMs: 600_000, rollbackBudgetMs },
  });
  const kinds = async () =>
    (await readJournal(lab.cluster, namespace, 'shop'))?.runs?.map(({ kind }) => kind);

  it('has the times of its runs in its journal, and plans by them', async () => {
    expect(await kinds()).toEqual(['first', 'release']);
    const { plan, reason } = await lab.plan(manifests({ VERSION: 'v3' }));
    expect(reason).toMatch(/It would take about [\d.]+ s, by the median of 1 timed before$/);
    expect(plan?.basis).toBe('history');
    const before = await lab.planRollback();
    expect(before.reason).toContain('No rollback onto warm pods was timed before');
    await lab.rollback();
    expect(await kinds()).toEqual(['first', 'release', 'warm']);
  });

  it('whose forecast is over the budget is warned in the plan', async () => {
    const { warnings } = await lab.plan(manifests({ VERSION: 'v3' }), { budgetMs: 1_000 });
    expect(warnings.join()).toContain('which is over `deploy-budget` (1 s)');
  });

  it('tells in the evidence of a rollback whether the budget was met', async () => {
    const { gates, warnings } = await lab.rollback(withBudget(120_000));
    expect(gates.find(({ gate }) => gate === 'rollback-budget')).toMatchObject({ verdict: 'pass' });
    expect(warnings).toEqual([]);
  });

  it('tells as well when it was not met, and the rollback stands', async () => {
    const result = await lab.rollback(withBudget(1));
    expect(result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
    expect(result.gates.find(({ gate }) => gate === 'rollback-budget')).toMatchObject({ verdict: 'fail' });
    expect(result.warnings.join()).toContain('over the budget of 1 ms');
    expect(lab.serving()).toBe('v1');
  });

  it('tells it of a release that took itself back', async () => {
    const stop = new AbortController();
    const result = await lab.deploy(manifests({ VERSION: 'v3' }), {
      ...withBudget(120_000),
      watch: async () => ({
        witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, mode),
        baseline: fixedGate('baseline'),
        traffic: fixedGate('traffic', 'inconclusive'),
      }),
    });
    stop.abort();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'inconclusive' });
    expect(result.gates.at(-1)).toMatchObject({ gate: 'rollback-budget', verdict: 'pass' });
    expect(await kinds()).toEqual(['first', 'release']);
  });

  it('a slow way back does not make a failed release of one that could not be judged', async () => {
    const stop = new AbortController();
    const result = await lab.deploy(manifests({ VERSION: 'v3' }), {
      ...withBudget(0),
      watch: async () => ({
        witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, mode),
        baseline: fixedGate('baseline'),
        traffic: fixedGate('traffic', 'inconclusive'),
      }),
    });
    stop.abort();
    expect(result.gates.at(-1)).toMatchObject({ gate: 'rollback-budget', verdict: 'fail' });
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'inconclusive' });
  });

  it('given a release that fails before its traffic moves, there is no way back to be timed', async () => {
    const gates = [fixedGate<Candidate>('smoke', 'fail')];
    const result = await lab.deploy(manifests({ VERSION: 'v3' }), { ...withBudget(1_000), gates });
    expect(result.gates.map(({ gate }) => gate)).toEqual(['smoke']);
  });

  it('does not keep the time of a run that went on with another one', async () => {
    await lab.deploy(manifests({ VERSION: 'v3' }), { until: 'preview' });
    await lab.deploy(manifests({ VERSION: 'v3' }));
    expect(await kinds()).toEqual(['first', 'release']);
  });
});
