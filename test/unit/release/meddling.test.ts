import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { Gate } from '../../../src/evidence/index.ts';
import type { Candidate, RunResult } from '../../../src/release/index.ts';
import { loseAfter, startDoomed, watchEntry } from '../../support/killed-run.ts';
import { placed } from '../../support/plain-app.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const version = (name: string, more = {}) => manifests({ VERSION: name, ...more });
const routeKind = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
const route = { ...routeKind, namespace, name: 'shop' };
const service = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };
const candidate = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'shop-green' };
const slotService = { ...service, name: 'shop-green' };

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.deploy(version('v1'));
});
afterEach(() => lab.close());

/** Releases v2, and begins to do something else as soon as a step has ended. */
async function releaseBeside(after: string, deed: () => Promise<unknown>): Promise<RunResult> {
  let beside: Promise<unknown> = Promise.resolve();
  const listener = {
    plan() {},
    begin() {},
    end({ id }: { readonly id: string }, outcome: string) {
      if (id === after && outcome === 'done') beside = deed();
    },
  };
  const result = await lab.deploy(version('v2'), { listener });
  await beside;
  await lab.clock.sleep(5_000);
  return result;
}

/** Applies an object of the manifests as its owner would who wants all fields for himself. */
function applyOwn(ref: typeof route): Promise<unknown> {
  const [own] = version('v1').filter(({ kind }) => kind === ref.kind);
  if (own === undefined) throw new Error(`the manifests have no ${ref.kind}`);
  return lab.cluster.apply(placed(own), { force: true });
}

async function expectAsBefore(): Promise<void> {
  expect(lab.serving()).toBe('v1');
  expect(await findBrokenLaws(lab)).toEqual([]);
}

describe('an owner who writes his own form of an object in the middle of a release', () => {
  const again = (deed: () => Promise<unknown>, everyMs: number, times: number) => async () => {
    for (let n = 0; n < times; n++) {
      await deed();
      await lab.clock.sleep(everyMs);
    }
  };

  it('given that he takes the weights back whenever they move, is not fought: it ends, told, with nothing lost', async () => {
    const entry = watchEntry(lab);
    const { change, writes } = startDoomed(lab);
    const sync = again(() => applyOwn(route), 250, 280);
    let syncing: Promise<unknown> = Promise.resolve();
    const listener = {
      plan() {},
      begin() {},
      end({ id }: { readonly id: string }) {
        if (id === 'split-route') syncing = sync();
      },
    };
    const result = await lab.deploy(version('v2'), { ...change, listener });
    await syncing;
    entry.end();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'inconclusive', activeSlot: 'blue' });
    expect(result.reason).toContain('HTTPRoute default/shop was set back in the middle of the release');
    // One for each step that moves traffic, and its way back: stamp, split, shift, back, as it was.
    expect(writes.filter(({ path }) => path.includes('/httproutes/')).length).toBeLessThanOrEqual(5);
    expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });

  it('given that he widens the Service once, it is put back', async () => {
    const entry = watchEntry(lab);
    const result = await releaseBeside('move-entry', () => applyOwn(service));
    entry.end();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'inconclusive' });
    expect(result.reason).toContain('Service default/shop was set back in the middle of the release');
    expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });

  it('given that he widens the Service for as long as it lasts, says so, and is mended once he has stopped', async () => {
    const entry = watchEntry(lab);
    const result = await releaseBeside(
      'move-entry',
      again(() => applyOwn(service), 250, 600),
    );
    expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
    expect(result.reason).toContain('Service shop to offer the pods of blue');
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    entry.end();
    expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });
});

describe('somebody who deletes an object in the middle of a release', () => {
  it.each([
    ["the candidate's Deployment", 'start-candidate', candidate],
    ["the candidate's Deployment", 'smoke', candidate],
    ["the candidate's Deployment", 'shift-weights', candidate],
    ["the candidate's Deployment", 'observe', candidate],
    ["the candidate's Service", 'smoke', slotService],
    ["the candidate's Service", 'shift-weights', slotService],
  ])('given %s, after %s: the live version serves on, and all is as before', async (_what, after, ref) => {
    const entry = watchEntry(lab);
    const result = await releaseBeside(after, () => lab.cluster.delete(ref));
    entry.end();
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
    // Only callers who were led to it already can have missed it.
    if (['start-candidate', 'smoke'].includes(after)) expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });

  it.each([
    ['the route', 'split-route', route],
    ['the route', 'move-entry', route],
    ["the app's own Service", 'baseline', service],
    ["the app's own Service", 'shift-weights', service],
    ["the app's own Service", 'move-entry', service],
  ])(
    'given %s, after %s: says what is missing, and a rollback ends it once that is there again',
    async (_what, after, ref) => {
      const result = await releaseBeside(after, () => lab.cluster.delete(ref));
      expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
      expect(result.reason).toContain(`${ref.kind} default/shop`);
      expect(result.failure?.remedy).toContain('streamgate rollback shop');
      await applyOwn(ref);
      await lab.clock.sleep(2_000);
      expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
      await lab.clock.sleep(5_000);
      await expectAsBefore();
    },
  );

  it("given the app's own Service, does not pass it over: with nobody watching it ends there as well", async () => {
    const entry = { ...service };
    const listener = {
      plan() {},
      begin() {},
      end: async ({ id }: { readonly id: string }, outcome: string) => {
        if (id === 'shift-weights' && outcome === 'done') await lab.cluster.delete(entry);
      },
    };
    const result = await lab.deploy(version('v2'), { listener, watch: async () => null });
    expect(result.reason).toContain('Service default/shop disappeared in the middle of the release');
  });
});

describe('somebody who changes the rules of the route after a run was lost in the middle of its switch', () => {
  const toApp = { group: '', kind: 'Service', name: 'shop', port: 80, weight: 1 };
  const toSearch = { ...toApp, name: 'search' };
  const rules = async () => at(await lab.route(), 'spec', 'rules') as readonly object[];
  const backends = async () => (await rules()).map((rule) => at(rule, 'backendRefs'));
  const writeRules = (wanted: readonly object[]) =>
    lab.cluster.patch(route, [{ op: 'replace', path: '/spec/rules', value: wanted }]);
  const search = {
    matches: [{ path: { type: 'PathPrefix', value: '/search' } }],
    backendRefs: [toSearch],
  };

  beforeEach(async () => {
    const [, shop] = version('v1');
    const spec = { ...Object(shop?.spec), selector: { app: 'search' } };
    await lab.cluster.create(placed({ ...Object(shop), metadata: { name: 'search' }, spec }));
  });

  it('given a rule for another backend put in front, it is put back around that one, and no request is lost', async () => {
    await loseAfter(lab, 'shift-weights', (change) => lab.deploy(version('v2'), change));
    const entry = watchEntry(lab);
    await writeRules([search, ...(await rules())]);
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    await lab.clock.sleep(5_000);
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
    expect(await backends()).toEqual([[toSearch], [toApp]]);
  });

  it('given a rule in front that he takes away, it is put back as it stands then', async () => {
    await writeRules([search, ...(await rules())]);
    await loseAfter(lab, 'shift-weights', (change) => lab.deploy(version('v2'), change));
    const entry = watchEntry(lab);
    await writeRules((await rules()).slice(1));
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    await lab.clock.sleep(5_000);
    entry.end();
    expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });

  it('given one more rule for the app, that one names no slot any more either', async () => {
    await loseAfter(lab, 'shift-weights', (change) => lab.deploy(version('v2'), change));
    const [own] = await rules();
    const more = { ...own, matches: [{ path: { type: 'PathPrefix', value: '/more' } }] };
    await writeRules([{ ...own }, more]);
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    expect(await backends()).toEqual([[toApp], [toApp]]);
    await expectAsBefore();
  });
});

describe('a candidate that was proven', () => {
  it('given that a pod of it is not ready any more, gets no traffic before it is', async () => {
    const smoke = fixedGate<Candidate>('smoke');
    const killing: Gate<Candidate> = {
      ...smoke,
      async check(subject, deadline) {
        lab.sandbox.killPod(namespace, subject.pods[0]?.name ?? '');
        await lab.clock.sleep(500);
        return smoke.check(subject, deadline);
      },
    };
    const stop = new AbortController();
    let least = Number.POSITIVE_INFINITY;
    const watching = (async () => {
      while (!stop.signal.aborted) {
        const ready = Number(at(await lab.cluster.get(candidate), 'status', 'readyReplicas') ?? 0);
        if (lab.serving() === 'v2') least = Math.min(least, ready);
        await lab.clock.sleep(20, stop.signal).catch(() => undefined);
      }
    })();
    const entry = watchEntry(lab);
    const result = await lab.deploy(version('v2', { START_DELAY: '8s' }), { gates: [killing] });
    stop.abort();
    await watching;
    entry.end();
    expect(result.outcome).toBe('Promoted');
    expect(least).toBe(2);
    expect(entry.lost).toEqual([]);
  });
});

describe('a rollback that comes while a release runs', () => {
  const deedDuringRelease = (change: { readonly lockTimeoutMs?: number }) => {
    let back: Promise<RunResult> | undefined;
    const deed = () => {
      back = lab.rollback(change);
      return back.catch(() => undefined);
    };
    return { deed, back: () => back };
  };

  it('waits for its end, and then takes it back', async () => {
    const { deed, back } = deedDuringRelease({});
    const entry = watchEntry(lab);
    expect(await releaseBeside('split-route', deed)).toMatchObject({ outcome: 'Promoted' });
    expect(await back()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
    entry.end();
    expect(entry.lost).toEqual([]);
    await expectAsBefore();
  });

  it('is told by whom, when it would not wait', async () => {
    const { deed, back } = deedDuringRelease({ lockTimeoutMs: 0 });
    expect(await releaseBeside('split-route', deed)).toMatchObject({ outcome: 'Promoted' });
    await expect(back()).rejects.toMatchObject({ message: expect.stringContaining('is being released by') });
    expect(lab.serving()).toBe('v2');
  });
});
