import { describe, expect, it } from '@jest/globals';
import type { Gate } from '../../../src/evidence/index.ts';
import { type Candidate, readJournal, type Witness } from '../../../src/release/index.ts';
import type { FaultEffect } from '../../../src/sandbox/faults.ts';
import { watchEntry } from '../../support/killed-run.ts';
import {
  fakeWitness,
  fixedGate,
  type Lab,
  manifests,
  namespace,
  openLab,
} from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });

const runOf = (runId: string) => ({
  run: { repository: 'acme/shop', commit: '', ref: '', runId, runAttempt: '1', actor: 'ci', runUrl: '' },
});

/** A cluster that refuses, once asked to, the first journal that says how a run has ended. */
async function openForgetfulLab(phase: 'promoted' | 'rolled-back') {
  let isArmed = false;
  let isRefused = false;
  const lab: Lab = await openLab({
    transport: (direct) => ({
      ...direct,
      async send(request) {
        if (isArmed && request.body?.includes(`\\"phase\\": \\"${phase}\\"`)) {
          isArmed = false;
          isRefused = true;
          const match = { method: 'PATCH', path: /configmaps\/streamgate-shop$/, nth: 1 };
          lab.sandbox.faults.add(match, { kind: 'status', status: 403 });
        }
        return direct.send(request);
      },
    }),
  });
  const refuse = () => {
    isArmed = true;
  };
  return { lab, refuse, isRefused: () => isRefused };
}

/** A watcher whose verdict is bad, and a right that is taken away right before it is given: in the middle of a release. */
function forbidAtVerdict(lab: Lab, isDenied: Parameters<Lab['sandbox']['faults']['deny']>[0]) {
  const stop = new AbortController();
  let allow = () => {};
  const forbidding: Gate<Witness> = {
    name: 'traffic',
    check(witness, deadline) {
      allow = lab.sandbox.faults.deny(isDenied);
      return fixedGate<Witness>('traffic', 'fail').check(witness, deadline);
    },
  };
  return {
    watch: async () => ({
      witness: fakeWitness(lab.sandbox, lab.clock, stop.signal),
      baseline: fixedGate<Witness>('baseline'),
      traffic: forbidding,
    }),
    allow() {
      allow();
      stop.abort();
    },
  };
}

describe('the way back of a release', () => {
  it('given traffic that cannot be taken back, keeps the candidate that answers it, and can be gone on with', async () => {
    const lab = await openLab();
    await lab.deploy(v1);
    const entry = watchEntry(lab);
    // Nobody may steer traffic any more.
    const { watch, allow } = forbidAtVerdict(
      lab,
      ({ verb, resource, name }) => verb === 'patch' && name === 'shop' && resource !== 'configmaps',
    );
    const result = await lab.deploy(v2, { watch });
    await lab.clock.sleep(10_000);
    expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
    expect(result.reason).toContain('the way back is not complete');
    expect(result.failure?.remedy).toContain('streamgate rollback shop');
    expect(lab.serving()).toBe('v2');
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 2 } });

    allow();
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
    entry.end();
    expect(entry.lost).toEqual([]);
    await lab.close();
  });

  it.each<[string, FaultEffect]>([
    ['may not be listed any more', { kind: 'status', status: 403 }],
    ['are not found in time', { kind: 'hang' }],
  ])('given pods and events that %s, takes the candidate away all the same', async (_how, effect) => {
    const lab = await openLab();
    await lab.deploy(v1);
    const refusing: Gate<Candidate> = {
      name: 'smoke',
      check(candidate, deadline) {
        lab.sandbox.faults.add({ method: 'GET', path: /\/(pods|events)$/ }, effect);
        return fixedGate<Candidate>('smoke', 'fail').check(candidate, deadline);
      },
    };
    const began = lab.clock.monotonic();
    expect(await lab.deploy(v2, { gates: [refusing] })).toMatchObject({
      outcome: 'Aborted',
      verdict: 'fail',
    });
    expect(lab.clock.monotonic() - began).toBeLessThan(60_000);
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toBeUndefined();
    await lab.close();
  });

  it('given a promotion that could not be written down, leaves no trace of it', async () => {
    const { lab, refuse, isRefused } = await openForgetfulLab('promoted');
    await lab.deploy(v1, runOf('10'));
    refuse();
    const result = await lab.deploy(v2, runOf('11'));
    await lab.clock.sleep(5_000);
    expect(isRefused()).toBe(true);
    expect(result).toMatchObject({ outcome: 'Aborted', activeSlot: 'blue', previousRevision: 0 });
    expect(await lab.get('apps/v1', 'ControllerRevision', 'streamgate-shop-2')).toBeUndefined();
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
    // Nor is the run of before older than one that released nothing.
    expect(await readJournal(lab.cluster, namespace, 'shop')).toMatchObject({ order: { runId: '10' } });
    expect(await lab.deploy(v2, runOf('10'))).toMatchObject({ outcome: 'Promoted' });
    await lab.close();
  });

  it('given an arrival of a rollback that could not be written down, leaves no trace of that', async () => {
    const { lab, refuse, isRefused } = await openForgetfulLab('rolled-back');
    await lab.deploy(v1, runOf('10'));
    await lab.deploy(v2, runOf('11'));
    refuse();
    const result = await lab.rollback(runOf('12'));
    await lab.clock.sleep(5_000);
    expect(isRefused()).toBe(true);
    expect(result).toMatchObject({ outcome: 'Aborted', activeSlot: 'green', previousRevision: 1 });
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
    expect(await readJournal(lab.cluster, namespace, 'shop')).toMatchObject({ order: { runId: '11' } });
    await lab.close();
  });

  it('given a journal that cannot be written, leaves traffic where it is, and can be gone on with by hand', async () => {
    const lab = await openLab();
    await lab.deploy(v1);
    const { watch, allow } = forbidAtVerdict(
      lab,
      ({ verb, resource }) => verb === 'patch' && resource === 'configmaps',
    );
    const result = await lab.deploy(v2, { watch });
    await lab.clock.sleep(5_000);
    expect(result).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
    expect(lab.serving()).toBe('v2');

    // The first two lines of the runbook without StreamGate.
    const ref = { namespace, name: 'shop' };
    const backends = [{ name: 'shop-blue', port: 80 }];
    await lab.cluster.patch({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', ...ref }, [
      { op: 'replace', path: '/spec/rules/0/backendRefs', value: backends },
    ]);
    await lab.cluster.patch({ apiVersion: 'v1', kind: 'Service', ...ref }, [
      { op: 'replace', path: '/spec/selector/streamgate.io~1slot', value: 'blue' },
    ]);
    await lab.clock.sleep(2_000);
    expect(lab.serving()).toBe('v1');
    const entry = watchEntry(lab);
    allow();
    expect(await lab.rollback()).toMatchObject({
      outcome: 'RolledBack',
      verdict: 'pass',
    });
    await lab.clock.sleep(5_000);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
    entry.end();
    expect(entry.lost).toEqual([]);
    await lab.close();
  });
});
