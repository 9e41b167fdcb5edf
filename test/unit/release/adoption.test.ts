import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { besideServices, identitiesOf, offeredBy, runPlainApp, wholeOf } from '../../support/plain-app.ts';
import { fixedGate, type Lab, manifests, openLab } from '../../support/release-lab.ts';

const v1 = { VERSION: 'v1' };
const v2 = manifests({ VERSION: 'v2' });
const services = ['shop', ...besideServices];

describe('the first release of an app that runs already', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await runPlainApp(lab, v1);
  });
  afterEach(() => lab.close());

  const selected = async (name: string) =>
    at(await lab.get('v1', 'Service', name), 'spec', 'selector', 'streamgate.io/slot');

  it('takes it over as revision 1, with its ReplicaSet, its pods and its revision as they were', async () => {
    const before = await identitiesOf(lab);
    const seen = new Set<string>();
    const watch = lab.watchServing(seen);
    expect(await lab.deploy(v2)).toMatchObject({
      outcome: 'Promoted',
      activeSlot: 'green',
      previousRevision: 1,
    });
    watch.stop();
    expect([...seen].sort()).toEqual(['v1', 'v2']);
    expect(await identitiesOf(lab)).toEqual(before);
    for (const name of services) expect([name, await selected(name)]).toEqual([name, 'green']);
    expect(await lab.get('apps/v1', 'ControllerRevision', 'streamgate-shop-1')).toBeDefined();
  });

  it('lets later pods of the Deployment carry the slot as well', async () => {
    await lab.deploy(v2, { until: 'preview' });
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'shop' };
    await lab.cluster.mergePatch(ref, { spec: { replicas: 3 } });
    await lab.clock.sleep(5_000);
    const pods = await lab.cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace: 'default' });
    const slots = pods.map(({ metadata }) => metadata.labels?.['streamgate.io/slot']).sort();
    expect(slots).toEqual(['blue', 'blue', 'blue', 'green', 'green']);
  });

  it('offers nothing of the candidate through any Service before the traffic has moved', async () => {
    const met: string[] = [];
    let moved = false;
    const look = async () => {
      for (const name of services)
        met.push(...(await offeredBy(lab, name)).map((version) => `${name} ${version}`));
    };
    const result = await lab.deploy(v2, {
      listener: {
        plan() {},
        begin({ id }) {
          if (id === 'move-entry') moved = true;
        },
        end() {},
      },
      identify: async ({ name }) => {
        if (!moved) await look();
        return [(await lab.get('v1', 'Pod', name)) === undefined ? '' : await versionOf(name)];
      },
    });
    expect(result.outcome).toBe('Promoted');
    expect(new Set(met)).toEqual(new Set(services.map((name) => `${name} v1`)));
    for (const name of services) expect([name, await offeredBy(lab, name)]).toEqual([name, ['v2']]);
  });

  async function versionOf(pod: string): Promise<string> {
    const env = at(await lab.get('v1', 'Pod', pod), 'spec', 'containers', 0, 'env');
    return Array.isArray(env)
      ? String(
          at(
            env.find((entry) => at(entry, 'name') === 'VERSION'),
            'value',
          ),
        )
      : '';
  }

  it.each([
    ['a failed smoke test', { gates: [fixedGate<never>('smoke', 'fail')] }, {}],
    ['failing traffic', {}, { ERROR_RATE: '1' }],
  ] as const)('that ends with %s leaves everything exactly as it was', async (_what, change, knobs) => {
    const before = await wholeOf(lab);
    const result = await lab.deploy(manifests({ VERSION: 'v2', ...knobs }), change);
    expect(result.outcome).toBe('Aborted');
    await lab.clock.sleep(5_000);
    expect(await wholeOf(lab)).toEqual(before);
    expect(lab.serving()).toBe('v1');
  });

  it('can be tried again after it failed', async () => {
    await lab.deploy(v2, { gates: [fixedGate('smoke', 'fail')] });
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
    expect(lab.serving()).toBe('v2');
  });

  it('is put back as a whole when a parked preview is rolled back', async () => {
    const before = await wholeOf(lab);
    await lab.deploy(v2, { until: 'preview' });
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack' });
    await lab.clock.sleep(5_000);
    expect(await wholeOf(lab)).toEqual(before);
  });

  it('leaves a way back onto the very pods that were taken over', async () => {
    const before = await identitiesOf(lab);
    await lab.deploy(v2);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    expect(await identitiesOf(lab)).toEqual(before);
    for (const name of services) expect([name, await offeredBy(lab, name)]).toEqual([name, ['v1']]);
  });

  it('leaves a way back also when the Deployment that was taken over is long gone', async () => {
    await lab.deploy(v2, {
      until: 'retired',
      settings: { progressDeadlineMs: 60_000, observeMs: 0, rollbackWindowMs: 0 },
    });
    expect(await lab.get('apps/v1', 'Deployment', 'shop')).toBeUndefined();
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack' });
    expect(lab.serving()).toBe('v1');
    const clean = await lab.get('apps/v1', 'Deployment', 'shop-blue');
    expect(at(clean, 'spec', 'selector', 'matchLabels')).toEqual({
      app: 'shop',
      'streamgate.io/slot': 'blue',
    });
  });

  it('gives the slot a Deployment of its own with the release after the next', async () => {
    await lab.deploy(v2);
    expect(await lab.deploy(manifests({ VERSION: 'v3' }))).toMatchObject({
      outcome: 'Promoted',
      activeSlot: 'blue',
    });
    expect(await lab.get('apps/v1', 'Deployment', 'shop')).toBeUndefined();
    expect(await lab.get('apps/v1', 'Deployment', 'shop-blue')).toBeDefined();
    expect(lab.serving()).toBe('v3');
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    expect(lab.serving()).toBe('v2');
  });
});
