import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { autoscaler } from '../../support/companions.ts';
import {
  fakeWitness,
  fixedGate,
  type Lab,
  manifests,
  manifestsFor,
  namespace,
  openLab,
} from '../../support/release-lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const hpa = (name: string) => lab.get('autoscaling/v2', 'HorizontalPodAutoscaler', name);
const version = (name: string, ...beside: readonly KubeObject[]) => [
  ...manifests({ VERSION: name }),
  ...(beside.length === 0 ? [autoscaler()] : beside),
];

async function limits(name: string): Promise<string | undefined> {
  const found = await hpa(name);
  if (found === undefined) return undefined;
  const spec = found.spec as { minReplicas: number; maxReplicas: number; scaleTargetRef: { name: string } };
  return `${spec.scaleTargetRef.name} ${spec.minReplicas}-${spec.maxReplicas}`;
}

async function sizeOf(slot: 'blue' | 'green'): Promise<number> {
  return Number(at(await lab.get('apps/v1', 'Deployment', `shop-${slot}`), 'spec', 'replicas') ?? 0);
}

/** Lets the autoscaler of the live slot grow it, as its metrics would. */
async function grow(slot: 'blue' | 'green', replicas: number): Promise<void> {
  lab.sandbox.setDesiredReplicas(namespace, `shop-${slot}`, replicas);
  while ((await sizeOf(slot)) !== replicas) await lab.clock.sleep(100);
  await lab.clock.sleep(5_000);
}

interface Moment {
  readonly serving: string;
  readonly blue: number;
  readonly green: number;
}

/** Notes how many ready pods each slot has, and which serves, at every change until stopped. */
async function watchSizes() {
  const stop = new AbortController();
  const moments: Moment[] = [];
  const ambiguous = new Set<string>();
  const deployments = { apiVersion: 'apps/v1', kind: 'Deployment' };
  const standing = await lab.cluster.list(deployments, { namespace });
  const readyOf = (object: KubeObject) => Number(at(object, 'status', 'readyReplicas') ?? 0);
  const ready = new Map(standing.map((object) => [object.metadata.name, readyOf(object)]));
  const note = () =>
    moments.push({
      serving: lab.serving() ?? 'nobody',
      blue: ready.get('shop-blue') ?? 0,
      green: ready.get('shop-green') ?? 0,
    });
  const ended = [
    lab.cluster.watch(
      deployments,
      { namespace },
      ({ object }) => {
        ready.set(object.metadata.name, readyOf(object));
        note();
      },
      stop.signal,
    ),
    lab.cluster.watch(
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      { namespace },
      ({ object }) => {
        if (JSON.stringify(object.status ?? {}).includes('AmbiguousSelector'))
          ambiguous.add(object.metadata.name);
      },
      stop.signal,
    ),
  ];
  const ticking = (async () => {
    while (!stop.signal.aborted) {
      note();
      await lab.clock.sleep(20, stop.signal).catch(() => undefined);
    }
  })();
  return {
    moments,
    ambiguous,
    async end() {
      stop.abort();
      await Promise.all([...ended, ticking].map((one) => one.catch(() => undefined)));
    },
  };
}

/** Moments at which the version that served had fewer ready pods than it should. */
function tooFew(
  moments: readonly Moment[],
  slots: Readonly<Record<string, 'blue' | 'green'>>,
  least: number,
) {
  return moments.filter((moment) => {
    const slot = slots[moment.serving];
    return slot === undefined || moment[slot] < least;
  });
}

describe('an autoscaled app', () => {
  it('gets an autoscaler for its slot, and none for the Deployment of the manifests', async () => {
    const { verdict } = await lab.deploy(version('v1'));
    expect(verdict).toBe('pass');
    expect(await limits('shop-blue')).toBe('shop-blue 2-10');
    expect(await hpa('shop')).toBeUndefined();
    expect((await hpa('shop-blue'))?.metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'streamgate',
      'streamgate.io/slot': 'blue',
    });
  });

  it('starts with the floor of its autoscaler where the manifest has fewer pods', async () => {
    await lab.deploy(version('v1', autoscaler({ min: 4 })));
    expect(await sizeOf('blue')).toBe(4);
  });

  it('is released at its live size, never below it on the side that serves, and falls to its own limits', async () => {
    await lab.deploy(version('v1'));
    await grow('blue', 6);
    const watched = await watchSizes();
    const { verdict } = await lab.deploy(version('v2'));
    await watched.end();
    expect(verdict).toBe('pass');
    expect(watched.moments.map(({ serving }) => serving)).toContain('v2');
    expect(tooFew(watched.moments, { v1: 'blue', v2: 'green' }, 6)).toEqual([]);
    expect([...watched.ambiguous]).toEqual([]);
    expect(await limits('shop-green')).toBe('shop-green 2-10');
    expect((await hpa('shop-green'))?.metadata.annotations).not.toHaveProperty(['streamgate.io/limits']);
    // The old version keeps its size for the way back, and nothing can take it away.
    expect(await hpa('shop-blue')).toBeUndefined();
    expect(await sizeOf('blue')).toBe(6);
  });

  it('that would shrink without its floor waits until its metrics are of the traffic of now', async () => {
    const hasty = autoscaler({ spec: { behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } });
    await lab.deploy(version('v1', hasty));
    await grow('blue', 6);
    lab.sandbox.setDesiredReplicas(namespace, 'shop-green', 1);
    const asked = lab.clock
      .sleep(30_000)
      .then(() => lab.sandbox.setDesiredReplicas(namespace, 'shop-green', 6));
    const watched = await watchSizes();
    await lab.deploy(version('v2', hasty));
    await asked;
    await lab.clock.sleep(60_000);
    await watched.end();
    expect(tooFew(watched.moments, { v1: 'blue', v2: 'green' }, 6)).toEqual([]);
    expect(await limits('shop-green')).toBe('shop-green 2-10');
  });

  it('that grows in the middle of a release is joined by its candidate before any traffic moves', async () => {
    await lab.deploy(version('v1'));
    await grow('blue', 3);
    const watched = await watchSizes();
    const smoke = {
      ...fixedGate<never>('smoke'),
      check: async (...args: Parameters<ReturnType<typeof fixedGate<never>>['check']>) => {
        lab.sandbox.setDesiredReplicas(namespace, 'shop-blue', 7);
        await lab.clock.sleep(5_000);
        return fixedGate<never>('smoke').check(...args);
      },
    };
    await lab.deploy(version('v2'), { gates: [smoke] });
    await watched.end();
    const onNew = watched.moments.filter(({ serving }) => serving === 'v2');
    expect(onNew.length).toBeGreaterThan(0);
    expect(tooFew(onNew, { v2: 'green' }, 7)).toEqual([]);
  });

  it('whose release fails after the switch has its limits back, and its size all the time', async () => {
    await lab.deploy(version('v1'));
    await grow('blue', 6);
    const watched = await watchSizes();
    const { outcome } = await lab.deploy([...manifests({ VERSION: 'v2', ERROR_RATE: '1' }), autoscaler()]);
    await watched.end();
    expect(outcome).toBe('Aborted');
    expect(tooFew(watched.moments, { v1: 'blue', v2: 'green' }, 6)).toEqual([]);
    expect(await limits('shop-blue')).toBe('shop-blue 2-10');
    expect(await hpa('shop-green')).toBeUndefined();
  });

  it('is taken back with its autoscaler, at the live size', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'));
    await grow('green', 5);
    const watched = await watchSizes();
    const { outcome } = await lab.rollback();
    await watched.end();
    expect(outcome).toBe('FastRolledBack');
    expect(tooFew(watched.moments, { v1: 'blue', v2: 'green' }, 5)).toEqual([]);
    expect(await limits('shop-blue')).toBe('shop-blue 2-10');
    expect(await hpa('shop-green')).toBeUndefined();
    expect(await sizeOf('green')).toBe(0);
  });

  it('has both sizes and its limits back after a drill', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'));
    await grow('green', 5);
    const watched = await watchSizes();
    await lab.rollback({ drill: true });
    await watched.end();
    expect(watched.moments.map(({ serving }) => serving)).toContain('v1');
    expect(tooFew(watched.moments, { v1: 'blue', v2: 'green' }, 5)).toEqual([]);
    expect(await limits('shop-green')).toBe('shop-green 2-10');
    expect(await hpa('shop-blue')).toBeUndefined();
  });

  it('is brought back from its revision with the autoscaler of that revision', async () => {
    await lab.deploy(version('v1', autoscaler({ min: 3, max: 4 })));
    const settings = { progressDeadlineMs: 60_000, observeMs: 500, rollbackWindowMs: 1_000 };
    await lab.deploy(version('v2', autoscaler({ min: 5, max: 9 })), { until: 'retired', settings });
    await lab.rollback();
    expect(await limits('shop-blue')).toBe('shop-blue 3-4');
    // Five were live: the ceiling gave way for the switch, and then the autoscaler may bring them to four.
    expect(await sizeOf('blue')).toBe(4);
  });

  it('keeps its autoscaler when only the image changes', async () => {
    await lab.deploy(version('v1'));
    const { readLiveManifests } = await import('../../../src/release/index.ts');
    const standing = await readLiveManifests(lab.cluster, namespace, 'shop');
    await lab.deploy([...standing, ...manifests({ VERSION: 'v2' }).slice(2)], { force: true });
    expect(await limits('shop-green')).toBe('shop-green 2-10');
  });

  it('loses it with the release whose manifests have none', async () => {
    await lab.deploy(version('v1'));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(await hpa('shop-blue')).toBeUndefined();
    expect(await hpa('shop-green')).toBeUndefined();
  });

  it('is autoscaled by one that only stands in the cluster, too', async () => {
    await lab.cluster.create({ ...autoscaler(), metadata: { name: 'shop', namespace } });
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await grow('blue', 4);
    await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(await limits('shop-green')).toBe('shop-green 2-10');
    expect(await limits('shop')).toBe('shop 2-10');
    expect(await sizeOf('green')).toBe(4);
  });
});

describe.each([
  ['gateway', /\/httproutes\/shop$/],
  ['service', /\/services\/shop$/],
] as const)('an autoscaled app whose traffic, moved by %s, cannot be taken back', (mode, path) => {
  beforeEach(async () => {
    await lab.close();
    lab = await openLab({ mode });
  });

  it('may shrink on neither side', async () => {
    const brought = (name: string) => [...manifestsFor(mode)({ VERSION: name }), autoscaler()];
    await lab.deploy(brought('v1'));
    await grow('blue', 6);
    const stop = new AbortController();
    const result = await lab.deploy(brought('v2'), {
      watch: async () => ({
        witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, mode),
        baseline: fixedGate('baseline'),
        traffic: {
          name: 'traffic',
          check: (subject, deadline) => {
            lab.sandbox.faults.add({ method: 'PATCH', path }, { kind: 'status', status: 403 });
            return fixedGate('traffic', 'fail').check(subject, deadline);
          },
        },
      }),
    });
    stop.abort();
    expect(result.outcome).toBe('Inconclusive');
    expect(await limits('shop-blue')).toBe('shop-blue 6-10');
    expect(await limits('shop-green')).toBe('shop-green 6-10');
  });
});
