import type { Arena, Call, Standing } from './arena.ts';
import type { Point, SeenWrite } from './gatekeeper.ts';
import type { Scenario } from './scenarios.ts';
import { liveUndisturbed, type Trial, tryPoint, type Verdict } from './trial.ts';

/** Which of all points are wanted. */
export interface Choice {
  /** Numbers of writes; all when empty. */
  readonly only: readonly number[];
  /** Each so-many-th of them. */
  readonly every: number;
}

/** A deed, and its points as an undisturbed run came by them. */
export interface Counted {
  readonly scenario: Scenario;
  readonly writes: readonly SeenWrite[];
}

/** Lives that were lived once, and where they led. */
export function rememberStandings(arena: Arena): Trial['standingAfter'] {
  const known = new Map<string, Promise<Standing>>();
  return (calls) => {
    const key = JSON.stringify(calls);
    const standing = known.get(key) ?? live(arena, calls);
    known.set(key, standing);
    return standing;
  };
}

async function live(arena: Arena, calls: readonly Call[]): Promise<Standing> {
  return (await liveUndisturbed(arena, { arrange: calls, deed: [] })).standing;
}

/** Lets each deed happen undisturbed, to see what it writes. */
export async function countPoints(arena: Arena, scenarios: readonly Scenario[]): Promise<readonly Counted[]> {
  return Promise.all(
    scenarios.map(async (scenario) => ({
      scenario,
      writes: (await liveUndisturbed(arena, scenario)).writes,
    })),
  );
}

/** Every chosen point, before and after its write, with each way out. */
export function planTrials(
  counted: readonly Counted[],
  { only, every }: Choice,
  standingAfter: Trial['standingAfter'],
): readonly Trial[] {
  return counted.flatMap(({ scenario, writes }) =>
    writes
      .filter(({ nth }) => (only.length === 0 ? (nth - 1) % every === 0 : only.includes(nth)))
      .flatMap(({ nth }) =>
        (['before', 'after'] as const).flatMap((when) =>
          scenario.recoveries.map((recovery): Trial => {
            const point: Point = { nth, when };
            return { scenario, point, recovery, standingAfter };
          }),
        ),
      ),
  );
}

/** Makes all trials, some at the same time; most of the time of each goes by with waiting for the lock of the dead. */
export async function makeTrials(
  arena: Arena,
  trials: readonly Trial[],
  workers: number,
  tell: (verdict: Verdict, done: number) => void,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const left = trials.values();
  const work = async () => {
    for (const trial of left) {
      const verdict = await tryPoint(arena, trial).catch((thrown: unknown) => broken(trial, thrown));
      verdicts.push(verdict);
      tell(verdict, verdicts.length);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return verdicts;
}

/** A trial that could not be made proves nothing, and counts as failed. */
function broken({ scenario, point, recovery }: Trial, thrown: unknown): Verdict {
  const problems = [thrown instanceof Error ? thrown.message : String(thrown)];
  return { scenario: scenario.name, point, recovery: recovery.name, write: undefined, problems, ms: 0 };
}
