import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build/root.ts';
import { build } from '../build.ts';

/** CPU of one kind of start, in milliseconds of user and system time. */
export interface StartFigures {
  readonly emptyMs: number;
  readonly badInputMs: number;
  readonly ratio: number;
}

/**
 * CPU time of a built action that ends on a bad input, against that of an empty Node process. The two take turns, so
 * that whatever else the machine does hits both; medians of `rounds`.
 */
export function measureStart(from: string, rounds: number): StartFigures {
  const work = mkdtempSync(join(tmpdir(), 'streamgate-bench-'));
  try {
    const empty = join(work, 'empty.mjs');
    writeFileSync(empty, '');
    const action = join(from, 'dist', 'bluegreen-deploy', 'index.js');
    const figures = { empty: [] as number[], action: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      figures.empty.push(cpuOf(empty, work, {}));
      figures.action.push(cpuOf(action, work, { INPUT_APP: 'Not A Name' }));
    }
    const emptyMs = median(figures.empty);
    const badInputMs = median(figures.action);
    return { emptyMs, badInputMs, ratio: badInputMs / emptyMs };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The child tells its own consumption when it exits: nothing that runs beside it counts. */
function cpuOf(script: string, work: string, env: Record<string, string>): number {
  const meter = join(work, 'meter.cjs');
  writeFileSync(
    meter,
    "process.on('exit', () => { const { user, system } = process.cpuUsage(); require('node:fs').writeSync(3, String(user + system)); });",
  );
  const child = spawnSync(process.execPath, ['--require', meter, script], {
    cwd: work,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  return Number(child.output[3]) / 1_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export default async function run(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? 15);
  const out = join(root, '.cache', 'bench');
  await build(out);
  const { emptyMs, badInputMs, ratio } = measureStart(out, rounds);
  const lines = [
    `CPU (user + system), median of ${rounds} starts each, in turns, Node ${process.version}`,
    `  empty Node process                 ${emptyMs.toFixed(1)} ms`,
    `  built action, ends on a bad input  ${badInputMs.toFixed(1)} ms`,
    `  ratio                              ${ratio.toFixed(2)} (limit 6)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (!(ratio <= 6)) process.exitCode = 1;
}
