import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Version } from '../../tools/demo/versions.ts';
import {
  type HeldSocket,
  holdWebSocket,
  type LongRequest,
  startLongRequests,
} from '../support/held-connections.ts';
import {
  openReleaseStage,
  type ReleaseStage,
  type StagedApp,
  type WitnessedRun,
} from '../support/release-stage.ts';
import { eventually, sandboxClient } from '../support/sandbox-client.ts';

// What callers still hold when the traffic moves: requests that take long, and WebSockets. Nobody can move those.
const patient = { LONGEST_ANSWER: '30s' };
const hasty = { EXIT_ON_SIGTERM: '1' };
const version = (name: string, knobs: Readonly<Record<string, string>>): Version => ({
  name,
  knobs,
  story: '',
});

let stage: ReleaseStage;
beforeAll(async () => {
  stage = await openReleaseStage();
});
afterAll(() => stage.close());

/** Longer than it takes from the switch until the old pods have been told to end. */
const lastingMs = 7_000;

interface Held {
  readonly run: WitnessedRun;
  readonly requests: readonly LongRequest[];
  /** Was opened before the run began. */
  readonly socket: HeldSocket;
}

/** Runs something while callers hold a WebSocket and begin long requests, and waits for all pods that it ended. */
async function holdThrough(app: StagedApp, act: () => Promise<WitnessedRun>): Promise<Held> {
  const { namespace, hostname: host } = app;
  const url = stage.sandbox.gatewayUrl;
  const socket = await holdWebSocket(url, host);
  const load = startLongRequests({ url, host }, { everyMs: 200, lastingMs });
  await load.underWay(1_000);
  const run = await act();
  const requests = await load.stop();
  const client = sandboxClient(stage.sandbox, namespace);
  await eventually('only pods that stay', async () => {
    const pods = await client.list('Pod');
    return pods.every(({ metadata }) => metadata.deletionTimestamp === undefined);
  });
  await eventually('the end of a WebSocket to a pod that is gone', async () => socket.closed !== undefined);
  return { run, requests, socket };
}

const lostOf = ({ requests }: Held) => requests.filter(({ how }) => how !== '200');

function startOf(step: string, { run }: Held): number {
  const { startedAt } = run.result.steps.find(({ id }) => id === step) ?? {};
  if (startedAt == null) throw new Error(`${step} never began`);
  return Date.parse(startedAt);
}

/** Requests that a version had begun to answer before a step of the run began, and answered after that. */
function answeredOver(step: string, by: string, held: Held) {
  const at = startOf(step, held);
  return held.requests.filter(
    (one) => one.version === by && one.how === '200' && one.beganAt < at && one.endedAt > at,
  );
}

const spoke = ({ socket }: Held) => [...new Set(socket.heard.map(({ version: who }) => who))];

describe('held by old pods that are let go right after the promotion, with 20 s to end', () => {
  let app: StagedApp;
  let held: Held;
  beforeAll(async () => {
    app = await stage.openApp('patient', { rate: 50, preStop: false });
    await app.release(version('v1', patient));
    held = await holdThrough(app, () => app.release(version('v2', patient), { rollbackWindowMs: 0 }));
    expect(held.run.result).toMatchObject({ outcome: 'Retired', verdict: 'pass' });
  });

  it('requests that take long end where they began, and none is lost', () => {
    expect(lostOf(held)).toEqual([]);
    expect(held.run.lost).toEqual([]);
    expect(answeredOver('shift-weights', 'v1', held).length).toBeGreaterThan(0);
    expect(answeredOver('retire', 'v1', held).length).toBeGreaterThan(0);
  });

  it('a WebSocket is told by its program that this one goes away', () => {
    expect(spoke(held)).toEqual(['v1']);
    expect(held.socket.closed).toBe(1_001);
  });

  it('the same is so on the way back, whose abandoned pods go at once', async () => {
    await app.release(version('v3', patient));
    const back = await holdThrough(app, app.rollback);
    expect(back.run.result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
    expect(lostOf(back)).toEqual([]);
    expect(answeredOver('empty-abandoned', 'v3', back).length).toBeGreaterThan(0);
    expect([spoke(back), back.socket.closed]).toEqual([['v3'], 1_001]);
  });
});

describe('held by old pods whose program dies at SIGTERM, with a window that is longer than the requests', () => {
  const window = { until: 'retired', rollbackWindowMs: lastingMs + 1_000 } as const;
  let held: Held;
  beforeAll(async () => {
    const app = await stage.openApp('hasty', { rate: 50, preStop: false });
    await app.release(version('v1', hasty));
    held = await holdThrough(app, () => app.release(version('v2', hasty), window));
    expect(held.run.result).toMatchObject({ outcome: 'Retired', verdict: 'pass' });
  });

  it('requests that take long end where they began, and none is lost', () => {
    expect(lostOf(held)).toEqual([]);
    expect(answeredOver('shift-weights', 'v1', held).length).toBeGreaterThan(0);
  });

  it('a WebSocket stays until the window is over, and then breaks without a word', () => {
    expect(spoke(held)).toEqual(['v1']);
    expect(held.socket.heard.filter(({ at }) => at > startOf('retire', held)).length).toBeGreaterThan(0);
    expect(held.socket.closed).toBeNull();
  });
});

describe('held by old pods that have neither a window nor a grace period that is long enough', () => {
  it('requests that take long are cut, as preflight has said', async () => {
    const app = await stage.openApp('impatient', { rate: 50, preStop: false, graceSeconds: 1 });
    await app.release(version('v1', patient));
    const held = await holdThrough(app, () => app.release(version('v2', patient), { rollbackWindowMs: 0 }));
    expect(held.run.result.outcome).toBe('Retired');
    expect(held.run.result.warnings.join('\n')).toContain('are killed 1 s after the switch');
    expect(lostOf(held).length).toBeGreaterThan(0);
    // Requests of the usual length are all answered: what was lost is what window and grace period are there for.
    expect(held.run.lost).toEqual([]);
  });
});
