import { at, systemClock } from '../../../src/base/index.ts';
import { type AppVersion, deadlineSeconds, erring, good, stuck } from './app.ts';
import { type Arena, countWrites, watchPods } from './arena.ts';
import { type Figures, figuresOfBad, figuresOfChange, figuresOfStuck } from './figures.ts';
import { type Load, startLoad } from './load.ts';
import type { Checks, Ended, Installed, Tool } from './tool.ts';

/** One turn of one tool: what is released, what is looked at, and what is measured. */
export interface Scenario {
  readonly name: 'good' | 'late' | 'caught' | 'unseen' | 'stuck';
  readonly title: string;
  readonly checks: Checks;
  readonly deadlineSeconds: number;
  /** Whether a turn of the tool would show anything that another scenario does not. */
  readonly tells: (tool: Tool) => boolean;
  run(turn: Turn): Promise<readonly Result[]>;
}

export interface Turn {
  readonly tool: Tool;
  readonly arena: Arena;
  readonly installed: Installed;
  readonly load: Load;
}

export interface Result {
  /** Name of the scenario, or `rollback`, which is measured in the turn of a good release. */
  readonly of: Scenario['name'] | 'rollback';
  readonly figures: Figures;
  readonly said: string;
}

/** Our assumption, the same for each tool that does not watch: so long after the first bad answer a person acts. */
export const personReactsMs = 10_000;
const before: AppVersion = good('v1');
const next: AppVersion = good('v2');
const quietBeforeMs = 1_500;
const quietAfterMs = 1_500;

/** Puts v1 into a namespace, begins the load, and plays the scenario. */
export async function playTurn(
  scenario: Scenario,
  tool: Tool,
  arena: Arena,
  ratePerSecond: number,
): Promise<readonly Result[]> {
  const installed = await tool.install(arena, before, scenario.checks);
  let load: Load | undefined;
  try {
    await answersCome(arena);
    load = startLoad({ url: `${arena.url}/`, hostname: arena.hostname, ratePerSecond });
    await systemClock.sleep(quietBeforeMs);
    const results = await scenario.run({ tool, arena, installed, load });
    await load.stop();
    return results;
  } finally {
    await load?.stop().catch(() => {});
    await installed.close();
  }
}

/** The gateway may follow a new route a moment later; the load begins when it does. */
async function answersCome({ url, hostname }: Arena): Promise<void> {
  const probe = startLoad({ url: `${url}/`, hostname, ratePerSecond: 20 });
  try {
    await probe.until(
      'the first version to answer',
      30_000,
      (answers) =>
        answers.length >= 10 && answers.slice(-10).every((answer) => answer.version === before.name),
    );
  } finally {
    await probe.stop();
  }
}

interface Measured {
  readonly ended: Ended;
  readonly triggeredAt: number;
  readonly doneAt: number;
  readonly peakPods: number;
  readonly writes: number;
  /** Index of the first answer that belongs to it. */
  readonly from: number;
}

/** Runs one change and counts what it takes, until the traffic has been quiet for a while. */
async function measure({ arena, load }: Turn, change: () => Promise<Ended>): Promise<Measured> {
  const writesBefore = await countWrites(arena);
  const pods = watchPods(arena);
  const from = load.answers.length;
  const triggeredAt = performance.now();
  const ended = await change();
  const doneAt = performance.now();
  await systemClock.sleep(quietAfterMs);
  await pods.stop();
  return {
    ended,
    triggeredAt,
    doneAt,
    from,
    peakPods: pods.peak(),
    writes: (await countWrites(arena)) - writesBefore,
  };
}

const goodRelease: Scenario = {
  name: 'good',
  title: 'a good release, and back by hand',
  checks: 'traffic-path',
  deadlineSeconds: deadlineSeconds.usual,
  tells: () => true,
  async run(turn) {
    const release = await releaseNext(turn);
    const upTo = turn.load.answers.length;
    const rollback = await returnFrom(turn, 'rollback');
    const figures = figuresOfChange(turn.load.answers.slice(release.from, upTo), before, next, release);
    return [{ of: 'good', said: release.ended.said, figures }, rollback];
  },
};

/** Tools that keep old pods keep them for so long by default at most: 30 s. Ours is set to 10 min, its default. */
const lateAfterMs = 40_000;

const lateReturn: Scenario = {
  name: 'late',
  title: `back by hand, ${lateAfterMs / 1_000} s after a finished release`,
  checks: 'traffic-path',
  deadlineSeconds: deadlineSeconds.usual,
  tells: ({ name }) => name === 'streamgate' || name === 'argo-blue-green',
  async run(turn) {
    await releaseNext(turn);
    await systemClock.sleep(lateAfterMs);
    return [await returnFrom(turn, 'late')];
  },
};

async function releaseNext(turn: Turn): Promise<Measured> {
  const release = await measure(turn, () => turn.installed.release(next));
  if (!release.ended.succeeded) throw new Error(`a good release failed: ${release.ended.said}`);
  return release;
}

async function returnFrom(turn: Turn, of: Result['of']): Promise<Result> {
  const back = await measure(turn, () => turn.installed.takeBack('finished'));
  if (!back.ended.succeeded) throw new Error(`the way back failed: ${back.ended.said}`);
  const figures = figuresOfChange(turn.load.answers.slice(back.from), next, before, back);
  return { of, said: back.ended.said, figures };
}

/** A version that errs, met by whatever the tool watches, and by a person where it watches nothing. */
async function releaseErring(turn: Turn, checks: Checks): Promise<{ figures: Figures; said: string }> {
  const { tool, installed, load } = turn;
  const bad = erring('bad');
  const isBad = (answers: Load['answers']) =>
    answers.some(({ version, class: end }) => version === bad.name && end !== 'ok');
  let commandAt: number | null = null;
  const measured = await measure(turn, async () => {
    const releasing = installed.release(bad);
    if (tool.watches(checks)) return releasing;
    const byItself = releasing.catch((thrown: unknown) => ({ succeeded: false, said: String(thrown) }));
    await load.until('the first bad answer', 60_000, isBad);
    await systemClock.sleep(personReactsMs);
    commandAt = performance.now();
    await installed.takeBack('bad');
    return byItself;
  });
  const answers = load.answers.slice(measured.from);
  return { figures: figuresOfBad(answers, bad, { ...measured, commandAt }), said: measured.ended.said };
}

const caughtErring: Scenario = {
  name: 'caught',
  title: 'ready, errs in half of its answers, also to whoever checks it',
  checks: 'traffic-path',
  deadlineSeconds: deadlineSeconds.usual,
  tells: ({ name }) => name === 'streamgate' || name === 'argo-blue-green',
  run: async (turn) => [{ of: 'caught', ...(await releaseErring(turn, 'traffic-path')) }],
};

const unseenErring: Scenario = {
  name: 'unseen',
  title: 'ready, errs in half of its answers, but only to real traffic',
  checks: 'probe-path',
  deadlineSeconds: deadlineSeconds.usual,
  tells: () => true,
  run: async (turn) => [{ of: 'unseen', ...(await releaseErring(turn, 'probe-path')) }],
};

const neverReady: Scenario = {
  name: 'stuck',
  title: 'its readiness probe never passes',
  checks: 'traffic-path',
  deadlineSeconds: deadlineSeconds.whenNeverReady,
  tells: () => true,
  async run(turn) {
    const unhealthyAt = watchForUnhealthy(turn.arena);
    const measured = await measure(turn, () => turn.installed.release(stuck('stuck')));
    const appearedAt = await unhealthyAt.stop();
    const named = turn.arena.lines.find(({ text }) => /readiness probe failed|unhealthy/i.test(text));
    const figures = figuresOfStuck(turn.load.answers.slice(measured.from), {
      ...measured,
      appearedAt,
      namedAt: named?.at ?? null,
    });
    return [{ of: 'stuck', figures, said: measured.ended.said }];
  },
};

/** When the cluster first says that a probe failed: from then on the cause can be known. */
function watchForUnhealthy({ cluster, namespace }: Arena): { stop(): Promise<number | null> } {
  const ending = new AbortController();
  let first: number | null = null;
  const note = (object: unknown) => {
    if (
      first === null &&
      at(object, 'reason') === 'Unhealthy' &&
      String(at(object, 'message')).includes('503')
    )
      first = performance.now();
  };
  const kind = { apiVersion: 'v1', kind: 'Event' };
  const watching = cluster.watch(kind, { namespace }, ({ object }) => note(object), ending.signal);
  return {
    async stop() {
      ending.abort();
      await watching.catch(() => {});
      return first;
    },
  };
}

export const scenarios: readonly Scenario[] = [
  goodRelease,
  lateReturn,
  caughtErring,
  unseenErring,
  neverReady,
];
