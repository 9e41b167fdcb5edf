import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toInstant } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import type { Gate, Observation } from '../../../src/evidence/index.ts';
import type { Candidate } from '../../../src/release/index.ts';
import { endOf } from '../../../src/release/proof/pod-trouble.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

const readyMs = 1_000;

describe('a candidate whose program ends while it is tested', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
  });
  afterEach(() => lab.close());

  /** Asks half a second after the pods are ready, and is given no good answer. */
  const failing = (seen: Pick<Observation, 'seen' | 'unanswered'>): Gate<Candidate> => ({
    name: 'smoke',
    async check() {
      await lab.clock.sleep(500);
      return {
        gate: 'smoke',
        verdict: 'fail',
        reason: `GET / ${seen.seen}`,
        observations: [{ name: 'GET /', ok: false, wanted: '200', ...seen }],
        startedAt: toInstant(lab.clock.now()),
        durationMs: 500,
      };
    },
  });

  const release = (gate: Gate<Candidate>, lifeMs: number) =>
    lab.deploy(manifests({ VERSION: 'v2', CRASH_AFTER: `${lifeMs}ms` }), { gates: [gate] });

  it('is refused with that end, which the cluster tells a moment after the answer broke off', async () => {
    const broken = failing({ seen: 'gave no whole answer: read ECONNRESET', unanswered: true });
    const { outcome, reason, failure } = await release(broken, readyMs + 2_000);
    expect(outcome).toBe('Aborted');
    expect(reason).toMatch(
      /^GET \/ gave no whole answer: read ECONNRESET\. Container app of pod shop-green-\S+ has ended \(exit code 1\)$/,
    );
    expect(failure?.remedy).toContain('The program ends by itself');
  });

  it('is refused although it passed, when it died in between and was quickly back', async () => {
    const passing: Gate<Candidate> = {
      name: 'smoke',
      async check() {
        await lab.clock.sleep(500);
        const observation = {
          name: 'GET /',
          ok: true,
          seen: '200',
          wanted: '200',
          unanswered: true,
        } as const;
        const startedAt = toInstant(lab.clock.now());
        const result = { gate: 'smoke', verdict: 'pass', reason: 'all passed', durationMs: 500 } as const;
        return { ...result, observations: [observation], startedAt };
      },
    };
    const { outcome, verdict, reason, failure } = await release(passing, readyMs + 2_000);
    expect([outcome, verdict]).toEqual(['Aborted', 'fail']);
    expect(reason).toMatch(
      /^Container app of pod shop-green-\S+ has ended \(exit code 1\), while it was tested$/,
    );
    expect(failure?.remedy).toContain('never received traffic');
    // A server may end a kept connection, and lives on.
    expect(await release(passing, 3_600_000)).toMatchObject({ outcome: 'Promoted' });
  });

  it('is taken back with that end when it had traffic already', async () => {
    const settings = { progressDeadlineMs: 60_000, observeMs: 20_000, rollbackWindowMs: 600_000 };
    const objects = manifests({ VERSION: 'v2', CRASH_AFTER: '8s' });
    const { outcome, reason } = await lab.deploy(objects, { settings });
    expect(outcome).toBe('Aborted');
    expect(reason).toMatch(
      /^Real traffic met a failure: answered 50\d.*\. Container app of pod shop-green-\S+ has ended \(exit code 1\)$/,
    );
    expect(lab.serving()).toBe('v1');
  });

  it('is not waited for where every pod has answered', async () => {
    const began = lab.clock.monotonic();
    const answered = failing({ seen: 'answered 500' });
    const { reason } = await release(answered, readyMs + 2_000);
    expect(reason).toBe('GET / answered 500');
    expect(lab.clock.monotonic() - began).toBeLessThan(readyMs + 2_000);
  });
});

describe('the end of a container', () => {
  const pod = (...containerStatuses: readonly object[]): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop-green-a' },
    status: {
      containerStatuses,
      initContainerStatuses: [{ name: 'init', state: { terminated: { exitCode: 0 } } }],
    },
  });
  const runs = { name: 'app', state: { running: {} } };

  it.each<[string, KubeObject, string | undefined]>([
    ['none that runs, and no init container, has one', pod(runs), undefined],
    [
      'the memory limit is named',
      pod(runs, { name: 'side', ...{ state: { terminated: { reason: 'OOMKilled', exitCode: 137 } } } }),
      'Container side of pod shop-green-a was killed for using more memory than its limit (OOMKilled)',
    ],
    [
      'one that was started again is remembered',
      pod({ ...runs, lastState: { terminated: { reason: 'Error', exitCode: 3 } } }),
      'Container app of pod shop-green-a has ended (exit code 3)',
    ],
  ])('%s', (_what, object, message) => {
    expect(endOf(object)?.message).toBe(message);
  });

  it('says nothing of a pod that is told to go', () => {
    const ended = pod({ ...runs, lastState: { terminated: { exitCode: 3 } } });
    const metadata = { ...ended.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(endOf({ ...ended, metadata })).toBeUndefined();
  });
});
