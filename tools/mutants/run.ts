import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { mutants } from './defects/index.ts';
import type { Mutant } from './mutant.ts';
import { runTests, type TestFailure } from './run-tests.ts';
import { copyTree, type Tree } from './tree.ts';
import { type Trial, tryMutant } from './try-mutant.ts';

const usage = `npm run test:mutants [-- OPTIONS ID …]

Plants one defect after the other into copies of the clone, and runs the tests that have to notice it.

  ID            those whose id contains it           (all)
  --workers N   how many at once             (2, or 1 on a single core)
  --list        print them, and run nothing
`;

/** For all test files without any defect: there to end a hang. */
const baselineLimitMs = 1_800_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const chosen = mutants.filter(
  ({ id }) => positionals.length === 0 || positionals.some((word) => id.includes(word)),
);
if (values.help) process.stdout.write(usage);
else if (values.list) list(chosen);
else process.exitCode = await main(chosen, Math.max(1, Number(values.workers) || 1));

function list(some: readonly Mutant[]): void {
  for (const { id, file, harm } of some) process.stdout.write(`${id.padEnd(34)} ${file}\n    ${harm}\n`);
  process.stdout.write(`${some.length} mutants\n`);
}

async function main(some: readonly Mutant[], workers: number): Promise<number> {
  const trees = Array.from({ length: workers }, copyTree);
  process.on('exit', () => {
    for (const tree of trees) tree.remove();
  });
  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => cancel.abort());
  try {
    return await tryAll(some, trees, cancel.signal);
  } catch (thrown) {
    if (!cancel.signal.aborted) throw thrown;
    return 130;
  }
}

async function tryAll(some: readonly Mutant[], trees: readonly Tree[], signal: AbortSignal): Promise<number> {
  const files = [...new Set(some.flatMap(({ killedBy }) => killedBy))].sort();
  process.stdout.write(`${some.length} mutants; first their ${files.length} test files without any\n`);
  const baseline = await readBaseline(files, trees, signal);
  const queue = [...some];
  const trials: Trial[] = [];
  await Promise.all(
    trees.map(async ({ path }) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        const trial = await tryMutant(mutant, path, baseline, signal);
        trials.push(trial);
        tell(trial);
      }
    }),
  );
  return sumUp(trials);
}

/** How each test file ends on the clone as it is. */
async function readBaseline(
  files: readonly string[],
  trees: readonly Tree[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TestFailure | undefined>> {
  const [tree] = trees;
  if (tree === undefined || files.length === 0) return new Map();
  const workers = trees.length;
  const run = await runTests({
    tree: tree.path,
    files,
    limitMs: baselineLimitMs,
    bail: false,
    workers,
    signal,
  });
  if (run.files.length === 0) {
    const why = run.timedOut ? `did not end within ${baselineLimitMs / 1_000} s` : 'could not be started';
    throw new Error(`The tests ${why} without any defect, so nothing can be learned: run npm test`);
  }
  return new Map(run.files.map((file) => [file, run.failures.find((failure) => failure.file === file)]));
}

function tell({ mutant, fate, detail, durationMs }: Trial): void {
  const word = fate === 'killed' ? 'killed  ' : fate.toUpperCase().padEnd(8);
  const seconds = `${(durationMs / 1_000).toFixed(1)} s`.padStart(7);
  const by = fate === 'survived' ? `all passed in ${detail}. ${mutant.harm}` : detail;
  process.stdout.write(`${word} ${seconds}  ${mutant.id.padEnd(34)} ${by}\n`);
}

function sumUp(trials: readonly Trial[]): number {
  const count = (fate: Trial['fate']) => trials.filter((trial) => trial.fate === fate).length;
  const failed = trials.length - count('killed');
  process.stdout.write(
    `${count('killed')} killed, ${count('survived')} survived, ${count('broken')} broken\n` +
      `${count('killed')} passed, ${failed} failed\n`,
  );
  return failed === 0 && trials.length > 0 ? 0 : 1;
}
