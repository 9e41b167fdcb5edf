import { expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import type { RunRequest, RunResult } from '../../../src/release/index.ts';
import type { FaultEffect } from '../../../src/sandbox/faults.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { type Standing, standingAfter, standingOf } from './kill-sweep.ts';

/** One deed, and one trouble that meets each of its requests in turn. */
export interface TroubleSweep {
  readonly arrange: (lab: Lab) => Promise<unknown>;
  readonly deed: (lab: Lab, change: Partial<RunRequest>) => Promise<RunResult>;
  readonly effect: FaultEffect;
  /** Which requests are counted; all when left out. */
  readonly where?: (path: string) => boolean;
}

export interface TroubleReport {
  /** Requests of an undisturbed run. */
  readonly counted: number;
  /** Those at which the trouble was met. */
  readonly tested: number;
  readonly promoted: number;
  readonly failures: readonly string[];
}

/** Often enough a sign of life that the sweep meets some. */
const change = { leaseMs: 5_000 };

/** Each request of the deed meets the trouble once, on a cluster of its own; all others are answered. */
export async function sweepTrouble(sweep: TroubleSweep): Promise<TroubleReport> {
  const wanted = {
    before: await standingAfter(sweep.arrange),
    after: await standingAfter(sweep.arrange, (lab) => sweep.deed(lab, change)),
  };
  const counted = (await requestsOf(sweep)).length;
  const failures: string[] = [];
  let promoted = 0;
  let tested = 0;
  for (let nth = 1; nth <= counted; nth++) {
    const { end, problems, met } = await tryRequest(sweep, nth, wanted);
    if (met) tested += 1;
    if (end.verdict === 'pass') promoted += 1;
    if (problems.length > 0)
      failures.push(`request ${nth} [${end.outcome}: ${end.reason}]: ${problems.join('; ')}`);
  }
  return { counted, tested, promoted, failures };
}

async function requestsOf({ arrange, deed, where = () => true }: TroubleSweep): Promise<string[]> {
  const lab = await openLab();
  await arrange(lab);
  const before = lab.sandbox.requests.length;
  await deed(lab, change);
  const made = lab.sandbox.requests.slice(before).map(({ path }) => path);
  await lab.close();
  return made.filter(where);
}

async function tryRequest(
  { arrange, deed, effect, where = () => true }: TroubleSweep,
  nth: number,
  wanted: { readonly before: Standing; readonly after: Standing },
) {
  const lab = await openLab();
  await arrange(lab);
  const entry = watchEntry(lab, 100);
  let seen = 0;
  let met = '';
  lab.sandbox.faults.add(
    {
      where({ method, path }) {
        if (!where(path) || ++seen !== nth) return false;
        met = `${method} ${path}`;
        return true;
      },
    },
    effect,
  );
  const end = await deed(lab, change).catch(toEnd);
  lab.sandbox.faults.clear();
  await lab.clock.sleep(5_000);
  entry.end();
  const problems = differences(await standingOf(lab), end.verdict === 'pass' ? wanted.after : wanted.before);
  if (entry.lost.length > 0) problems.push(`lost ${entry.lost[0]}`);
  if (end.reason === '') problems.push('no reason is told');
  await lab.close();
  return { end, met: met !== '', problems: problems.map((problem) => `${met}: ${problem}`) };
}

type End = Pick<RunResult, 'outcome' | 'verdict' | 'reason'>;

function toEnd(thrown: unknown): End {
  if (!(thrown instanceof StreamGateError)) throw thrown;
  return { outcome: 'Refused', verdict: 'inconclusive', reason: thrown.message };
}

export function differences(found: Standing, wanted: Standing): string[] {
  const short = (line: string) => line.slice(0, 120);
  return [
    ...wanted.objects.filter((line) => !found.objects.includes(line)).map((line) => `missing ${short(line)}`),
    ...found.objects.filter((line) => !wanted.objects.includes(line)).map((line) => `extra ${short(line)}`),
    ...(found.objects.length === wanted.objects.length ? [] : [`${found.objects.length} objects`]),
    ...(found.serving === wanted.serving ? [] : [`serves ${found.serving}, should serve ${wanted.serving}`]),
  ];
}

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const settings = { progressDeadlineMs: 60_000, observeMs: 500, rollbackWindowMs: 600_000 };

/** The release of v2 over v1. */
export const releaseV2: Pick<TroubleSweep, 'arrange' | 'deed'> = {
  arrange: (lab) => lab.deploy(v1),
  deed: (lab, change) => lab.deploy(v2, { ...change, settings }),
};

/** One test for each trouble, in files of their own so that they share the cores. */
export function specifyTroubles(troubles: readonly (readonly [string, FaultEffect])[]): void {
  it.each(troubles)(
    '%s, ends promoted, or as if it had never been',
    async (name, effect) => {
      const { counted, tested, promoted, failures } = await sweepTrouble({ ...releaseV2, effect });
      process.stdout.write(`${name}: ${counted} requests counted, ${tested} tested, ${promoted} promoted\n`);
      expect(failures).toEqual([]);
      expect(tested).toBe(counted);
      expect(counted).toBeGreaterThanOrEqual(100);
    },
    600_000,
  );
}
