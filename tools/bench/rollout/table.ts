import type { Figures } from './figures.ts';
import type { Result } from './scenarios.ts';

/** One line of the file of results. */
export interface Row extends Result {
  readonly tool: string;
  readonly round: number;
}

/** A turn that could not be measured, and why. */
export interface Lost {
  readonly tool: string;
  readonly round: number;
  readonly scenario: string;
  readonly lost: string;
}

interface Column {
  readonly title: string;
  readonly cell: (rows: readonly Figures[]) => string;
}

const count = (title: string, name: string): Column => ({ title, cell: (rows) => spread(rows, name, 0) });
const seconds = (title: string, name: string): Column => ({ title, cell: (rows) => spread(rows, name, 2) });
const share = (title: string, name: string): Column => ({
  title,
  cell: (rows) => `${sum(rows, name)} of ${sum(rows, 'requests')}`,
});
const turns = (title: string, name: string): Column => ({
  title,
  cell: (rows) => `${sum(rows, name)} of ${rows.length}`,
});
const n: Column = { title: 'n', cell: (rows) => String(rows.length) };

const change = [
  n,
  share('failed', 'failed'),
  share('misrouted', 'misrouted'),
  seconds('first new answer', 'firstSeconds'),
  seconds('all new', 'allSeconds'),
  seconds('first to last changed', 'spanSeconds'),
  seconds('done', 'doneSeconds'),
  seconds('own', 'ownSeconds'),
  count('writes', 'writes'),
  count('peak pods', 'peakPods'),
];

const bad = [
  n,
  count('bad answers', 'badAnswers'),
  count('other failures', 'otherFailures'),
  seconds('first bad', 'firstBadSeconds'),
  seconds('last answer of it', 'lastBadSeconds'),
  seconds('first to last', 'exposedSeconds'),
  seconds('command to last', 'commandToLastSeconds'),
  turns('undone alone', 'alone'),
  seconds('done', 'doneSeconds'),
];

const sections: readonly { of: Result['of']; title: string; columns: readonly Column[] }[] = [
  { of: 'good', title: 'A good release', columns: change },
  { of: 'rollback', title: 'Back by hand after a finished release', columns: change },
  { of: 'late', title: 'Back by hand, 40 s after a finished release', columns: change },
  {
    of: 'caught',
    title: 'A release that errs in half of its answers, also to whoever checks it',
    columns: bad,
  },
  {
    of: 'unseen',
    title: 'A release that errs in half of its answers, but only to real traffic',
    columns: bad,
  },
  {
    of: 'stuck',
    title: 'A release that never becomes ready',
    columns: [
      n,
      share('failed', 'failed'),
      seconds('first failing probe', 'appearedSeconds'),
      seconds('named after that', 'namedAfterSeconds'),
      seconds('ended', 'doneSeconds'),
      count('writes', 'writes'),
    ],
  },
];

/** Markdown tables, one for each scenario that has results. */
export function renderTables(rows: readonly Row[]): string {
  const tools = [...new Set(rows.map(({ tool }) => tool))];
  return sections
    .filter(({ of }) => rows.some((row) => row.of === of))
    .map(({ of, title, columns }) => {
      const head = ['', ...columns.map((column) => column.title)];
      const lines = tools.flatMap((tool) => {
        const figures = rows.filter((row) => row.of === of && row.tool === tool).map((row) => row.figures);
        return figures.length === 0 ? [] : [[tool, ...columns.map(({ cell }) => cell(figures))]];
      });
      const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
      return [`### ${title}`, '', ...table, ''].join('\n');
    })
    .join('\n');
}

/** Median (minimum–maximum) of what was seen; `–` when it never was. */
function spread(rows: readonly Figures[], name: string, digits: number): string {
  const seen = rows.flatMap((row) => row[name] ?? []).sort((a, b) => a - b);
  if (seen.length === 0) return '–';
  const at = (portion: number) => (seen[Math.round(portion * (seen.length - 1))] ?? 0).toFixed(digits);
  return seen.length === 1 ? at(0) : `${at(0.5)} (${at(0)}–${at(1)})`;
}

function sum(rows: readonly Figures[], name: string): number {
  return rows.reduce((total, row) => total + (row[name] ?? 0), 0);
}
