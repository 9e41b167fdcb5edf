import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Evidence } from '../../src/evidence/index.ts';
import { goBack, release, type Theatre } from '../demo/acts.ts';
import { openClusterStage, openSandboxStage } from '../demo/stage.ts';
import type { ActionResult } from '../runner.ts';

/** One release or rollback, in the figures that matter to whoever waits for it. */
interface Figures {
  readonly seconds: number;
  /** Start of the process to the first answer of the version that takes over, and to the last of the other. */
  readonly firstNewSeconds: number;
  readonly lastOldSeconds: number;
  readonly requests: number;
  readonly failed: number;
}

/** How long callers met a version that errs, and how often. */
interface BadFigures {
  readonly failed: number;
  /** First failed answer to the last one. */
  readonly seconds: number;
}

const halfBad = { knobs: { ERROR_RATE: '0.5' }, story: '' };

/** Releases a good version, goes back, and releases a bad one, many times in a row, under load; prints medians with minimum and maximum. */
export default async function benchRelease(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kubeconfig: { type: 'string' },
      url: { type: 'string' },
      image: { type: 'string', default: 'node:24-alpine' },
      rate: { type: 'string', default: '300' },
      rounds: { type: 'string', default: '10' },
      from: { type: 'string', default: '.' },
    },
  });
  const { kubeconfig, url, image } = values;
  const stage =
    kubeconfig === undefined || url === undefined
      ? await openSandboxStage()
      : await openClusterStage({ kubeconfig, url, image });
  const output = mkdtempSync(join(tmpdir(), 'streamgate-bench-'));
  const theatre: Theatre = {
    stage,
    output,
    from: values.from,
    rate: Number(values.rate),
    onOutput: undefined,
  };
  const forward: Figures[] = [];
  const back: Figures[] = [];
  const bad: BadFigures[] = [];
  try {
    expectPass(await release(theatre, { name: 'base', knobs: {}, story: '' }));
    for (let round = 1; round <= Number(values.rounds); round++) {
      forward.push(figuresOf(await release(theatre, { name: `next-${round}`, knobs: {}, story: '' })));
      back.push(figuresOf(await goBack(theatre)));
      bad.push(badFiguresOf(await release({ ...theatre, smoke: '' }, { ...halfBad, name: `bad-${round}` })));
      process.stderr.write(`round ${round} of ${values.rounds}\n`);
    }
  } finally {
    await stage.close();
  }
  process.stdout.write(
    [
      `${stage.title}; ${values.rate} requests/s, half of them on connections of their own; ${values.rounds} rounds`,
      '',
      '| | failed requests | first answer of the new side | last answer of the old side | done |',
      '|---|---|---|---|---|',
      row('release', forward),
      row('rollback', back),
      '',
      'Seconds from the start of the process: median (minimum–maximum).',
      '',
      `A version that is ready and errs in half of its answers: ${spread(
        bad.map(({ failed }) => failed),
        0,
      )} failed answers`,
      `a release, the last ${spread(bad.map(({ seconds }) => seconds))} s after the first; all were taken back.`,
      '',
    ].join('\n'),
  );
}

function figuresOf(result: ActionResult): Figures {
  expectPass(result);
  const evidence: Evidence = JSON.parse(readFileSync(result.outputs.evidence ?? '', 'utf8'));
  const began = Date.parse(evidence.startedAt);
  const of = (role: string) => (evidence.traffic?.byVersion ?? []).filter((entry) => entry.role === role);
  const after = (instants: readonly string[], pick: (...values: number[]) => number) =>
    (pick(...instants.map((at) => Date.parse(at))) - began) / 1_000;
  return {
    seconds: evidence.durationMs / 1_000,
    firstNewSeconds: after(
      of('candidate').map(({ firstAt }) => firstAt),
      Math.min,
    ),
    lastOldSeconds: after(
      of('stable').map(({ lastAt }) => lastAt),
      Math.max,
    ),
    requests: evidence.traffic?.planned ?? 0,
    failed: evidence.traffic?.failed ?? 0,
  };
}

function badFiguresOf(result: ActionResult): BadFigures {
  if (result.outputs.outcome !== 'Aborted') throw new Error(`a bad version ended ${result.outputs.outcome}`);
  const evidence: Evidence = JSON.parse(readFileSync(result.outputs.evidence ?? '', 'utf8'));
  const met = (evidence.traffic?.byVersion ?? []).filter(({ role }) => role === 'candidate');
  const first = Math.min(...met.map(({ firstAt }) => Date.parse(firstAt)));
  const last = Math.max(...met.map(({ lastAt }) => Date.parse(lastAt)));
  return { failed: evidence.traffic?.failed ?? 0, seconds: (last - first) / 1_000 };
}

function expectPass({ code, outputs, stdout, stderr }: ActionResult): void {
  if (code !== 0) throw new Error(`${outputs.outcome}: ${outputs.reason}\n${stdout}${stderr}`);
}

function row(name: string, all: readonly Figures[]): string {
  const sum = (pick: (figures: Figures) => number) =>
    all.reduce((total, figures) => total + pick(figures), 0);
  const failed = `${sum(({ failed }) => failed)} of ${sum(({ requests }) => requests)}`;
  const columns = [
    ({ firstNewSeconds }: Figures) => firstNewSeconds,
    ({ lastOldSeconds }: Figures) => lastOldSeconds,
    ({ seconds }: Figures) => seconds,
  ].map((pick) => spread(all.map(pick)));
  return `| ${[name, failed, ...columns].join(' | ')} |`;
}

function spread(values: readonly number[], digits = 2): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(digits);
  return `${at(0.5)} (${at(0)}–${at(1)})`;
}
