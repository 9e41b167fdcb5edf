import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { endpointsProgress, readyEndpoints } from '../../../src/release/proof/endpoints.ts';
import { troubleOf } from '../../../src/release/proof/pod-trouble.ts';
import { isReady, rolloutProgress } from '../../../src/release/proof/rollout-status.ts';

type Fields = Readonly<Record<string, unknown>>;

function pod(name: string, status: Fields = ready, metadata: Fields = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, status };
}
const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
const unready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
const leaving = { deletionTimestamp: '2026-01-01T00:00:00Z' };
const container = (state: Fields) => ({ ...unready, containerStatuses: [{ name: 'app', ...state }] });

function slice(...endpoints: readonly (readonly [string, boolean | undefined])[]): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'shop-abc' },
    endpoints: endpoints.map(([name, isReadyNow]) => ({
      conditions: isReadyNow === undefined ? {} : { ready: isReadyNow },
      targetRef: { kind: 'Pod', name },
    })),
  };
}

describe('the endpoints of a Service', () => {
  it('are those that are ready, or do not say', () => {
    expect([...readyEndpoints([slice(['a', true], ['b', false], ['c', undefined])])]).toEqual(['a', 'c']);
  });

  it('are as wanted when they are exactly the ready pods, over all slices', () => {
    const pods = [pod('a'), pod('b'), pod('c', unready), pod('d', ready, leaving)];
    expect(endpointsProgress([slice(['a', true]), slice(['b', true])], pods)).toMatchObject({
      state: 'done',
      detail: '2 endpoints',
    });
  });

  it.each<readonly [string, readonly KubeObject[], readonly KubeObject[], string]>([
    ['no pod is ready', [slice(['a', true])], [pod('a', unready)], 'no pod is ready'],
    ['there is no slice', [], [pod('a')], 'no EndpointSlice yet'],
    ['the slice is empty still', [{ ...slice(), endpoints: null }], [pod('a')], 'no EndpointSlice yet'],
    ['one is missing', [slice(['a', true])], [pod('a'), pod('b')], 'not offered yet: b'],
    ['one is offered that should not be', [slice(['a', true], ['x', true])], [pod('a')], 'still offered: x'],
    [
      'a leaving pod is offered',
      [slice(['a', true], ['b', true])],
      [pod('a'), pod('b', ready, leaving)],
      'still offered: b',
    ],
  ])('are waited for while %s', (_what, slices, pods, seen) => {
    expect(endpointsProgress(slices, pods)).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining(seen),
    });
  });
});

describe('a rollout', () => {
  const deployment = (status: Fields, metadata: Fields = {}): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop-green', generation: 2, ...metadata },
    spec: { replicas: 2 },
    status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2, ...status },
  });
  const both = [pod('a'), pod('b')];

  it('is done with exactly the wanted pods, all new, all available', () => {
    expect(rolloutProgress(deployment({}), both)).toMatchObject({
      state: 'done',
      detail: '2 of 2 pods available',
    });
  });

  it('does not count pods that were evicted or have ended', () => {
    const pods = [
      ...both,
      pod('old', { phase: 'Failed', reason: 'Evicted' }),
      pod('job', { phase: 'Succeeded' }),
    ];
    expect(rolloutProgress(deployment({}), pods)).toMatchObject({ state: 'done' });
  });

  it.each<readonly [string, KubeObject | undefined, readonly KubeObject[], string]>([
    ['the Deployment is not there', undefined, [], 'not there'],
    ['the controller is behind', deployment({ observedGeneration: 1 }), both, 'has not seen the change'],
    ['pods are unavailable', deployment({ availableReplicas: 1 }), both, '1 of 2 pods available'],
    ['old ones are left', deployment({ updatedReplicas: 1 }), both, '1 updated'],
    ['too many are left', deployment({ replicas: 3 }), both, '2 of 2 pods available'],
    ['one still leaves', deployment({}), [...both, pod('c', ready, leaving)], '3 there'],
    ['one is not ready by its own word', deployment({}), [pod('a'), pod('b', unready)], '2 of 2'],
    ['there is no status', { ...deployment({}), status: undefined }, both, 'has not seen the change'],
  ])('is waited for while %s', (_what, given, pods, seen) => {
    expect(rolloutProgress(given, pods)).toMatchObject({
      state: 'pending',
      seen: expect.stringContaining(seen),
    });
  });

  it('has failed when a pod is in trouble that waiting will not mend', () => {
    const broken = pod(
      'a',
      container({ state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } } }),
    );
    expect(rolloutProgress(deployment({ availableReplicas: 0 }), [broken])).toMatchObject({
      state: 'failed',
      error: {
        code: 'Failed',
        message: expect.stringContaining('ErrImagePull'),
        remedy: expect.stringContaining('image'),
      },
    });
  });

  it('has failed when the Deployment gave up', () => {
    const conditions = [
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'late' },
    ];
    expect(rolloutProgress(deployment({ availableReplicas: 0, conditions }), both)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('made no progress: late') },
    });
  });
});

describe('a pod', () => {
  it.each([
    [ready, {}, true],
    [unready, {}, false],
    [{}, {}, false],
    [ready, leaving, false],
  ])('with %j and %j is ready: %p', (status, metadata, expected) => {
    expect(isReady(pod('a', status, metadata))).toBe(expected);
  });

  it.each([
    'ErrImagePull',
    'ImagePullBackOff',
    'InvalidImageName',
    'ErrImageNeverPull',
    'CreateContainerConfigError',
    'CreateContainerError',
    'RunContainerError',
    'CrashLoopBackOff',
  ])('that waits for %s is in trouble, with a remedy', (reason) => {
    const trouble = troubleOf(pod('a', container({ state: { waiting: { reason, message: 'why' } } })));
    expect(trouble?.message).toBe(`Container app of pod a cannot run (${reason}): why`);
    expect(trouble?.remedy).not.toBe('');
  });

  it.each<readonly [string, Fields]>([
    ['is being created', { state: { waiting: { reason: 'ContainerCreating' } } }],
    ['was started again twice', { restartCount: 2, state: { running: {} } }],
    ['runs', { state: { running: {} } }],
  ])('that %s is in no trouble', (_what, state) => {
    expect(troubleOf(pod('a', container(state)))).toBeUndefined();
  });

  it('that ended three times is in trouble, with its exit code', () => {
    const state = { restartCount: 3, lastState: { terminated: { exitCode: 137, reason: 'Error' } } };
    expect(troubleOf(pod('a', container(state)))?.message).toBe(
      'Container app of pod a ended 3 times (exit code 137)',
    );
  });

  it('that used too much memory is told so at the first time', () => {
    const state = { restartCount: 1, lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } };
    expect(troubleOf(pod('a', container(state)))?.remedy).toBe('Raise its memory limit.');
  });

  it('whose init container cannot run is in trouble', () => {
    const status = {
      initContainerStatuses: [{ name: 'init', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    };
    expect(troubleOf(pod('a', status))?.message).toContain('Container init of pod a');
  });

  it('that leaves is nobody’s trouble any more', () => {
    const state = container({ state: { waiting: { reason: 'CrashLoopBackOff' } } });
    expect(troubleOf(pod('a', state, leaving))).toBeUndefined();
  });
});
