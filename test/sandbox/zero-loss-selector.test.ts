import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { switchEntry } from '../../src/release/steps/selector.ts';
import type { Version } from '../../tools/demo/versions.ts';
import { rollServingPods, switchCarelessly } from '../support/careless.ts';
import {
  openReleaseStage,
  type ReleaseStage,
  type StagedApp,
  type WitnessedRun,
} from '../support/release-stage.ts';

const version = (name: string, knobs: Readonly<Record<string, string>> = {}): Version => ({
  name,
  knobs,
  story: '',
});

const onLinux = process.platform === 'linux';
if (!onLinux)
  process.stderr.write(
    'releases without a route: skipped, Services have addresses of their own on Linux only\n',
  );
const describeServices = onLinux ? describe : describe.skip;

let stage: ReleaseStage;
beforeAll(async () => {
  stage = await openReleaseStage();
});
afterAll(() => stage.close());

/** Of the requests that were lost, those on connections of their own. */
const lostOnFresh = ({ testimony: { answers } }: WitnessedRun<unknown>) =>
  answers.filter(
    ({ id, population, class: how }) => population === 'fresh' && how !== 'ok' && !id.includes('-first-'),
  );

/** Nothing failed, and prober and pods agree about a number of requests that says something. */
function expectNoLoss(run: WitnessedRun<unknown>, leastRequests: number): void {
  expect(run.lost).toEqual([]);
  expect(run.verdict).toBe('pass');
  expect(run.contradictions).toEqual([]);
  expect(run.testimony.planned.length).toBeGreaterThanOrEqual(leastRequests);
}

describeServices('releases without a route under 200 requests a second at a node port', () => {
  let app: StagedApp;
  beforeAll(async () => {
    app = await stage.openApp('shop', { nodePort: 30_080 });
  });

  it('the first one opens the entry point and loses nothing from its first answer on', async () => {
    const run = await app.release(version('v1'));
    expect(run.result).toMatchObject({ outcome: 'Promoted', release: { mode: 'service' } });
    expectNoLoss(run, 200);
    expect(await app.serving()).toBe('v1');
  });

  it('v1 to v2 loses nothing, and whoever keeps a connection stays with v1', async () => {
    const run = await app.release(version('v2'));
    expect(run.result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expectNoLoss(run, 600);
    expect(await app.serving()).toBe('v2');
    const kept = run.traffic?.keptConnections;
    expect(kept).toMatchObject({ cut: 0 });
    expect(kept?.onAbandoned).toBeGreaterThanOrEqual(4);
    expect(run.result.steps.find(({ id }) => id === 'promote')?.detail).toContain(
      `${kept?.onAbandoned} of ${kept?.connections} kept connections still talk to the old version`,
    );
    // The other witness: pods of both versions went on serving after the switch, and no request was served twice.
    const versions = run.traffic?.byVersion.map(({ version: name, population }) => `${name} ${population}`);
    expect(versions).toEqual(expect.arrayContaining(['v1 fresh', 'v1 kept', 'v2 fresh']));
  });

  it('the way back loses nothing on connections of their own, and counts what it ended on others', async () => {
    const run = await app.rollback();
    expect(run.result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
    expect(lostOnFresh(run)).toEqual([]);
    expect(run.contradictions).toEqual([]);
    const kept = run.traffic?.keptConnections;
    expect(kept?.onAbandoned).toBeGreaterThanOrEqual(4);
    expect(run.lost).toHaveLength(kept?.cut ?? -1);
    expect(await app.serving()).toBe('v1');
  });
});

describeServices('without a route, the cluster is no kinder than a real one', () => {
  it('the same release without convergence, the old pods gone at once, loses requests of either kind', async () => {
    const app = await stage.openApp('careless', { nodePort: 30_081 });
    await app.release(version('v1'));
    const preview = await app.release(version('v2'), { until: 'preview' });
    expect(preview.result.outcome).toBe('Parked');
    const run = await app.witness((request) =>
      switchCarelessly({
        sandbox: stage.sandbox,
        request,
        desired: app.desired(version('v2')),
        switching: [switchEntry],
      }),
    );
    expect(lostOnFresh(run).length).toBeGreaterThan(0);
    expect(run.verdict).toBe('fail');
    expect(run.result).toContain('Real traffic met a failure');
    expect(run.contradictions).toEqual([]);
    expect(await app.serving()).toBe('v2');
  });
});

describeServices('without a route, an app that dies at SIGTERM', () => {
  let app: StagedApp;
  // Ten requests of kept connections are in the hands of its pods at any time.
  const knobs = { EXIT_ON_SIGTERM: '1', LATENCY: '100ms' };
  beforeAll(async () => {
    app = await stage.openApp('hasty', { preStop: false, nodePort: 30_082 });
  });

  it('loses nothing when it is released, since the old pods stay', async () => {
    await app.release(version('v1', knobs));
    expectNoLoss(await app.release(version('v2', knobs)), 600);
  });

  it('takes requests of kept connections with it on the way back, and they are told', async () => {
    const run = await app.rollback();
    expect(run.result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
    expect(lostOnFresh(run)).toEqual([]);
    expect(run.contradictions).toEqual([]);
    const cut = run.traffic?.keptConnections?.cut ?? 0;
    expect(cut).toBeGreaterThan(0);
    expect(run.lost).toHaveLength(cut);
    const told = run.result.steps.find(({ id }) => id === 'empty-abandoned')?.detail ?? '';
    expect(told).toMatch(/; [1-9]\d* requests? on kept connections ended without an answer$/);
  });

  it('loses requests on connections of their own when its serving pods are rolled', async () => {
    const run = await app.witness((request) => rollServingPods(stage.sandbox, request, 'v1'));
    expect(lostOnFresh(run).length).toBeGreaterThan(0);
    expect(run.verdict).toBe('fail');
    expect(run.contradictions).toEqual([]);
  });
});
