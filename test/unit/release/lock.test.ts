import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, StreamGateError, silentLog } from '../../../src/base/index.ts';
import type { Cluster } from '../../../src/cluster/index.ts';
import { type LockRequest, takeLock } from '../../../src/release/journal/lock.ts';
import { identityOf } from '../../../src/release/journal/under-lock.ts';
import { startDoomed } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

describe('the lock of an app', () => {
  let lab: Lab;
  const never = new AbortController().signal;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const take = (identity: string, timeoutMs: number, change: Partial<LockRequest> = {}) => {
    const { cluster, clock } = lab;
    const facts = { cluster, clock, log: silentLog, namespace, app: 'shop', signal: never };
    return takeLock({ ...facts, identity, timeoutMs, ...change });
  };
  const lease = () => lab.get('coordination.k8s.io/v1', 'Lease', 'streamgate-shop');
  /** Somebody who took it and is heard of no more. */
  const takeAndDie = async (identity: string, leaseMs?: number) => {
    const { change } = startDoomed(lab, { nth: 2, when: 'before' });
    const lock = await take(identity, 0, { cluster: change.cluster, leaseMs });
    void lock.release();
    await lab.clock.sleep(1);
  };

  it('is taken by exactly one of two runs that come at once; the other is told by whom', async () => {
    const ends = await Promise.allSettled([take('run 1', 0), take('run 2', 0), take('run 3', 0)]);
    const won = ends.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    const holder = String(at(await lease(), 'spec', 'holderIdentity'));
    for (const end of ends) {
      if (end.status === 'fulfilled') continue;
      expect(end.reason).toMatchObject({
        code: 'Conflict',
        message: expect.stringContaining(`shop is being released by ${holder}, for`),
        remedy: expect.stringContaining('lock-timeout'),
      });
    }
  });

  it('goes to two runs of the same name one after the other as well', async () => {
    const ends = await Promise.allSettled([take('same', 0), take('same', 0)]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('of a process that is known to have ended is taken at once, and that of any other is not', async () => {
    const { change } = startDoomed(lab, { nth: 2, when: 'before' });
    await take('run 1', 0, { cluster: change.cluster, process: 'main of run 1' });
    await expect(take('post of another', 0, { endedProcess: 'main of run 2' })).rejects.toMatchObject({
      code: 'Conflict',
    });
    const lock = await take('post of run 1', 0, { endedProcess: 'main of run 1' });
    expect(lock.token).toBe(2);
    // Who took it over is a process of its own, and not known to have ended.
    await expect(take('a third', 0, { endedProcess: 'main of run 1' })).rejects.toMatchObject({
      code: 'Conflict',
    });
    await lock.release();
  });

  it('goes to whoever waits once it is given back, with a higher number', async () => {
    const first = await take('first', 0);
    const waiting = take('second', 60_000);
    await lab.clock.sleep(5_000);
    await first.release();
    const second = await waiting;
    expect(second.token).toBe(first.token + 1);
    expect(at(await lease(), 'spec', 'holderIdentity')).toBe('second');
    await second.release();
  });

  it.each([0, 5_000])(
    'that a server only says others took is told as such within %i ms, and not asked for without end',
    async (timeoutMs) => {
      await (await take('before', 0)).release();
      let claims = 0;
      const count = () => ++claims > 0;
      lab.sandbox.faults.add(
        { method: 'PATCH', path: /\/leases\//, where: count },
        { kind: 'status', status: 409 },
      );
      const began = lab.clock.monotonic();
      await expect(take('next', timeoutMs)).rejects.toMatchObject({
        code: 'Conflict',
        message: 'The lock of shop is free, and yet cannot be taken',
      });
      expect(lab.clock.monotonic() - began).toBeLessThanOrEqual(timeoutMs);
      expect(claims).toBeLessThanOrEqual(8);
    },
  );

  it('is kept when a sign of life is answered with 409 though nobody took it', async () => {
    const first = await take('first', 0);
    lab.sandbox.faults.add({ method: 'PATCH', path: /\/leases\//, nth: 1 }, { kind: 'status', status: 409 });
    await expect(take('second', 60_000)).rejects.toMatchObject({ code: 'Conflict' });
    expect(first.lost.aborted).toBe(false);
    await first.release();
  });

  it('goes on counting when somebody deletes its Lease: the objects carry the number of the release before', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.cluster.delete({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      namespace,
      name: 'streamgate-shop',
    });
    expect(await lab.deploy(manifests({ VERSION: 'v2' }))).toMatchObject({ outcome: 'Promoted' });
    expect(at(await lease(), 'spec', 'leaseTransitions')).toBe(2);
  });

  it('is kept for as long as its holder gives signs of life', async () => {
    const first = await take('first', 0);
    await expect(take('second', 300_000)).rejects.toMatchObject({ code: 'Conflict' });
    expect(first.lost.aborted).toBe(false);
    await first.release();
  });

  it('of a holder that died is taken over after 30 seconds without a sign of life', async () => {
    await takeAndDie('the dead');
    const began = lab.clock.monotonic();
    const lock = await take('next', 60_000);
    const waited = lab.clock.monotonic() - began;
    expect(waited).toBeGreaterThanOrEqual(30_000);
    expect(waited).toBeLessThan(40_000);
    await lock.release();
  });

  it('lasts as long as the lease itself says, whatever the run that waits would have asked for', async () => {
    await takeAndDie('the dead', 5_000);
    expect(at(await lease(), 'spec', 'leaseDurationSeconds')).toBe(5);
    const began = lab.clock.monotonic();
    const lock = await take('next', 60_000);
    const waited = lab.clock.monotonic() - began;
    expect(waited).toBeGreaterThanOrEqual(5_000);
    expect(waited).toBeLessThan(8_000);
    await lock.release();
  });

  it('that is short is renewed more often, and so kept', async () => {
    const first = await take('first', 0, { leaseMs: 5_000 });
    await expect(take('second', 60_000)).rejects.toMatchObject({
      code: 'Conflict',
      remedy: expect.stringContaining('5 s'),
    });
    expect(first.lost.aborted).toBe(false);
    await first.release();
  });

  it('of a holder that died is not waited for longer than was asked', async () => {
    await takeAndDie('the dead');
    const began = lab.clock.monotonic();
    await expect(take('next', 10_000)).rejects.toMatchObject({ code: 'Conflict' });
    expect(lab.clock.monotonic() - began).toBeLessThanOrEqual(10_000);
  });

  it('that was taken over is lost to its holder, who hears of it with the next sign of life', async () => {
    const first = await take('first', 0);
    const ref = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name: 'streamgate-shop' };
    await lab.cluster.mergePatch(ref, {
      spec: { holderIdentity: 'thief', leaseTransitions: first.token + 1 },
    });
    await lab.clock.sleep(9_000);
    expect(first.lost.aborted).toBe(true);
    expect(first.lost.reason).toMatchObject({ code: 'Superseded' });
    await first.release();
    expect(at(await lease(), 'spec', 'holderIdentity')).toBe('thief');
  });

  it.each(['POST', 'PATCH'] as const)(
    'is known as our own when the answer to its %s was lost',
    async (method) => {
      if (method === 'PATCH') await (await take('before', 0)).release();
      lab.sandbox.faults.add({ method, path: /leases/, nth: 1 }, { kind: 'drop', when: 'after' });
      const lock = await take('us', 0);
      expect(at(await lease(), 'spec')).toMatchObject({ holderIdentity: 'us', leaseTransitions: lock.token });
      await lock.release();
    },
  );

  it('is no longer waited for when the run is cancelled', async () => {
    const first = await take('first', 0);
    const cancel = new AbortController();
    const waiting = take('second', 300_000, { signal: cancel.signal });
    lab.clock.after(2_500, () => cancel.abort(new StreamGateError('Cancelled', 'enough')));
    await expect(waiting).rejects.toMatchObject({ code: 'Cancelled' });
    await first.release();
  });

  it('survives an API that is away for a while', async () => {
    const lock = await take('us', 0);
    lab.sandbox.faults.stopApi('refuse');
    await lab.clock.sleep(20_000);
    lab.sandbox.faults.startApi();
    await lab.clock.sleep(20_000);
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
    expect(at(await lease(), 'spec', 'holderIdentity')).toBeUndefined();
  });

  it('that cannot be given back is no failure of the release', async () => {
    const lock = await take('us', 0);
    const denied = lab.sandbox.faults.deny(({ resource }) => resource === 'leases');
    await expect(lock.release()).resolves.toBeUndefined();
    denied();
  });
});

describe('two releases of one app', () => {
  it('that come at once: one goes on, the other is told', async () => {
    const lab = await openLab();
    const deploy = (version: string) => lab.deploy(manifests({ VERSION: version }), { lockTimeoutMs: 0 });
    const ends = await Promise.allSettled([deploy('v1'), deploy('v2')]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await lab.close();
  });

  it('the one whose lock was taken over writes nothing more, and says who goes on', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const ref = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name: 'streamgate-shop' };
    const thief = { name: 'theft', check: stealLock(lab.cluster, ref) };
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), { gates: [thief] });
    expect(result).toMatchObject({ outcome: 'Superseded', verdict: 'inconclusive' });
    // Its pods are left for the thief to judge: nothing was undone.
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 2 } });
    expect(lab.serving()).toBe('v1');
    await lab.close();

    function stealLock(cluster: Cluster, lease: typeof ref) {
      return async () => {
        const held = Number(at(await cluster.get(lease), 'spec', 'leaseTransitions'));
        await cluster.mergePatch(lease, { spec: { holderIdentity: 'thief', leaseTransitions: held + 1 } });
        await lab.clock.sleep(20_000);
        const result = { gate: 'theft', verdict: 'pass', reason: '', observations: [] } as const;
        return { ...result, startedAt: '', durationMs: 0 };
      };
    }
  });
});

describe('the name of a holder', () => {
  const run = { repository: 'acme/shop', commit: 'c0ffee0123456789', ref: '', runAttempt: '2', runUrl: '' };

  it('tells the run and the commit', () => {
    expect(identityOf({ run: { ...run, runId: '7', actor: 'ci' } })).toBe(
      'acme/shop run 7/2 commit c0ffee012345',
    );
  });

  it('tells the person at a terminal', () => {
    expect(identityOf({ run: { ...run, runId: '', commit: '', actor: 'ada' } })).toBe('ada at a terminal');
    expect(identityOf({ run: { ...run, runId: '', commit: '', actor: '' } })).toBe('somebody at a terminal');
  });
});
