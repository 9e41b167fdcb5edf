import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/base/index.ts';
import type { ActionResult, StartedAction } from '../runner.ts';
import type { Arena } from './arena.ts';
import { atRest } from './at-rest.ts';
import { startCaller } from './caller.ts';
import type { Call, Contestant, Standing } from './contestant.ts';
import { closeGate, type Gate, type Point, type SeenWrite } from './gatekeeper.ts';
import type { Recovery, Scenario } from './scenarios.ts';

/** What came of one kill. */
export interface Verdict {
  readonly scenario: string;
  readonly point: Point;
  readonly recovery: Recovery['name'];
  /** The write at which the run died; undefined when it ended before it came there. */
  readonly write: SeenWrite | undefined;
  /** What is wrong afterwards, in words; empty when nothing is. */
  readonly problems: readonly string[];
  readonly ms: number;
}

/** Whether nothing was learned: a run that cannot trust its own measurement ends `invalid`, and rightly takes back what it did. */
export function isInvalid({ problems }: Verdict): boolean {
  return problems.some((problem) => problem.includes('the machine that probes was too slow'));
}

/** An undisturbed life: where it leads, and what it writes on its way. */
export interface Undisturbed {
  readonly standing: Standing;
  /** Of the last calls only, those that make the deed. */
  readonly writes: readonly SeenWrite[];
}

/** How long a cluster may take to come to rest after a run. */
const restMs = 20_000;
const lookEveryMs = 250;
/** Proxies follow their routes late, so that a first good look proves little. */
const followMs = 500;

export async function liveUndisturbed(arena: Arena, { arrange, deed }: Pick<Scenario, 'arrange' | 'deed'>) {
  const app = await arena.enter();
  try {
    await runAll(app, arrange);
    const gate = closeGate(arena.checkpoint, { namespace: app.namespace });
    await runAll(app, deed);
    gate.open();
    return { standing: await atRest(app), writes: gate.writes } satisfies Undisturbed;
  } finally {
    await app.leave();
  }
}

async function runAll(app: Contestant, calls: readonly Call[]): Promise<void> {
  for (const call of calls) {
    const result = await app.run(call);
    if (result.code !== 0) throw new Error(`${call.action} ${call.version ?? ''} failed: ${tell(result)}`);
  }
}

export interface Trial {
  readonly scenario: Scenario;
  readonly point: Point;
  readonly recovery: Recovery;
  /** Where undisturbed lives lead. */
  readonly standingAfter: (calls: readonly Call[]) => Promise<Standing>;
}

/** Kills the deed at one point of its life, lets somebody bring the app into order, and looks at what stands then. */
export async function tryPoint(arena: Arena, trial: Trial): Promise<Verdict> {
  const { scenario, point, recovery } = trial;
  const began = performance.now();
  const app = await arena.enter();
  const verdict = (write: SeenWrite | undefined, problems: readonly string[]): Verdict => {
    const ms = performance.now() - began;
    return { scenario: scenario.name, point, recovery: recovery.name, write, problems, ms };
  };
  try {
    const { write, problems } = await killAndMend(arena, app, trial);
    return verdict(write, problems.length === 0 ? [] : [...problems, ...(await app.clues())]);
  } catch (thrown) {
    // A trial that could not be made proves nothing, and counts as failed.
    return verdict(undefined, [messageOf(thrown), ...(await app.clues())]);
  } finally {
    await app.leave();
  }
}

async function killAndMend(arena: Arena, app: Contestant, trial: Trial) {
  const { scenario, point } = trial;
  await runAll(app, scenario.arrange);
  const entry = scenario.watched ? startCaller(arena.url, app.hostname) : undefined;
  try {
    const killed = await killAt(arena, app, scenario.deed, point);
    const problems: string[] = [];
    if (killed.write === undefined) problems.push(`write ${point.nth} was never made`);
    else problems.push(...(await bringIntoOrder(app, trial, killed)));
    await entry?.stop();
    if (entry !== undefined && entry.lost.length > 0)
      problems.push(
        `${entry.lost.length} of ${entry.asked()} requests lost: ${entry.lost.slice(0, 2).join('; ')}`,
      );
    if (entry?.asked() === 0) problems.push('nobody asked the entry point');
    return { write: killed.write, problems };
  } finally {
    await entry?.stop();
  }
}

interface Killed {
  /** The write at which it died. */
  readonly write: SeenWrite | undefined;
  /** The call in which it died, counted from 0. */
  readonly died: number;
  readonly carriedOut: Gate['carriedOut'];
}

/** Runs the deed; its process is gone, without a word, when a write comes to the point. */
async function killAt(arena: Arena, app: Contestant, deed: readonly Call[], point: Point): Promise<Killed> {
  let running: StartedAction | undefined;
  let write: SeenWrite | undefined;
  const gate = closeGate(arena.checkpoint, {
    namespace: app.namespace,
    isPoint: ({ nth }, when) => nth === point.nth && when === point.when,
    onPoint(seen) {
      write = seen;
      running?.signal('SIGKILL');
      // Nothing more comes of it: the request goes with its client.
      return new Promise(() => {});
    },
  });
  try {
    for (const [died, call] of deed.entries()) {
      running = app.start(call);
      const result = await running.result;
      if (write !== undefined) return { write, died, carriedOut: gate.carriedOut };
      if (result.code !== 0) throw new Error(`the deed failed by itself: ${tell(result)}`);
    }
    return { write, died: deed.length, carriedOut: gate.carriedOut };
  } finally {
    gate.open();
  }
}

async function bringIntoOrder(app: Contestant, trial: Trial, killed: Killed): Promise<readonly string[]> {
  const { recovery } = trial;
  const before = await app.lock();
  const told: string[] = [];
  const problems: string[] = [];
  for (const call of recovery.calls(killed.died)) {
    const result = await app.run(call);
    told.push(tell(result));
    // There may be nothing to go back to: nothing had been begun, or all is done.
    const isRefused = call.action === 'rollback' && result.outputs.outcome === 'Refused';
    if (result.code !== 0 && !isRefused) problems.push('it ended badly');
  }
  const wanted = await trial.standingAfter(recovery.wanted(killed.carriedOut));
  problems.push(...(await differencesAtRest(app, wanted)));
  const after = await app.lock();
  // Whoever had nothing to do leaves the lock of the dead as it is: nobody renews it, so it is stale within seconds.
  if (after.holder !== '' && after.token !== before.token)
    problems.push(`the lock is held by ${after.holder}`);
  return problems.length === 0 ? [] : [...problems, ...told.map((text) => `told: ${text}`)];
}

/** What differs from where the app should stand once the cluster has come to rest. */
async function differencesAtRest(app: Contestant, wanted: Standing): Promise<readonly string[]> {
  const end = performance.now() + restMs;
  await pause(followMs);
  for (;;) {
    const problems = differences(await app.standing(), wanted);
    if (problems.length === 0 || performance.now() > end) return problems;
    await pause(lookEveryMs);
  }
}

function differences(found: Standing, wanted: Standing): readonly string[] {
  const missing = wanted.objects.filter((line) => !found.objects.includes(line));
  const extra = found.objects.filter((line) => !wanted.objects.includes(line));
  const counts = missing.length + extra.length === 0 && found.objects.length !== wanted.objects.length;
  return [
    ...missing.map((line) => `missing ${shorten(line)}`),
    ...extra.map((line) => `extra ${shorten(line)}`),
    ...(counts ? [`${found.objects.length} objects instead of ${wanted.objects.length}`] : []),
    ...(found.serving === wanted.serving
      ? []
      : [`answered by ${found.serving} instead of ${wanted.serving}`]),
  ];
}

function shorten(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function tell({ code, outputs, stdout, stderr }: ActionResult): string {
  const { outcome = '', reason = '' } = outputs;
  if (outcome !== '') return `exit ${code}, ${outcome}: ${reason}`;
  return `exit ${code}: ${`${stdout}${stderr}`.trim().slice(-400)}`;
}
