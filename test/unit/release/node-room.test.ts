import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiRequest, KubeObject, Transport } from '../../../src/cluster/index.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

interface Node {
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly spec?: object;
}

const node = (
  name: string,
  { cpu = '4', memory = '8Gi', pods = '110', spec = {} }: Node = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec,
  status: { allocatable: { cpu, memory, pods } },
});

/** Two pods that ask for a core each. */
function app(version: string): KubeObject[] {
  const objects = structuredClone(manifests({ VERSION: version }, { image: 'streamgate/demo-app:v1' }));
  const workload = objects[0] as KubeObject & {
    spec: { template: { spec: { containers: Record<string, unknown>[] } } };
  };
  for (const container of workload.spec.template.spec.containers)
    container.resources = { requests: { cpu: '1', memory: '1Gi' } };
  return objects;
}

const nodeRef = { apiVersion: 'v1', kind: 'Node', namespace: '' };

/** What fills a node: a pod of somebody else. */
const filler = (nodeName: string, cpu: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `filler-${nodeName}`, namespace: 'kube-system' },
  spec: {
    nodeName,
    containers: [{ name: 'filler', image: 'streamgate/demo-app:v1', resources: { requests: { cpu } } }],
  },
});

describe('the room of the nodes', () => {
  let lab: Lab;
  let lists: ApiRequest[] = [];
  const watch = (direct: Transport): Transport => ({
    ...direct,
    send(request) {
      if (/^\/api\/v1\/(nodes|pods)\b/.test(request.path)) lists.push(request);
      return direct.send(request);
    },
  });
  beforeEach(async () => {
    lists = [];
    lab = await openLab({ transport: watch });
  });
  afterEach(() => lab.close());

  /** The status of a node is its kubelet's to write, apart from the rest. */
  async function stand(object: KubeObject): Promise<void> {
    await lab.cluster.create(object);
    if (object.kind !== 'Node') return;
    const operations = [{ op: 'add', path: '/status', value: object.status }] as const;
    await lab.cluster.patch({ ...nodeRef, name: object.metadata.name }, operations, {
      subresource: 'status',
    });
  }

  const crowded = /The nodes have room for (\d+) of the 2 pods of the candidate/;
  const roomFor = async () => {
    const { warnings, outcome } = await lab.plan(app('v1'));
    expect(outcome).toBe('Planned');
    return crowded.exec(warnings.join('\n'))?.[1];
  };

  it.each<[string, readonly KubeObject[], string | undefined]>([
    ['enough', [node('a')], undefined],
    ['exactly enough', [node('a', { cpu: '2', memory: '2Gi' })], undefined],
    ['one core too few', [node('a', { cpu: '1' })], '1'],
    ['pods that are too large for each node', [node('a', { cpu: '500m' }), node('b', { cpu: '500m' })], '0'],
    ['too little memory', [node('a', { memory: '1536Mi' })], '1'],
    ['too few places for pods', [node('a', { pods: '1' })], '1'],
    ['a node that takes no more', [node('a', { spec: { unschedulable: true } })], '0'],
    ['a node for others', [node('a', { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } })], '0'],
    ['what others have asked for already', [node('a'), filler('a', '3500m')], '0'],
  ])('%s', async (_what, objects, expected) => {
    for (const object of objects) await stand(object);
    expect(await roomFor()).toBe(expected);
  });

  it('is a warning, and never a refusal', async () => {
    await stand(node('a', { cpu: '1' }));
    expect(await lab.deploy(app('v1'))).toMatchObject({ outcome: 'Promoted' });
  });

  it('is not looked at where nobody may, nor where no node is told', async () => {
    expect(await roomFor()).toBeUndefined();
    await stand(node('a', { cpu: '1' }));
    lab.sandbox.faults.deny(({ verb, resource }) => verb === 'list' && resource === 'nodes');
    lists = [];
    expect(await roomFor()).toBeUndefined();
    expect(lists).toEqual([]);
  });

  it.each([
    ['answered with errors', { kind: 'status', status: 503 }],
    ['never answered', { kind: 'hang' }],
  ] as const)('is done without where it is %s', async (_what, effect) => {
    await stand(node('a', { cpu: '1' }));
    lab.sandbox.faults.add({ path: /^\/api\/v1\/nodes\b/ }, effect);
    const { outcome, warnings } = await lab.plan(app('v1'));
    expect(outcome).toBe('Planned');
    expect(warnings.join('\n')).toMatch(
      /Whether the nodes have room for the candidate could not be looked at: ./,
    );
    expect(await lab.deploy(app('v1'))).toMatchObject({ outcome: 'Promoted' });
  });
});
