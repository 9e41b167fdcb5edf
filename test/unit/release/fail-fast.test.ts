import { describe, expect, it } from '@jest/globals';
import { createVirtualClock, type Log, silentLog } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { ailmentsOf, createPatience } from '../../../src/release/proof/ailments.ts';
import { troubleOf } from '../../../src/release/proof/pod-trouble.ts';
import { manifests, namespace, openLab } from '../../support/release-lab.ts';

type Fields = Readonly<Record<string, unknown>>;

const pod = (status: Fields): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop-green-a' },
  status,
});
const waiting = (reason: string) =>
  pod({ containerStatuses: [{ name: 'app', state: { waiting: { reason } } }] });
const unscheduled = pod({
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient cpu.',
    },
  ],
});
const refused = (message: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop-green' },
  status: { conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }] },
});

describe('what no waiting mends ends a release at once', () => {
  it.each<[string, KubeObject, RegExp, RegExp]>([
    ['an image that cannot be pulled', waiting('ImagePullBackOff'), /ImagePullBackOff/, /imagePullSecrets/],
    ['a program that ends by itself', waiting('CrashLoopBackOff'), /CrashLoopBackOff/, /log lines/],
    ['a ConfigMap that is not there', waiting('CreateContainerConfigError'), /ConfigError/, /is missing/],
    [
      'more memory than its limit',
      pod({ containerStatuses: [{ name: 'app', lastState: { terminated: { reason: 'OOMKilled' } } }] }),
      /more memory than its limit/,
      /Raise its memory limit/,
    ],
    [
      'a liveness probe that kills it again and again',
      pod({
        containerStatuses: [{ name: 'app', restartCount: 3, lastState: { terminated: { exitCode: 137 } } }],
      }),
      /ended 3 times \(exit code 137\)/,
      /last log lines/,
    ],
  ])('%s', (_what, troubled, message, remedy) => {
    expect(troubleOf(troubled)).toMatchObject({
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
  });
});

describe('what may pass by itself ends a release after a while', () => {
  it.each<[string, KubeObject | undefined, readonly KubeObject[], number, RegExp, RegExp]>([
    [
      'no node has room',
      undefined,
      [unscheduled],
      30_000,
      /no node for 30 s.*Insufficient cpu/,
      /scheduling-timeout/,
    ],
    ['a quota', refused('pods "x" is forbidden: exceeded quota: q'), [], 5_000, /exceeded quota: q/, /twice/],
    [
      'a webhook',
      refused('admission webhook "v.example" denied the request: no'),
      [],
      5_000,
      /denied the request: no/,
      /webhook/,
    ],
    [
      'a policy',
      refused('violates PodSecurity "restricted:latest"'),
      [],
      5_000,
      /PodSecurity/,
      /securityContext/,
    ],
  ])('%s', async (_what, deployment, pods, graceMs, message, remedy) => {
    const clock = createVirtualClock();
    const patience = createPatience(clock);
    const look = () => patience.outlasted(ailmentsOf(deployment, pods, 30_000));
    expect(look()).toBeUndefined();
    await clock.sleep(graceMs - 1);
    expect(look()).toBeUndefined();
    await clock.sleep(1);
    expect(look()).toMatchObject({
      code: 'Failed',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
    clock.stop();
  });

  it('and is forgotten once it has passed', async () => {
    const clock = createVirtualClock();
    const patience = createPatience(clock);
    patience.outlasted(ailmentsOf(undefined, [unscheduled], 30_000));
    await clock.sleep(20_000);
    expect(patience.outlasted([])).toBeUndefined();
    expect(patience.outlasted(ailmentsOf(undefined, [unscheduled], 30_000))).toBeUndefined();
    await clock.sleep(20_000);
    expect(patience.outlasted(ailmentsOf(undefined, [unscheduled], 30_000))).toBeUndefined();
    clock.stop();
  });
});

describe('a release', () => {
  it('waits for no events that the API server does not find in time', async () => {
    const lab = await openLab();
    lab.sandbox.faults.add({ method: 'GET', path: /\/events$/ }, { kind: 'hang' });
    const { outcome, steps } = await lab.deploy(manifests({ VERSION: 'v1', START_DELAY: '5s' }));
    expect(outcome).toBe('Promoted');
    expect(steps.find(({ id }) => id === 'candidate-ready')?.durationMs).toBeLessThan(10_000);
    await lab.close();
  });

  it('whose Deployment somebody deletes while its pods are waited for ends at once, and says so', async () => {
    const lab = await openLab();
    const never = manifests({ VERSION: 'v1', START_DELAY: '10m' });
    const began = lab.clock.monotonic();
    const ended = lab.deploy(never);
    await lab.clock.sleep(5_000);
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'shop-blue' };
    expect(await lab.cluster.get(ref)).toBeDefined();
    await lab.cluster.delete(ref);
    expect(await ended).toMatchObject({
      verdict: 'fail',
      failure: { message: expect.stringContaining('Deployment shop-blue is gone: somebody deleted it') },
    });
    expect(lab.clock.monotonic() - began).toBeLessThan(20_000);
    await lab.close();
  });

  it('whose pods a quota refuses ends within seconds, and says so', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.cluster.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'tight', namespace },
      spec: { hard: { pods: '3' } },
    });
    const began = lab.clock.monotonic();
    const result = await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
    expect(result.reason).toMatch(/Pods of shop-green are refused \(FailedCreate\).*exceeded quota: tight/);
    expect(lab.clock.monotonic() - began).toBeLessThan(60_000);
    expect(lab.serving()).toBe('v1');
    await lab.close();
  });

  it('whose readiness probe fails says so while it waits, and at the deadline', async () => {
    const lab = await openLab();
    const told: string[] = [];
    const log: Log = { ...silentLog, warn: (message) => void told.push(message) };
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const [deployment, ...rest] = manifests({ VERSION: 'v2', START_DELAY: '10m' });
    if (deployment === undefined) throw new Error('there is no Deployment');
    const settings = { progressDeadlineMs: 40_000, observeMs: 0, rollbackWindowMs: 0 };
    const running = lab.deploy([deployment, ...rest], { log, settings });
    const unhealthy = async () => {
      const pods = await lab.cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace });
      return pods.find(({ metadata }) => metadata.name.startsWith('shop-green'));
    };
    let found = await unhealthy();
    for (let n = 0; n < 100 && found === undefined; n++) {
      await lab.clock.sleep(100);
      found = await unhealthy();
    }
    // Fake pods have no probes that fail: this is the event that a kubelet writes.
    await lab.cluster.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'unhealthy.1', namespace },
      involvedObject: { kind: 'Pod', namespace, name: found?.metadata.name ?? '' },
      reason: 'Unhealthy',
      message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
      type: 'Warning',
    });
    const result = await running;
    expect(result.outcome).toBe('Aborted');
    expect(result.reason).toContain('shop-green took longer than 40 s');
    expect(result.failure?.remedy).toContain('raise `progress-deadline`');
    expect(result.reason).toMatch(/last seen: .*Unhealthy: Readiness probe failed: .* 503/);
    expect(told.filter((line) => line.includes('Readiness probe failed'))).toHaveLength(1);
    await lab.close();
  });
});
