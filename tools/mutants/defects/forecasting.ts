import type { Mutant } from '../mutant.ts';

const forecast = ['test/unit/release/forecast.test.ts'];

/** What is predicted from earlier runs, and what is told of the time that a way back took. */
export const forecasting: readonly Mutant[] = [
  {
    id: 'broken-off-runs-timed',
    harm: 'Runs that went on with another one make the forecast too short.',
    file: 'src/release/journal/past-runs.ts',
    find: "if (records.some(({ outcome }) => outcome !== 'done')) return { runs };",
    replace: 'if (records.length < 0) return { runs };',
    killedBy: forecast,
  },
  {
    id: 'runs-kept-for-ever',
    harm: 'The journal grows with each release until it may not be written any more.',
    file: 'src/release/journal/past-runs.ts',
    find: '.slice(-kept)',
    replace: '.slice(-kept * 1_000)',
    killedBy: forecast,
  },
  {
    id: 'over-budget-not-told',
    harm: 'A plan is good, and the release is undone in the middle because its time is over.',
    file: 'src/release/forecast.ts',
    find: 'isOver: durationMs > budgetMs,',
    replace: 'isOver: durationMs < 0,',
    killedBy: forecast,
  },
  {
    id: 'slow-way-back-called-fast',
    harm: 'A rollback that took too long is reported as one within its budget.',
    file: 'src/release/proof/rollback-budget.ts',
    find: 'const ok = takenMs <= budgetMs;',
    replace: 'const ok = takenMs >= 0 || takenMs <= budgetMs;',
    killedBy: forecast,
  },
  {
    id: 'slow-way-back-changes-the-verdict',
    harm: 'A release that could not be judged is called a failed one because its way back was slow.',
    file: 'src/release/session.ts',
    find: "return finish(session, 'Aborted', verdict, error.message,",
    replace: "return finish(session, 'Aborted', verdictOf(session, error), error.message,",
    killedBy: forecast,
  },
  {
    id: 'way-back-by-the-service-not-timed',
    harm: 'The rollback of an app without a route is held against no budget, and nobody is told.',
    file: 'src/release/steps/moving.ts',
    find: "  'return-entry',\n",
    replace: '',
    killedBy: forecast,
  },
];
