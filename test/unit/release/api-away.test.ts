import { describe, expect, it } from '@jest/globals';
import type { RunResult } from '../../../src/release/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { type Lab, openLab } from '../../support/release-lab.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';
import { differences, releaseV2, sweepTrouble } from './trouble-sweep.ts';

const awayMs = 60_000;

/** Steps of an undisturbed release, in their order. */
async function stepsOfRelease(): Promise<string[]> {
  const lab = await openLab();
  await releaseV2.arrange(lab);
  const { steps } = await releaseV2.deed(lab, {});
  await lab.close();
  return steps.map(({ id }) => id);
}

async function loseApiAt(step: string, mode: 'hang' | 'refuse') {
  const lab = await openLab();
  await releaseV2.arrange(lab);
  const entry = watchEntry(lab, 100);
  const { faults } = lab.sandbox;
  let outages = 0;
  const begin = ({ id }: { readonly id: string }) => {
    if (id !== step || outages++ > 0) return;
    faults.stopApi(mode);
    lab.clock.after(awayMs, () => faults.startApi());
  };
  const end: RunResult = await releaseV2.deed(lab, { listener: { plan() {}, begin, end() {} } });
  await lab.clock.sleep(awayMs);
  entry.end();
  const standing = await standingOf(lab);
  await lab.close();
  return { end, standing, lost: entry.lost, outages };
}

describe('a release, given an API that is away for a minute at the beginning of any step', () => {
  it.each(['refuse', 'hang'] as const)(
    '(%s), ends promoted, or undone with the reason',
    async (mode) => {
      const before = await standingAfter(releaseV2.arrange);
      const after = await standingAfter(releaseV2.arrange, (lab) => releaseV2.deed(lab, {}));
      const failures: string[] = [];
      const steps = await stepsOfRelease();
      const promoted: string[] = [];
      for (const step of steps) {
        const { end, standing, lost, outages } = await loseApiAt(step, mode);
        if (end.verdict === 'pass') promoted.push(step);
        const problems = differences(standing, end.verdict === 'pass' ? after : before);
        if (lost.length > 0) problems.push(`lost ${lost[0]}`);
        if (outages === 0) problems.push('it was never away');
        if (problems.length > 0)
          failures.push(`${step} [${end.outcome}: ${end.reason}]: ${problems.join('; ')}`);
      }
      process.stdout.write(`away (${mode}): ${steps.length} steps, ${promoted.length} promoted\n`);
      expect(failures).toEqual([]);
      expect(steps.length).toBeGreaterThanOrEqual(15);
    },
    600_000,
  );
});

/** Who serves, and how the run ends, when the API goes as soon as the n-th change of the route was carried out. */
async function loseApiAfterChange(
  nth: number,
  mode: 'hang' | 'refuse',
  deed: (lab: Lab) => Promise<RunResult>,
) {
  const lab = await openLab();
  await releaseV2.arrange(lab);
  const entry = watchEntry(lab, 100);
  const { faults } = lab.sandbox;
  let outages = 0;
  const after = async () => {
    outages += 1;
    faults.stopApi(mode);
    lab.clock.after(awayMs, () => faults.startApi());
  };
  const onlyChanges = ({ body = '' }: { readonly body?: string }) => body.includes('/backendRefs');
  faults.add(
    { method: 'PATCH', path: /\/httproutes\/shop$/, where: onlyChanges, nth },
    { kind: 'hold', after },
  );
  const { outcome, reason } = await deed(lab);
  entry.end();
  const serving = lab.serving();
  await lab.close();
  return { outcome, reason, serving, lost: entry.lost, outages };
}

describe('a run, given an API that is away for a minute as soon as callers were sent over', () => {
  const release = (lab: Lab) => releaseV2.deed(lab, {});
  const back = async (lab: Lab) => lab.rollback();
  const releaseAndBack = async (lab: Lab) => {
    await release(lab);
    return back(lab);
  };
  it.each<readonly [string, 'hang' | 'refuse', number, (lab: Lab) => Promise<RunResult>, string, string]>([
    ['a release', 'refuse', 2, release, 'Promoted', 'v2'],
    ['a release', 'hang', 2, release, 'Promoted', 'v2'],
    ['a rollback', 'refuse', 4, releaseAndBack, 'FastRolledBack', 'v1'],
    ['a rollback', 'hang', 4, releaseAndBack, 'FastRolledBack', 'v1'],
  ])('(%s, %s), goes on when it is back: the minute is not the fault of the gateway', async (...given) => {
    const [, mode, nth, deed, outcome, serving] = given;
    expect(await loseApiAfterChange(nth, mode, deed)).toMatchObject({
      outcome,
      serving,
      lost: [],
      outages: 1,
    });
  });
});

describe('a release, given any one watch that says nothing', () => {
  it('ends promoted', async () => {
    const { counted, tested, promoted, failures } = await sweepTrouble({
      ...releaseV2,
      effect: { kind: 'silent-watch' },
      where: (path) => path.includes('watch=true'),
    });
    process.stdout.write(`silent watches: ${counted} counted, ${tested} tested, ${promoted} promoted\n`);
    expect(failures).toEqual([]);
    expect({ tested, promoted }).toEqual({ tested: counted, promoted: counted });
    expect(counted).toBeGreaterThanOrEqual(5);
  }, 600_000);
});
