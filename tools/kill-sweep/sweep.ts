import type { Arena } from './arena.ts';
import type { Call, Standing } from './contestant.ts';
import { isNote, type SeenWrite } from './gatekeeper.ts';
import type { Scenario } from './scenarios.ts';
import { isInvalid, liveUndisturbed, type Trial, tryPoint, type Verdict } from './trial.ts';

/** Which of all points are wanted. */
export interface Choice {
  /** Numbers of writes; all when empty. */
  readonly only: readonly number[];
  /** Each so-many-th of them. */
  readonly every: number;
  /** One kill at each: before and after the write take turns, and so do the ways out. */
  readonly turns: boolean;
}

/** A deed, and its points as an undisturbed run came by them. */
export interface Counted {
  readonly scenario: Scenario;
  readonly writes: readonly SeenWrite[];
  /** Where it led. */
  readonly standing: Standing;
}

/** Lives that were lived once, and where they led. Those of the deeds are known already. */
export function rememberStandings(arena: Arena, counted: readonly Counted[]): Trial['standingAfter'] {
  const known = new Map(
    counted.map(({ scenario, standing }) => [
      JSON.stringify([...scenario.arrange, ...scenario.deed]),
      Promise.resolve(standing),
    ]),
  );
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
    scenarios.map(async (scenario) => ({ scenario, ...(await liveUndisturbed(arena, scenario)) })),
  );
}

/** Every chosen point, before and after its write, with each way out. */
export function planTrials(
  counted: readonly Counted[],
  { only, every, turns }: Choice,
  standingAfter: Trial['standingAfter'],
): readonly Trial[] {
  return counted.flatMap(({ scenario, writes }) =>
    writes
      .filter(({ nth }) => (only.length === 0 ? (nth - 1) % every === 0 : only.includes(nth)))
      .flatMap(({ nth }, index) => {
        const all = waysAt(scenario, nth, standingAfter);
        return turns ? inTurn(all, index) : all;
      }),
  );
}

/** One kill for each kind of step: at its last act, or where it only notes that it has begun, at that. In turns. */
export function planOnePerStep(
  { scenario, writes }: Counted,
  standingAfter: Trial['standingAfter'],
): readonly Trial[] {
  const inOrder = [...writes.filter(isNote), ...writes.filter((write) => !isNote(write))];
  const lastOf = new Map(inOrder.map(({ step, nth }) => [step, nth]));
  return [...lastOf.values()].flatMap((nth, index) => inTurn(waysAt(scenario, nth, standingAfter), index));
}

function waysAt(scenario: Scenario, nth: number, standingAfter: Trial['standingAfter']): readonly Trial[] {
  return (['before', 'after'] as const).flatMap((when) =>
    scenario.recoveries.map(
      (recovery): Trial => ({ scenario, point: { nth, when }, recovery, standingAfter }),
    ),
  );
}

/** The next one each time, so that all of them have had their turn after as many points as there are of them. */
function inTurn(all: readonly Trial[], index: number): readonly Trial[] {
  const at = index % all.length;
  return all.slice(at, at + 1);
}

/** How often a trial is made again of which nothing was learned. */
const repetitions = 3;

/**
 * Makes all trials, some at the same time; most of the time of each goes by with waiting for the lock of the dead. One
 * for which this machine was too busy is told of, and made again.
 */
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
      let verdict = await tryPoint(arena, trial);
      for (let n = 1; n <= repetitions && isInvalid(verdict); n++) {
        tell(verdict, verdicts.length);
        verdict = await tryPoint(arena, trial);
      }
      verdicts.push(verdict);
      tell(verdict, verdicts.length);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return verdicts;
}
