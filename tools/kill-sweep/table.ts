import type { Counted } from './sweep.ts';
import type { Verdict } from './trial.ts';

/** Every point with what came of it, one line each. */
export function renderPoints(counted: readonly Counted[], verdicts: readonly Verdict[]): string {
  return counted.map((one) => renderScenario(one, verdicts)).join('\n');
}

function renderScenario({ scenario, writes }: Counted, verdicts: readonly Verdict[]): string {
  const ways = scenario.recoveries.map(({ name }) => name);
  const columns = (['before', 'after'] as const).flatMap((when) => ways.map((way) => ({ when, way })));
  const head = row(
    '#',
    'step',
    'write',
    columns.map(({ when, way }) => `${when}: ${way}`),
  );
  const lines = writes.flatMap(({ nth, step, what }) => {
    const cells = columns.map(({ when, way }) => mark(find(verdicts, scenario.name, nth, when, way)));
    return cells.every((cell) => cell === '') ? [] : [row(String(nth), step, what, cells)];
  });
  return [`${scenario.name}: ${scenario.title}`, head, ...lines, ''].join('\n');
}

function find(verdicts: readonly Verdict[], scenario: string, nth: number, when: string, way: string) {
  return verdicts.find(
    (verdict) =>
      verdict.scenario === scenario &&
      verdict.point.nth === nth &&
      verdict.point.when === when &&
      verdict.recovery === way,
  );
}

function mark(verdict: Verdict | undefined): string {
  if (verdict === undefined) return '';
  return verdict.problems.length === 0 ? 'ok' : 'FAILED';
}

function row(nth: string, step: string, what: string, cells: readonly string[]): string {
  const columns = [
    nth.padStart(4),
    step.padEnd(20),
    what.padEnd(38),
    ...cells.map((cell) => cell.padEnd(16)),
  ];
  return columns.join('  ').trimEnd();
}

/** One line for each step of each deed, in Markdown. */
export function renderSteps(counted: readonly Counted[], verdicts: readonly Verdict[]): string {
  const head = '| deed | step | writes | kills | as wanted |\n|---|---|--:|--:|--:|';
  const rows = counted.flatMap(({ scenario, writes }) =>
    [...new Set(writes.map(({ step }) => step))].map((step) => {
      const points = new Set(writes.filter((write) => write.step === step).map(({ nth }) => nth));
      const made = verdicts.filter((one) => one.scenario === scenario.name && points.has(one.point.nth));
      const good = made.filter(({ problems }) => problems.length === 0);
      return `| ${scenario.name} | ${step || 'lock'} | ${points.size} | ${made.length} | ${good.length} |`;
    }),
  );
  return [head, ...rows].join('\n');
}
