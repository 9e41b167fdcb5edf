import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { at } from '../../src/base/index.ts';

/** One test that failed, or a file that could not run at all. */
export interface TestFailure {
  readonly file: string;
  /** Full name of the test; null when the file itself could not run. */
  readonly test: string | null;
  readonly message: string;
}

export interface TestRun {
  readonly timedOut: boolean;
  /** Files that were run, from the root of the tree. */
  readonly files: readonly string[];
  readonly failures: readonly TestFailure[];
}

export interface TestRunOptions {
  readonly tree: string;
  readonly files: readonly string[];
  readonly limitMs: number;
  /** Ends with the first test that fails. */
  readonly bail: boolean;
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** Runs test files of the projects without processes in a tree, in a process of its own. */
export async function runTests(options: TestRunOptions): Promise<TestRun> {
  const { tree, files, limitMs, bail, workers, signal } = options;
  const report = join(tree, 'report.json');
  rmSync(report, { force: true });
  const words = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    'sweeps',
    `--cacheDirectory=${join(tree, '.cache', 'jest')}`,
    `--outputFile=${report}`,
    '--json',
    '--silent',
    ...(bail ? ['--bail', `--testEnvironment=${join(tree, 'test', 'jest', 'first-failure.mjs')}`] : []),
    ...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
    '--runTestsByPath',
    ...files,
  ];
  const limit = AbortSignal.timeout(limitMs);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, words, {
      cwd: tree,
      stdio: 'ignore',
      signal: AbortSignal.any([limit, signal]),
      killSignal: 'SIGKILL',
    });
    child.on('error', (error) => (limit.aborted ? resolve() : reject(error)));
    child.on('exit', () => resolve());
  });
  signal.throwIfAborted();
  if (limit.aborted || !existsSync(report)) return { timedOut: limit.aborted, files: [], failures: [] };
  return { timedOut: false, ...readReport(JSON.parse(readFileSync(report, 'utf8')), tree) };
}

function readReport(report: unknown, tree: string): Pick<TestRun, 'files' | 'failures'> {
  const suites = listAt(report, 'testResults').map((suite) => ({
    suite,
    file: relative(tree, String(at(suite, 'name'))).replaceAll('\\', '/'),
  }));
  return {
    files: suites.map(({ file }) => file),
    failures: suites.flatMap(({ suite, file }) => failuresOf(suite, file)),
  };
}

function failuresOf(suite: unknown, file: string): TestFailure[] {
  const failed = listAt(suite, 'assertionResults').filter((test) => at(test, 'status') === 'failed');
  if (failed.length === 0 && at(suite, 'status') === 'failed') {
    return [{ file, test: null, message: String(at(suite, 'message')) }];
  }
  return failed.map((test) => ({
    file,
    test: String(at(test, 'fullName')),
    message: listAt(test, 'failureMessages').join('\n'),
  }));
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
}
