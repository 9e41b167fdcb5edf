import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { budget } from '../../support/companions.ts';
import { fixedGate, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const version = (name: string, ...beside: readonly KubeObject[]) => [
  ...manifests({ VERSION: name }),
  ...beside,
];
const kind = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };

/** `shop: app=shop slot=blue`, one line for each budget. */
async function budgets(): Promise<string[]> {
  const all = await lab.cluster.list(kind, { namespace });
  return all
    .map(({ metadata, spec }) => {
      const labels = Object.entries(at(spec, 'selector', 'matchLabels') ?? {});
      return `${metadata.name}: ${labels.map(([key, value]) => `${key.replace(/^.*\//, '')}=${String(value)}`).join(' ')}`;
    })
    .sort();
}

/** What stands while the candidate is being tested. */
function lookDuringSmoke(look: () => Promise<void>) {
  const gate = fixedGate<never>('smoke');
  return {
    ...gate,
    check: async (...args: Parameters<typeof gate.check>) => {
      await look();
      return gate.check(...args);
    },
  };
}

describe('a disruption budget of the manifests', () => {
  it('covers the slot that serves, and is joined by one for the candidate during a release', async () => {
    await lab.deploy(version('v1', budget()));
    expect(await budgets()).toEqual(['shop: app=shop slot=blue']);
    let during: string[] = [];
    const smoke = lookDuringSmoke(async () => {
      during = await budgets();
    });
    await lab.deploy(version('v2', budget()), { gates: [smoke] });
    expect(during).toEqual(['shop-green: app=shop slot=green', 'shop: app=shop slot=blue']);
    expect(await budgets()).toEqual(['shop: app=shop slot=green']);
  });

  it('counts no pod of the candidate among those that must stay', async () => {
    const all = budget({ minAvailable: 2 });
    await lab.deploy(version('v1', all));
    let allowed: unknown;
    const smoke = lookDuringSmoke(async () => {
      allowed = at(await lab.get('policy/v1', 'PodDisruptionBudget', 'shop'), 'status', 'disruptionsAllowed');
    });
    await lab.deploy(version('v2', all), { gates: [smoke] });
    expect(allowed).toBe(0);
  });

  it('stands as before when the release is taken back', async () => {
    await lab.deploy(version('v1', budget()));
    const { outcome } = await lab.deploy([
      ...manifests({ VERSION: 'v2', ERROR_RATE: '1' }),
      budget({ minAvailable: 2 }),
    ]);
    expect(outcome).toBe('Aborted');
    expect(await budgets()).toEqual(['shop: app=shop slot=blue']);
    const standing = await lab.get('policy/v1', 'PodDisruptionBudget', 'shop');
    expect(at(standing, 'spec', 'minAvailable')).toBe(1);
  });

  it('goes with a first release that fails', async () => {
    await lab.deploy(version('v1', budget()), { gates: [fixedGate('smoke', 'fail')] });
    expect(await budgets()).toEqual([]);
  });

  it('follows the traffic back', async () => {
    await lab.deploy(version('v1', budget()));
    await lab.deploy(version('v2', budget()));
    await lab.rollback();
    expect(await budgets()).toEqual(['shop: app=shop slot=blue']);
  });
});

describe('a disruption budget of the cluster', () => {
  it('is narrowed to the slot that serves, and put back when that fails', async () => {
    await lab.deploy(version('v1'));
    await lab.cluster.create({ ...budget(), metadata: { name: 'theirs', namespace } });
    await lab.deploy(version('v2'), { gates: [fixedGate('smoke', 'fail')] });
    expect(await budgets()).toEqual(['theirs: app=shop']);
    await lab.deploy(version('v3'));
    expect(await budgets()).toEqual(['theirs: app=shop slot=green']);
  });

  it('that covers pods of others as well is left alone, and told', async () => {
    await lab.deploy(version('v1'));
    await lab.cluster.create({
      ...budget({ selector: {}, minAvailable: 1 }),
      metadata: { name: 'everything', namespace },
    });
    await lab.cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace, labels: { app: 'other' } },
      spec: { containers: [{ name: 'app', image: 'streamgate/demo-app:any' }] },
    });
    const { warnings } = await lab.deploy(version('v2'));
    expect(await budgets()).toEqual(['everything: ']);
    expect(warnings).toEqual([
      expect.stringContaining('PodDisruptionBudget default/everything also covers pods of others'),
    ]);
  });

  it('of another app is not touched', async () => {
    await lab.cluster.create({
      ...budget({ selector: { matchLabels: { app: 'other' } } }),
      metadata: { name: 'other', namespace },
    });
    await lab.deploy(version('v1'));
    await lab.deploy(version('v2'));
    expect(await budgets()).toEqual(['other: app=other']);
  });
});
