import { afterEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import { startDoomed, watchEntry } from '../../support/killed-run.ts';
import { type Lab, manifestsFor, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

type Slot = 'blue' | 'green';
type Move = (lab: Lab, slot?: Slot) => Promise<unknown>;

const deployment = (slot: Slot) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace,
  name: `shop-${slot}`,
});

const moveService: Move = (lab, slot = 'blue') =>
  lab.cluster.mergePatch(
    { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' },
    { spec: { selector: { 'streamgate.io/slot': slot } } },
  );

const leadRoute = (lab: Lab, name: string) =>
  lab.cluster.patch(
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name: 'shop' },
    [{ op: 'replace', path: '/spec/rules/0/backendRefs', value: [{ name, port: 80 }] }],
  );

const moveRoute: Move = (lab, slot = 'blue') => leadRoute(lab, `shop-${slot}`);

const scale = (lab: Lab, slot: Slot, replicas: number) =>
  lab.cluster.mergePatch(deployment(slot), { spec: { replicas } });

/** All of docs/runbooks.md, "Without StreamGate". */
const followRunbook: Move = async (lab) => {
  if (lab.mode === 'gateway') await leadRoute(lab, 'shop-blue');
  await lab.clock.sleep(2_000);
  await moveService(lab);
  await lab.clock.sleep(2_000);
  if (lab.mode === 'gateway') await leadRoute(lab, 'shop');
  await lab.clock.sleep(2_000);
  await scale(lab, 'green', 0);
};

describe('traffic that was moved by hand', () => {
  let lab: Lab;
  afterEach(() => lab.close());

  const replicas = async (slot: Slot) => at(await lab.cluster.get(deployment(slot)), 'spec', 'replicas');
  const version = (n: number) => manifestsFor(lab.mode)({ VERSION: `v${n}` });

  /** v2 is live in green, v1 is the way back in blue. */
  async function arrange(mode: Lab['mode'] = 'gateway', until: 'promoted' | 'retired' = 'promoted') {
    lab = await openLab({ mode });
    await lab.deploy(version(1));
    await lab.deploy(version(2), { until });
  }

  /** What the remedy of a refusal promises: one rollback, no pod stopped, no request lost; then releases go on. */
  async function expectRemedyToWork(): Promise<void> {
    expect(await lab.rollback()).toMatchObject({
      outcome: 'FastRolledBack',
      verdict: 'pass',
      activeSlot: 'blue',
    });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
    expect(await lab.deploy(version(3))).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
  }

  const refusal = {
    code: 'Refused',
    message: expect.stringContaining('shop: slot blue is to go by the journal, but'),
    remedy: expect.stringContaining('Run `streamgate rollback shop`: it makes revision 1'),
  };

  it.each<readonly [string, Lab['mode'], Move]>([
    ['by the Service', 'gateway', moveService],
    ['by the route', 'gateway', moveRoute],
    ['as the runbook says', 'gateway', followRunbook],
    ['by the Service, without a route', 'service', moveService],
    ['as the runbook says, without a route', 'service', followRunbook],
  ])(
    '%s, keeps its pods: a release is refused until a rollback has agreed with it',
    async (_how, mode, move) => {
      await arrange(mode);
      const entry = watchEntry(lab);
      await move(lab);
      await lab.clock.sleep(5_000);
      await expect(lab.deploy(version(3))).rejects.toMatchObject(refusal);
      expect(await replicas('blue')).toBe(2);
      expect(lab.serving()).toBe('v1');
      await expectRemedyToWork();
      entry.end();
      expect(entry.lost).toEqual([]);
    },
  );

  it('to pods that had been let go and were started again by hand, keeps them as well', async () => {
    await arrange('gateway', 'retired');
    const entry = watchEntry(lab);
    await scale(lab, 'blue', 2);
    await lab.clock.sleep(10_000);
    await followRunbook(lab);
    await lab.clock.sleep(5_000);
    await expect(lab.deploy(version(3))).rejects.toMatchObject(refusal);
    await expectRemedyToWork();
    entry.end();
    expect(entry.lost).toEqual([]);
  });

  it('while a release prepares, keeps its pods: the release is taken back', async () => {
    await arrange();
    const entry = watchEntry(lab);
    let moved: Promise<unknown> = Promise.resolve();
    const listener = {
      plan() {},
      begin() {},
      end({ id }: { readonly id: string }, outcome: string) {
        if (id === 'apply-others' && outcome === 'done') moved = moveService(lab);
      },
    };
    const result = await lab.deploy(version(3), { listener });
    await moved;
    await lab.clock.sleep(5_000);
    expect(result).toMatchObject({ outcome: 'Aborted', failure: refusal });
    expect(await replicas('blue')).toBe(2);
    expect(lab.serving()).toBe('v1');
    await expectRemedyToWork();
    entry.end();
    expect(entry.lost).toEqual([]);
  });

  it('is in the way of a rollback to an older revision, which would need its slot', async () => {
    lab = await openLab();
    for (const n of [1, 2, 3]) await lab.deploy(version(n));
    const entry = watchEntry(lab);
    await moveService(lab, 'green');
    await lab.clock.sleep(5_000);
    await expect(lab.rollback({ to: 1 })).rejects.toMatchObject({
      code: 'Refused',
      remedy: expect.stringContaining('Run `streamgate rollback shop`: it makes revision 2'),
    });
    expect(await replicas('green')).toBe(2);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'green' });
    expect(await lab.rollback({ to: 1 })).toMatchObject({ outcome: 'RolledBack', activeSlot: 'blue' });
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
  });

  it('while a release waits to let the old version go, keeps the pods of that', async () => {
    lab = await openLab();
    await lab.deploy(version(1));
    const entry = watchEntry(lab, 1_000);
    const moving = lab.clock.sleep(300_000).then(() => moveService(lab));
    const result = await lab.deploy(version(2), { until: 'retired' });
    await moving;
    expect(result).toMatchObject({
      outcome: 'Promoted',
      reason: expect.not.stringContaining('gone'),
      failure: refusal,
      warnings: [expect.stringContaining('slot blue is to go by the journal, but Service shop selects it')],
    });
    await lab.clock.sleep(5_000);
    expect(await replicas('blue')).toBe(2);
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
  });

  it('after the window, keeps the pods when the same release is to let them go', async () => {
    await arrange();
    await moveService(lab);
    await lab.clock.sleep(700_000);
    await expect(lab.deploy(version(2), { until: 'retired' })).rejects.toMatchObject(refusal);
    await lab.clock.sleep(5_000);
    expect(await replicas('blue')).toBe(2);
    expect(lab.serving()).toBe('v1');
  });

  it('to the version that a rollback was about to stop, keeps its pods', async () => {
    await arrange();
    const rehearsal = await openLab();
    for (const n of [1, 2]) await rehearsal.deploy(version(n));
    const whole = startDoomed(rehearsal);
    await rehearsal.rollback(whole.change);
    await rehearsal.close();
    const arrived = whole.writes.findIndex(({ body = '' }) =>
      body.includes('\\"phase\\": \\"rolled-back\\"'),
    );
    const doomed = startDoomed(lab, { nth: arrived + 1, when: 'after' });
    expect(await Promise.race([doomed.dead, lab.rollback(doomed.change)])).toBe('dead');
    await moveService(lab, 'green');
    await lab.clock.sleep(60_000);
    const entry = watchEntry(lab);
    await expect(lab.rollback()).rejects.toMatchObject({
      code: 'Refused',
      message: 'shop: slot green is to go by the journal, but Service shop selects it',
      remedy: expect.stringContaining('Send it to slot blue again, which is live by the journal'),
    });
    expect(await replicas('green')).toBe(2);
    await moveService(lab, 'blue');
    await lab.clock.sleep(5_000);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
    await lab.clock.sleep(5_000);
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('to a slot without pods keeps nobody from releasing', async () => {
    await arrange('gateway', 'retired');
    await moveService(lab);
    await lab.clock.sleep(5_000);
    expect(await lab.deploy(version(3), { watch: async () => null })).toMatchObject({ activeSlot: 'blue' });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v3');
  });
});
