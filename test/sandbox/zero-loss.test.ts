import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { startProber } from '../../src/load/index.ts';
import { shiftWeights, splitRoute } from '../../src/release/steps/route.ts';
import type { Version } from '../../tools/demo/versions.ts';
import { rollServingPods, switchCarelessly } from '../support/careless.ts';
import {
  openReleaseStage,
  type ReleaseStage,
  type StagedApp,
  type WitnessedRun,
} from '../support/release-stage.ts';
import { sandboxClient } from '../support/sandbox-client.ts';
import { contradictions, type Testimony } from '../support/witnesses.ts';

const version = (name: string, knobs: Readonly<Record<string, string>> = {}): Version => ({
  name,
  knobs,
  story: '',
});

let stage: ReleaseStage;
beforeAll(async () => {
  stage = await openReleaseStage();
});
afterAll(() => stage.close());

/** Nothing failed, and the three witnesses of it agree about a number of requests that says something. */
function expectNoLoss(run: WitnessedRun, leastRequests: number): void {
  expect(run.lost).toEqual([]);
  expect(run.contradictions).toEqual([]);
  expect(run.verdict).toBe('pass');
  expect(run.testimony.planned.length).toBeGreaterThanOrEqual(leastRequests);
}

describe('releases under 200 requests a second', () => {
  let app: StagedApp;
  beforeAll(async () => {
    app = await stage.openApp('shop');
  });

  it('the first one opens the entry point and loses nothing from its first answer on', async () => {
    const run = await app.release(version('v1'));
    expect(run.result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expectNoLoss(run, 200);
    expect(await app.serving()).toBe('v1');
  });

  it('v1 to v2 loses nothing', async () => {
    const run = await app.release(version('v2'));
    expect(run.result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expectNoLoss(run, 600);
    expect(await app.serving()).toBe('v2');
  });

  it('v2 to v3 loses nothing, and neither do callers inside the cluster, who never meet the gateway', async () => {
    const inside = await probeInside(app);
    const run = await app.release(version('v3'));
    expect(run.result).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expectNoLoss(run, 600);
    expect(await app.serving()).toBe('v3');
    const { answers, planned } = await inside();
    expect(answers.filter(({ class: ended }) => ended !== 'ok')).toEqual([]);
    expect(answers).toHaveLength(planned);
    expect([...new Set(answers.map((answer) => answer.version))]).toEqual(['v2', 'v3']);
    const served = stage.podLog.filter(({ id }) => id.startsWith('inside-'));
    expect(served.map(({ id }) => id).sort()).toEqual(answers.map(({ id }) => id).sort());
  });

  it('the way back loses nothing', async () => {
    const run = await app.rollback();
    expect(run.result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass' });
    expectNoLoss(run, 400);
    expect(await app.serving()).toBe('v2');
  });
});

/** A prober on the app's own Service, as another app of the cluster would call it. */
async function probeInside({ namespace, hostname }: StagedApp) {
  const { spec } = await sandboxClient(stage.sandbox, namespace).get('Service', 'shop');
  // Where Services have no addresses of their own, the same entry point through the gateway takes its place.
  const url = process.platform === 'linux' ? `http://${spec.clusterIP}/` : `${stage.sandbox.gatewayUrl}/`;
  const prober = startProber({
    url: new URL(url),
    host: hostname,
    ratePerSecond: 50,
    timeoutMs: 10_000,
    version: { kind: 'header', name: 'x-version' },
    runId: 'inside',
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    maxDurationMs: 60_000,
  });
  return async () => {
    await prober.stop();
    return prober.tally();
  };
}

describe('the three witnesses', () => {
  const answer = { id: 'a-0', population: 'fresh', class: 'ok', status: 200, detail: '' } as const;
  const [entry, line] = [
    { id: 'a-0', pod: 'p', status: 200 },
    { id: 'a-0', pod: 'p', status: 200 },
  ];
  const sound: Testimony = { planned: ['a-0'], answers: [answer], gateway: [entry], pods: [line] };
  const failed = { ...answer, class: 'refused', status: null } as const;

  it('agree when each saw the request once, and when a failed one never came to a pod', () => {
    expect(contradictions(sound)).toEqual([]);
    expect(contradictions({ ...sound, answers: [failed], pods: [] })).toEqual([]);
  });

  it.each<[string, Partial<Testimony>]>([
    ['the prober forgot how it ended', { answers: [] }],
    ['the gateway never saw it', { gateway: [] }],
    ['the gateway saw it twice', { gateway: [entry, entry] }],
    ['two pods served it', { pods: [line, { ...line, pod: 'q' }] }],
    ['no pod served what is called ok', { pods: [] }],
    ['another pod served it than the gateway says', { pods: [{ ...line, pod: 'q' }] }],
    ['they disagree about the status', { gateway: [{ ...entry, status: 502 }] }],
    ['it was never planned', { planned: [] }],
    ['it was planned twice', { planned: ['a-0', 'a-0'] }],
  ])('contradict each other when %s', (_what, change) => {
    expect(contradictions({ ...sound, ...change })).not.toEqual([]);
  });
});

describe('the cluster is no kinder than a real one', () => {
  it('the same release without convergence, the old pods gone at once, loses requests', async () => {
    const app = await stage.openApp('careless');
    await app.release(version('v1'));
    const preview = await app.release(version('v2'), { until: 'preview' });
    expect(preview.result.outcome).toBe('Parked');
    const run = await app.witness((request) =>
      switchCarelessly({
        sandbox: stage.sandbox,
        request,
        desired: app.desired(version('v2')),
        switching: [splitRoute, shiftWeights],
      }),
    );
    expect(run.lost.length).toBeGreaterThan(0);
    expect(run.verdict).toBe('fail');
    expect(run.result).toContain('Real traffic met a failure');
    // Lost, but not lost sight of: the witnesses agree on each of these requests, too.
    expect(run.contradictions).toEqual([]);
    expect(await app.serving()).toBe('v2');
  });

  it('an app that dies at SIGTERM loses requests when its serving pods are rolled, and none when it is released', async () => {
    const app = await stage.openApp('hasty', { preStop: false });
    const knobs = { EXIT_ON_SIGTERM: '1', LATENCY: '20ms' };
    await app.release(version('v1', knobs));
    expectNoLoss(await app.release(version('v2', knobs)), 600);
    const run = await app.witness((request) => rollServingPods(stage.sandbox, request, 'v2'));
    expect(run.lost.length).toBeGreaterThan(0);
    expect(run.verdict).toBe('fail');
    expect(run.contradictions).toEqual([]);
  });
});
