import { expect } from '@jest/globals';
import { at, isJsonObject } from '../../src/base/index.ts';
import type { App } from './checklist/app.ts';
import { inBothModes } from './checklist/in-both-modes.ts';
import { versionOf } from './checklist/pod-diary.ts';

const policyKind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };

/** What a team has beside its app; it knows no slots. */
const ofTheTeam = (app: App) => ({
  ...policyKind,
  metadata: { name: 'allow-web', namespace: app.stage.namespace },
  spec: {
    podSelector: { matchLabels: { app: 'shop' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 8080 }] }],
  },
});

/** The control: one that a team would have written had it learned our label, and that loses half of the pods. */
const ofOneSlot = (app: App) => ({
  ...policyKind,
  metadata: { name: 'one-slot', namespace: app.stage.namespace },
  spec: { podSelector: { matchLabels: { app: 'shop', 'streamgate.io/slot': 'blue' } } },
});

/** How many pods of each version the server finds by the selector of a policy as it stands. */
async function selectedBy(app: App, name: string): Promise<Readonly<Record<string, number>>> {
  const labels = at(await app.get(policyKind.apiVersion, policyKind.kind, name), 'spec', 'podSelector');
  const pairs = Object.entries(
    isJsonObject(labels) && isJsonObject(labels.matchLabels) ? labels.matchLabels : {},
  );
  const labelSelector = pairs.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const { namespace } = app.stage;
  const pods = await app.cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace, labelSelector });
  const standing = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return Object.fromEntries(
    [...Map.groupBy(standing, versionOf)].map(([version, all]) => [version, all.length]),
  );
}

inBothModes(
  'a NetworkPolicy, checked by matching',
  async (app) => {
    await app.release('v1');
    await app.cluster.create(ofTheTeam(app));
    await app.cluster.create(ofOneSlot(app));
    const look = async () => ({
      team: await selectedBy(app, 'allow-web'),
      oneSlot: await selectedBy(app, 'one-slot'),
    });
    const before = await look();
    const plan = await app.release('v2', { inputs: { mode: 'plan' } });
    await app.release('v2', { inputs: { until: 'preview' } });
    const parked = await look();
    await app.release('v2');
    const promoted = await look();
    await app.release('v3');
    const next = await look();
    await app.run('rollback');
    const back = await look();
    return { before, plan, parked, promoted, next, back };
  },
  ({ item, told }) => {
    item('finds the pods of both slots, before and after each release and the way back', () => {
      const { seen } = told();
      expect(seen.before.team).toEqual({ v1: 2 });
      expect(seen.parked.team).toEqual({ v1: 2, v2: 2 });
      expect(seen.promoted.team).toEqual({ v1: 2, v2: 2 });
      expect(seen.next.team).toEqual({ v2: 2, v3: 2 });
      // The version that was left by a rollback is let go.
      expect(seen.back.team).toEqual({ v2: 2 });
    });

    item('loses those of the other slot when it names one: the control', () => {
      const { seen } = told();
      expect(seen.parked.oneSlot).toEqual({ v1: 2 });
      expect(seen.next.oneSlot).toEqual({ v3: 2 });
    });

    item('is told of by a plan before anything moves, whether it would find the next version', () => {
      const { app, seen } = told();
      const { namespace } = app.stage;
      const found = seen.plan.evidence.plan?.selectors.filter(({ object }) =>
        object.startsWith('NetworkPolicy'),
      );
      expect(found).toEqual([
        {
          object: `NetworkPolicy ${namespace}/allow-web`,
          effect: 'limits connections',
          stable: true,
          candidate: true,
        },
        {
          object: `NetworkPolicy ${namespace}/one-slot`,
          effect: 'limits connections',
          stable: true,
          candidate: false,
        },
      ]);
    });
  },
);
