import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, silentLog } from '../../../src/base/index.ts';
import { createCluster } from '../../../src/cluster/index.ts';
import { findApps, type RetireRequest, readJournal, retireOrTell } from '../../../src/release/index.ts';
import { saveJournal } from '../../../src/release/journal/journal-store.ts';
import { takeLock } from '../../../src/release/journal/lock.ts';
import { firstRelease } from '../../support/journals.ts';
import { startDoomed } from '../../support/killed-run.ts';
import {
  fixedGate,
  type Lab,
  manifests,
  manifestsFor,
  namespace,
  openLab,
} from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const version = (n: number) => manifests({ VERSION: `v${n}` });
const windowMs = 600_000;

describe('letting old pods go', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(version(1));
    await lab.deploy(version(2));
  });
  afterEach(() => lab.close());

  const replicas = async (slot: 'blue' | 'green') =>
    at(await lab.get('apps/v1', 'Deployment', `shop-${slot}`), 'spec', 'replicas');
  const journal = () => readJournal(lab.cluster, namespace, 'shop');
  const retire = (change: Partial<RetireRequest> = {}) =>
    retireOrTell({ ...lab.request(), hurry: false, ...change });

  it('waits for the rollback window', async () => {
    expect(await retire()).toMatchObject({
      state: 'left',
      reason: expect.stringMatching(/^shop: the rollback window of revision 1 ends in /),
    });
    expect(await replicas('blue')).toBe(2);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
  });

  it('once the window is over empties the old slot, and leaves everything else as it was', async () => {
    await lab.clock.sleep(windowMs);
    expect(await retire()).toMatchObject({ state: 'retired' });
    expect([await replicas('blue'), await replicas('green')]).toEqual([0, 2]);
    expect(await journal()).toMatchObject({
      previous: { revision: 1, warm: false },
      live: { revision: 2 },
      release: { phase: 'retired' },
    });
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
    expect(await retire()).toMatchObject({
      state: 'nothing',
      reason: 'shop: the pods of revision 1 are gone already',
    });
  });

  it('goes by what the run before it had still written when the lock was taken from it', async () => {
    const written = await journal();
    if (written === undefined) throw new Error('no journal');
    const { live, previous } = written;
    const wayBack = { ...firstRelease, id: 'shop-back-to-1', strategy: 'rollback', stable: live } as const;
    let isAwake = false;
    const transport = {
      name: 'late',
      async send(request: Parameters<Lab['sandbox']['handle']>[0]) {
        // Its last write arrives right in front of our first one to the journal.
        if (!isAwake && request.method === 'PATCH' && request.path.includes('/configmaps/streamgate-shop')) {
          isAwake = true;
          await saveJournal(lab.cluster, {
            ...written,
            release: { ...wayBack, candidate: previous ?? wayBack.candidate },
          });
        }
        return lab.sandbox.handle(request);
      },
      portForward: () => Promise.reject(new Error('no sockets here')),
    };
    const { clock } = lab;
    const cluster = createCluster({ transport, clock, log: silentLog, signal: new AbortController().signal });
    expect(await retire({ hurry: true, cluster })).toMatchObject({
      state: 'left',
      reason: expect.stringContaining('release shop-back-to-1 has not ended'),
    });
    expect(isAwake).toBe(true);
    expect(await journal()).toMatchObject({ release: { id: 'shop-back-to-1', phase: 'running' } });
    expect(await replicas('blue')).toBe(2);
  });

  it('in a hurry does not wait for the end of the window', async () => {
    const began = lab.clock.monotonic();
    expect(await retire({ hurry: true })).toMatchObject({ state: 'retired' });
    expect(lab.clock.monotonic() - began).toBeLessThan(windowMs / 2);
    expect(await replicas('blue')).toBe(0);
  });

  it('a rollback afterwards starts the pods again, and says how', async () => {
    await retire({ hurry: true });
    const result = await lab.rollback();
    expect(result).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    expect(result.reason).toContain('were started again, by the digests of the images that ran');
    const image = at(await lab.get('apps/v1', 'Deployment', 'shop-blue'), ...imagePath);
    expect(image).toMatch(/^streamgate\/demo-app:any@sha256:[0-9a-f]{64}$/);
    expect(lab.serving()).toBe('v1');
    // What runs now is what was recorded: the same manifests are nothing new.
    expect(await lab.deploy(version(1))).toMatchObject({ outcome: 'NothingToRelease' });
  });

  it('leaves a release that is under way alone, and says so', async () => {
    await lab.clock.sleep(windowMs);
    const { cluster, clock } = lab;
    const signal = new AbortController().signal;
    const held = { cluster, clock, log: silentLog, namespace, app: 'shop', identity: 'somebody', signal };
    const lock = await takeLock({ ...held, timeoutMs: 0 });
    expect(await retire({ lockTimeoutMs: 2_000 })).toMatchObject({
      state: 'left',
      reason: expect.stringContaining('shop is being released by somebody'),
    });
    await lock.release();
    expect(await replicas('blue')).toBe(2);
  });

  it('leaves a release that died in the middle to those who can finish it', async () => {
    const doomed = startDoomed(lab, { nth: 12, when: 'before' });
    await Promise.race([doomed.dead, lab.deploy(version(3), doomed.change)]);
    await lab.clock.sleep(windowMs);
    const before = await journal();
    expect(await retire({ hurry: true })).toMatchObject({
      state: 'left',
      reason: expect.stringContaining('has not ended: it is at work, or its run died'),
    });
    expect(await journal()).toEqual(before);
  });

  it('after a later release that failed early still lets the right pods go', async () => {
    const failed = await lab.deploy(version(3), { gates: [fixedGate('smoke', 'fail')] });
    expect(failed).toMatchObject({ outcome: 'Aborted' });
    expect(await retire({ hurry: true })).toMatchObject({ state: 'nothing' });
    expect([await replicas('blue'), await replicas('green')]).toEqual([0, 2]);
  });

  it('never lets pods go that somebody gave the traffic by hand', async () => {
    await lab.clock.sleep(windowMs);
    const entry = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };
    await lab.cluster.mergePatch(entry, { spec: { selector: { 'streamgate.io/slot': 'blue' } } });
    expect(await retire()).toMatchObject({
      state: 'failed',
      reason: 'shop: slot blue is to go by the journal, but Service shop selects it',
    });
    expect(await replicas('blue')).toBe(2);
  });

  it('killed at any of its writes is finished by the next call', async () => {
    const undisturbed = startDoomed(lab);
    await retire({ ...undisturbed.change, hurry: true });
    const count = undisturbed.writes.length;
    expect(count).toBeGreaterThanOrEqual(6);
    await lab.close();
    for (let nth = 1; nth <= count; nth++) {
      lab = await openLab();
      await lab.deploy(version(1));
      await lab.deploy(version(2));
      const doomed = startDoomed(lab, { nth, when: 'before' });
      await Promise.race([doomed.dead, retire({ ...doomed.change, hurry: true })]);
      await lab.clock.sleep(windowMs);
      expect(['retired', 'nothing']).toContain((await retire()).state);
      // Who dies while giving the lock back leaves it to be taken from the dead.
      const broken = (await findBrokenLaws(lab)).filter((law) => nth < count || law !== 'the lock is free');
      expect([nth, await replicas('blue'), broken]).toEqual([nth, 0, []]);
      if (nth < count) await lab.close();
    }
  }, 120_000);

  it('also happens with the next release, which empties the slot for its candidate', async () => {
    await lab.clock.sleep(windowMs);
    await lab.deploy(version(3));
    expect(await journal()).toMatchObject({ live: { revision: 3 }, previous: { revision: 2, warm: true } });
    expect(lab.serving()).toBe('v3');
  });

  it('with a window of nothing happens right after the promotion', async () => {
    const settings = { progressDeadlineMs: 60_000, observeMs: 500, rollbackWindowMs: 0 };
    expect(await lab.deploy(version(3), { settings })).toMatchObject({ outcome: 'Retired', verdict: 'pass' });
    expect([await replicas('blue'), await replicas('green')]).toEqual([2, 0]);
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('finds every app of a namespace by its journal', async () => {
    const labels = { 'app.kubernetes.io/managed-by': 'streamgate', 'streamgate.io/app': 'other' };
    const metadata = { name: 'not-a-journal', namespace, labels };
    await lab.cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { journal: '{}' } });
    expect(await findApps(lab.cluster, namespace)).toEqual(['shop']);
  });
});

describe('letting old pods go, where no route leads to the app', () => {
  const make = manifestsFor('service');
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ mode: 'service' });
    await lab.deploy(make({ VERSION: 'v1' }));
    await lab.deploy(make({ VERSION: 'v2' }));
    await lab.clock.sleep(windowMs);
  });
  afterEach(() => lab.close());

  const replicas = async (slot: 'blue' | 'green') =>
    at(await lab.get('apps/v1', 'Deployment', `shop-${slot}`), 'spec', 'replicas');
  const retire = () => retireOrTell({ ...lab.request(), hurry: false });

  it('empties the old slot once the window is over', async () => {
    expect(await retire()).toMatchObject({ state: 'retired' });
    expect([await replicas('blue'), await replicas('green')]).toEqual([0, 2]);
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('is refused when somebody has moved the Service back by hand', async () => {
    const entry = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };
    await lab.cluster.mergePatch(entry, { spec: { selector: { 'streamgate.io/slot': 'blue' } } });
    expect(await retire()).toMatchObject({
      state: 'failed',
      refused: true,
      reason: expect.stringContaining('Service shop selects it'),
    });
    expect(await replicas('blue')).toBe(2);
  });
});

const imagePath = ['spec', 'template', 'spec', 'containers', 0, 'image'] as const;
