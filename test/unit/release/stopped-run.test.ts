import { describe, expect, it } from '@jest/globals';
import { at, StreamGateError } from '../../../src/base/index.ts';
import { type Candidate, type RunRequest, type RunResult, readJournal } from '../../../src/release/index.ts';
import { isInFlight } from '../../../src/release/journal/journal.ts';
import { configured } from '../../support/config.ts';
import { describeWrite, watchEntry } from '../../support/killed-run.ts';
import { fixedGate, type Lab, namespace, openLab } from '../../support/release-lab.ts';
import { startStoppable } from '../../support/stopped-run.ts';
import { rollbackIfAny, standingOf } from './kill-sweep.ts';

const v1 = configured({ VERSION: 'v1' }, { GREETING: 'one' });
const v2 = configured({ VERSION: 'v2' }, { GREETING: 'two' });
const runOf = (runId: string) => ({
  run: { repository: 'acme/shop', commit: runId, ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

type Deed = (lab: Lab, change?: Partial<RunRequest>) => Promise<RunResult>;

interface Race {
  readonly arrange: (lab: Lab) => Promise<unknown>;
  /** The run that is stopped in front of each of its writes. */
  readonly first: Deed;
  /** What another run does meanwhile. */
  readonly second: (lab: Lab) => Promise<unknown>;
  /** Whether callers are served all the time. */
  readonly watched: boolean;
}

/** How a run may end that was overtaken before, and after, its journal said that it is over. */
const honestEnds = { before: ['Superseded'], after: ['Superseded', 'Promoted', 'Aborted'] };

async function stopEverywhere(race: Race) {
  const failures: string[] = [];
  const ends = new Map<string, number>();
  let tested = 0;
  for (let nth = 1, more = true; more; nth++) {
    const lab = await openLab();
    await race.arrange(lab);
    const unheld = await tokenOfLock(lab);
    const stoppable = startStoppable(lab, nth);
    const entry = watchEntry(lab);
    const ending = race.first(lab, stoppable.change).catch(toEnd);
    more = (await Promise.race([stoppable.stopped, ending])) === 'stopped';
    if (more) {
      tested += 1;
      const problems: string[] = [];
      const held = await tokenOfLock(lab);
      const isOver = await hasEnded(lab);
      await race.second(lab).catch((thrown: unknown) => problems.push(`the second run: ${String(thrown)}`));
      await lab.clock.sleep(5_000);
      const before = await standingOf(lab);
      // In front of its first write it has no lock; and another run that finds nothing to do leaves it its own.
      const wasOvertaken = held > unheld && (await tokenOfLock(lab)) > held;
      stoppable.continue();
      const { outcome, reason } = await ending;
      ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
      await lab.clock.sleep(5_000);
      if (wasOvertaken) {
        if (JSON.stringify(await standingOf(lab)) !== JSON.stringify(before))
          problems.push('moved something');
        problems.push(...keptWrites(stoppable.writtenLate).map((what) => `wrote ${what}`));
        if (!honestEnds[isOver ? 'after' : 'before'].includes(outcome)) problems.push('another end');
      }
      if (race.watched && entry.lost.length > 0) problems.push(`lost ${entry.lost[0]}`);
      if (problems.length > 0)
        failures.push(`${stoppable.at()} [${outcome}: ${reason}]: ${problems.join('; ')}`);
    }
    entry.end();
    stoppable.end();
    await lab.close();
  }
  return { tested, failures, superseded: ends.get('Superseded') ?? 0 };
}

async function tokenOfLock(lab: Lab): Promise<number> {
  const lease = await lab.get('coordination.k8s.io/v1', 'Lease', 'streamgate-shop');
  return Number(at(lease, 'spec', 'leaseTransitions') ?? 0);
}

/** Whether the journal has no release in its middle. */
async function hasEnded(lab: Lab): Promise<boolean> {
  const journal = await readJournal(lab.cluster, namespace, 'shop');
  return !isInFlight(journal?.release ?? null);
}

function toEnd(thrown: unknown): Pick<RunResult, 'outcome' | 'reason'> {
  if (thrown instanceof StreamGateError && thrown.code === 'Superseded')
    return { outcome: 'Superseded', reason: thrown.message };
  return { outcome: 'Refused', reason: String(thrown) };
}

/** A creation cannot be fenced: one that came through late is taken back by the run itself, at once. */
function keptWrites(written: ReturnType<typeof startStoppable>['writtenLate']): string[] {
  const deletions = written.filter(({ method }) => method === 'DELETE').length;
  const creations = written.filter(({ method }) => method === 'POST').length;
  const others = written.filter(({ method }) => method !== 'POST' && method !== 'DELETE');
  return [
    ...others.map(describeWrite),
    ...(creations === deletions ? [] : [`${creations} creations, ${deletions} deletions`]),
  ];
}

const release = (lab: Lab, change: Partial<RunRequest> = {}) => lab.deploy(v2, { ...runOf('2'), ...change });
const badRelease: Deed = (lab, change) =>
  release(lab, { ...change, gates: [fixedGate<Candidate>('smoke', 'fail')] });

describe('a run that is stopped in front of any of its writes, and continued after another run', () => {
  it.each<readonly [string, number, Race]>([
    [
      'given a release that the other one has finished',
      35,
      { arrange: (lab) => lab.deploy(v1, runOf('1')), first: release, second: release, watched: true },
    ],
    [
      'given a release that the other one has put back',
      35,
      { arrange: (lab) => lab.deploy(v1, runOf('1')), first: release, second: rollbackIfAny, watched: true },
    ],
    [
      'given a first release that the other one has put back',
      20,
      { arrange: async () => {}, first: release, second: rollbackIfAny, watched: false },
    ],
    [
      'given a release that was on its way back',
      15,
      {
        arrange: (lab) => lab.deploy(v1, runOf('1')),
        first: badRelease,
        second: rollbackIfAny,
        watched: true,
      },
    ],
  ])(
    '%s, moves nothing any more and says that it was overtaken',
    async (_what, atLeast, race) => {
      const { tested, failures, superseded } = await stopEverywhere(race);
      expect(failures).toEqual([]);
      expect(tested).toBeGreaterThanOrEqual(atLeast);
      expect(superseded).toBeGreaterThanOrEqual(atLeast / 2);
    },
    600_000,
  );
});
