import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutant, plant, whyNotPlanted } from './mutant.ts';
import { runTests, type TestFailure } from './run-tests.ts';

export interface Trial {
  readonly mutant: Mutant;
  /** broken: nothing was learned, since the mutant or its tests do not stand as they should. */
  readonly fate: 'killed' | 'survived' | 'broken';
  /** Name of the test that failed, or why it is broken. */
  readonly detail: string;
  readonly durationMs: number;
}

/** Far more than any test file needs, on a busy machine, too: there to end a hang. */
const limitMs = 300_000;

/** Runs the named tests over the defect, and puts the file back as it was. */
export async function tryMutant(
  mutant: Mutant,
  tree: string,
  baseline: ReadonlyMap<string, TestFailure | undefined>,
  signal: AbortSignal,
): Promise<Trial> {
  const began = performance.now();
  const ended = (fate: Trial['fate'], detail: string): Trial => ({
    mutant,
    fate,
    detail,
    durationMs: performance.now() - began,
  });
  const reason = whyUnfit(mutant, baseline);
  if (reason !== undefined) return ended('broken', reason);
  const path = join(tree, mutant.file);
  const source = readFileSync(path, 'utf8');
  const obstacle = whyNotPlanted(mutant, source);
  if (obstacle !== undefined) return ended('broken', `${mutant.file}: ${obstacle}`);
  writeFileSync(path, plant(mutant, source));
  try {
    const { killedBy: files } = mutant;
    const run = await runTests({ tree, files, limitMs, bail: true, workers: 1, signal });
    if (run.timedOut) return ended('broken', `no test had failed after ${limitMs / 1_000} s`);
    if (run.files.length === 0) return ended('broken', 'the tests could not be started');
    const [first] = run.failures;
    if (first === undefined) return ended('survived', files.join(', '));
    if (first.test === null) return ended('broken', `${first.file} cannot run: ${firstLine(first.message)}`);
    return ended('killed', first.test);
  } finally {
    writeFileSync(path, source);
  }
}

function whyUnfit(
  { killedBy }: Mutant,
  baseline: ReadonlyMap<string, TestFailure | undefined>,
): string | undefined {
  if (killedBy.length === 0) return 'it names no test';
  for (const file of killedBy) {
    if (!baseline.has(file)) return `${file} is not there`;
    const failure = baseline.get(file);
    if (failure !== undefined)
      return `${file} fails without it: ${failure.test ?? firstLine(failure.message)}`;
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}
