import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { capacityOf } from '../../../src/release/planning/capacity.ts';
import { podDemand, readDefaults } from '../../../src/release/preflight/pod-demand.ts';
import { findShortages } from '../../../src/release/preflight/quota-room.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

type Fields = Readonly<Record<string, unknown>>;
const none = readDefaults([]);
const sized = (requests: Fields, limits: Fields = {}) => ({ resources: { requests, limits } });
/** Runs beside all that comes after it. */
const sidecar = { ...sized({ cpu: 1 }), restartPolicy: 'Always' };
const template = (containers: readonly Fields[], more: Fields = {}) => ({ spec: { containers, ...more } });

describe('what one pod takes', () => {
  it.each([
    ['of containers together', template([sized({ cpu: '250m' }), sized({ cpu: 1 })]), 'requests.cpu', 1.25],
    ['under its short name', template([sized({ memory: '1Gi' })]), 'memory', 2 ** 30],
    ['of limits', template([sized({}, { cpu: 2 })]), 'limits.cpu', 2],
    ['of a limit alone', template([sized({}, { cpu: 2 })]), 'requests.cpu', 2],
    [
      'of the largest init container',
      template([sized({ cpu: 1 })], { initContainers: [sized({ cpu: 3 }), sized({ cpu: 2 })] }),
      'cpu',
      3,
    ],
    ['of sidecars beside either', template([sized({ cpu: 1 })], { initContainers: [sidecar] }), 'cpu', 2],
    [
      'of an init container beside the sidecars that were started before it',
      template([sized({ cpu: 1 })], { initContainers: [sidecar, sized({ cpu: 3 }), sidecar] }),
      'cpu',
      4,
    ],
    ['of its runtime', template([sized({ cpu: 1 })], { overhead: { cpu: '250m' } }), 'cpu', 1.25],
    [
      'of the pod as a whole',
      template([sized({ cpu: 1 })], { resources: { requests: { cpu: 5 } } }),
      'cpu',
      5,
    ],
    ['of what it leaves open', template([sized({ cpu: 1 }), {}]), 'cpu', null],
  ])('%s', (_what, of, name, amount) => {
    expect(podDemand(of, name, none)).toBe(amount);
  });

  it.each([
    ['of an init container', { initContainers: [sidecar, sized({ cpu: 3 }), sidecar] }, 4_000],
    ['of its runtime', { overhead: { cpu: '250m' } }, 1_250],
    ['of the pod as a whole', { resources: { requests: { cpu: 5 } } }, 5_000],
  ])('%s is the same in the plan', (_what, more, cpuMillis) => {
    const side = { role: 'candidate', slot: 'blue', replicas: 2 } as const;
    expect(capacityOf(template([sized({ cpu: 1 })], more), side).cpuMillis).toBe(2 * cpuMillis);
  });

  it('is what a LimitRange gives to containers that say nothing', () => {
    const limits = [{ type: 'Container', default: { cpu: '2' }, defaultRequest: { memory: '64Mi' } }];
    const defaults = readDefaults([
      { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'x' }, spec: { limits } },
    ]);
    expect(podDemand(template([{}]), 'requests.cpu', defaults)).toBe(2);
    expect(podDemand(template([{}]), 'requests.memory', defaults)).toBe(64 * 2 ** 20);
    expect(podDemand(template([{}]), 'limits.memory', defaults)).toBeNull();
  });
});

function quota(hard: Fields, used: Fields, spec: Fields = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'compute' },
    spec: { hard, ...spec },
    status: { hard, used },
  };
}

const pod = template([sized({ cpu: '500m', memory: '1Gi' })]);
const shortages = (
  of: KubeObject,
  count: number,
  freed = 0,
  objects: Readonly<Record<string, number>> = {},
) =>
  findShortages({
    quota: of,
    wanted: { template: pod, count },
    freed: { template: pod, count: freed },
    objects,
    defaults: none,
  });

describe('the room of a quota', () => {
  it('is told with its figures where it is not enough', () => {
    expect(
      shortages(
        quota(
          { 'requests.cpu': '3', memory: '10Gi', pods: '9' },
          { 'requests.cpu': '2', memory: '4Gi', pods: '4' },
        ),
        4,
      ),
    ).toEqual(['requests.cpu: 2 used and 2 more, of 3']);
    expect(shortages(quota({ memory: '7.5Gi' }, { memory: '4Gi' }), 4)).toEqual([
      'memory: 4Gi used and 4Gi more, of 7.5Gi',
    ]);
  });

  it('is enough to the last millicore', () => {
    expect(shortages(quota({ cpu: '4', pods: '8' }, { cpu: '2', pods: '4' }), 4)).toEqual([]);
    expect(shortages(quota({ cpu: '3999m' }, { cpu: '2' }), 4)).toEqual(['cpu: 2 used and 2 more, of 3999m']);
  });

  it('counts what goes first', () => {
    expect(shortages(quota({ pods: '8' }, { pods: '8' }), 4, 4)).toEqual([]);
    expect(shortages(quota({ pods: '8' }, { pods: '8' }), 5, 4)).toEqual(['pods: 4 used and 5 more, of 8']);
  });

  it('is not asked for what a release does not make', () => {
    expect(shortages(quota({ secrets: '1', 'requests.storage': '1Gi' }, { secrets: '9' }), 4)).toEqual([]);
  });

  it('is asked for the objects beside the pods', () => {
    const full = quota({ 'count/services': '3', services: '3' }, { 'count/services': '2', services: '2' });
    expect(shortages(full, 1, 0, { services: 2 })).toEqual([
      'count/services: 2 used and 2 more, of 3',
      'services: 2 used and 2 more, of 3',
    ]);
  });

  it('wants an answer for each container', () => {
    expect(shortages(quota({ 'limits.cpu': '9' }, {}), 1)).toEqual([
      'limits.cpu: a container of the pod says nothing of it, and no LimitRange does',
    ]);
  });

  it.each([
    [{ scopes: ['Terminating'] }, 0],
    [{ scopes: ['NotTerminating'] }, 1],
    [{ scopes: ['BestEffort'] }, 0],
    [{ scopes: ['NotBestEffort'] }, 1],
    [
      {
        scopeSelector: {
          matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }],
        },
      },
      0,
    ],
    [
      {
        scopeSelector: {
          matchExpressions: [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] }],
        },
      },
      1,
    ],
  ])('counts only for pods in its scope: %j', (spec, found) => {
    expect(shortages(quota({ pods: '1' }, { pods: '1' }, spec), 1)).toHaveLength(found);
  });
});

describe('a release into a namespace with a quota', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  async function limit(hard: Fields): Promise<void> {
    await lab.cluster.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'compute', namespace },
      spec: { hard },
    });
    await lab.clock.sleep(1_000);
  }

  it('that has no room for a second version is refused before anything is touched', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }, { replicas: 4 }));
    await limit({ pods: '6' });
    await expect(lab.deploy(manifests({ VERSION: 'v2' }))).rejects.toMatchObject({
      code: 'Refused',
      message:
        'ResourceQuota default/compute has no room for 4 pods of the candidate beside what stands: pods: 4 used and 4 more, of 6',
    });
    expect(lab.serving()).toBe('v1');
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toBeUndefined();
  });

  it('that has room once the warm pods are gone goes on', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy(manifests({ VERSION: 'v2' }));
    await limit({ pods: '4' });
    expect(await lab.deploy(manifests({ VERSION: 'v3' }))).toMatchObject({ outcome: 'Promoted' });
  });

  it('that has room for a small preview alone says so, and makes it', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }, { replicas: 4 }));
    await limit({ pods: '6' });
    const result = await lab.deploy(manifests({ VERSION: 'v2' }), { until: 'preview', previewReplicas: 1 });
    expect(result.outcome).toBe('Parked');
    expect(result.warnings).toEqual([
      expect.stringContaining('has no room for 4 pods, to which the preview grows'),
    ]);
  });

  it('that is full is none of the business of a run with nothing to release', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await limit({ pods: '2' });
    expect(await lab.deploy(manifests({ VERSION: 'v1' }))).toMatchObject({ outcome: 'NothingToRelease' });
  });
});
