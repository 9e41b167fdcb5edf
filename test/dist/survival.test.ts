import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Arena, openArena } from '../../tools/kill-sweep/arena.ts';
import { atRest } from '../../tools/kill-sweep/at-rest.ts';
import type { Call, Contestant } from '../../tools/kill-sweep/contestant.ts';
import { isNote, type SeenWrite } from '../../tools/kill-sweep/gatekeeper.ts';
import { scenarios } from '../../tools/kill-sweep/scenarios.ts';
import {
  type Counted,
  countPoints,
  makeTrials,
  planOnePerStep,
  rememberStandings,
} from '../../tools/kill-sweep/sweep.ts';
import type { Trial, Verdict } from '../../tools/kill-sweep/trial.ts';
import { ensureBuilt } from '../support/built.ts';
import { openBuiltShop, atRest as shopAtRest } from '../support/built-shop.ts';
import { openShortLivedMint, withUser } from '../support/expiring-tokens.ts';
import { startLoser, type WriteOfStep } from '../support/stopped-action.ts';

/** Most of the time of a trial goes by with waiting for the lock of the dead. */
const atOnce = 6;
const limitMs = 300_000;
const release = (version: string): Call => ({ action: 'bluegreen-deploy', version });
const rollback: Call = { action: 'rollback' };

let arena: Arena;
let counted: readonly Counted[];
let verdicts: Promise<readonly Verdict[]>;

// The kills go on beside the races, which mostly wait.
beforeAll(async () => {
  arena = await openArena(ensureBuilt());
  counted = await countPoints(
    arena,
    scenarios.filter(({ name }) => name === 'later' || name === 'warm'),
  );
  verdicts = makeTrials(arena, planTrials(), atOnce, () => {});
}, limitMs);
afterAll(async () => {
  await verdicts;
  await arena.close();
}, limitMs);

/** Each step of a release, and of the way back those that do more than to note that they have begun. */
function planTrials(): readonly Trial[] {
  const standingAfter = rememberStandings(arena, counted);
  return counted.flatMap((one) =>
    planOnePerStep(one, standingAfter).filter(({ point }) =>
      one.writes.some((write) => write.nth === point.nth && isWanted(one, write)),
    ),
  );
}

function isWanted({ scenario }: Counted, write: SeenWrite): boolean {
  return scenario.name === 'later' || !isNote(write);
}

const stepsOf = (name: string) =>
  counted
    .filter(({ scenario }) => scenario.name === name)
    .flatMap((one) => one.writes.filter((write) => isWanted(one, write)).map(({ step }) => step));

/** What somebody else does while a release is stopped in front of a write, and who then serves. */
interface Race extends WriteOfStep {
  readonly second: Call;
  readonly serving: string;
}

async function race(app: Contestant, { second, serving, ...point }: Race): Promise<void> {
  expect(await app.run(release('v1'))).toMatchObject({ code: 0 });
  const loser = startLoser(arena, app, release('v2'), point);
  const held = await loser.stopped;
  expect(await app.run(second)).toMatchObject({ code: 0 });
  const won = await atRest(app);
  expect(won.serving).toBe(serving);
  const versions = await app.versions();
  loser.answered();

  loser.goOn();
  const result = await loser.first.result;
  expect(result).toMatchObject({ code: 1, outputs: { outcome: 'Superseded' } });
  const late = loser.answered();
  expect(late.map(({ what }) => what)).toContain(held.what);
  expect(late.filter(({ status }) => status < 400)).toEqual([]);
  expect(await app.versions()).toEqual(versions);
  expect(await atRest(app)).toEqual(won);
}

describe('a built action that is stopped in front of a write, and continued when another one has taken over', () => {
  it.concurrent.each<Race>([
    { step: 'stamp', what: 'PATCH deployments/shop-blue', second: release('v2'), serving: 'v2' },
    { step: 'shift-weights', what: 'PATCH httproutes/shop', second: release('v2'), serving: 'v2' },
    { step: 'move-entry', what: 'PATCH services/shop', second: rollback, serving: 'v1' },
  ])(
    '($step, and then a $second.action) moves nothing any more, and says that it was overtaken',
    async (given) => {
      const app = await arena.enter();
      try {
        await race(app, given);
      } finally {
        await app.leave();
      }
    },
    limitMs,
  );
});

describe('a built action whose token lives for five seconds', () => {
  it.concurrent(
    'asks for another one as often as it takes',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'streamgate-token-'));
      const mint = openShortLivedMint(directory, 5_000);
      const own = await openBuiltShop(ensureBuilt());
      own.sandbox.acceptTokens(mint.isGood);
      try {
        const kubeconfig = join(directory, 'kubeconfig');
        writeFileSync(kubeconfig, withUser(readFileSync(own.kubeconfig, 'utf8'), mint.plugin()));
        const shop = await own.open('short-lived');
        expect(await shop.release('v1', { kubeconfig })).toMatchObject({ code: 0 });
        const [runs, refused] = [mint.runs(), mint.refused()];
        const second = await shop.release('v2', { kubeconfig, observe: '10s' });
        expect(second).toMatchObject({ code: 0, outputs: { outcome: 'Promoted', 'failed-requests': '0' } });
        expect(mint.runs() - runs).toBeGreaterThanOrEqual(3);
        expect(mint.refused() - refused).toBeGreaterThanOrEqual(2);
        expect(await shop.atRest()).toEqual(shopAtRest('green'));
      } finally {
        await own.close();
        rmSync(directory, { recursive: true, force: true });
      }
    },
    limitMs,
  );
});

describe.each([
  ['release', 'later', 25],
  ['rollback', 'warm', 6],
])('a built action that is killed in the middle of a %s', (_what, name, atLeast) => {
  const made = async () => (await verdicts).filter(({ scenario }) => scenario === name);

  it(
    'leaves what the same again finishes, or somebody else puts back, as if nothing had happened',
    async () => {
      expect((await made()).filter(({ problems }) => problems.length > 0)).toEqual([]);
    },
    limitMs,
  );

  it(
    'was killed in each step that an undisturbed one has',
    async () => {
      const kills = await made();
      expect(new Set(kills.map(({ write }) => write?.step))).toEqual(new Set(stepsOf(name)));
      expect(kills.length).toBeGreaterThanOrEqual(atLeast);
      expect(new Set(kills.map(({ recovery }) => recovery)).size).toBe(2);
    },
    limitMs,
  );
});
