import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject, Transport } from '../../../src/cluster/index.ts';
import { findApps } from '../../../src/release/index.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const v1 = manifests({ VERSION: 'v1' });

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.example.test' },
  spec: {
    group: 'example.test',
    names: { plural: 'gadgets', kind: 'Gadget' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true }],
  },
};
const gadget: KubeObject = { apiVersion: 'example.test/v1', kind: 'Gadget', metadata: { name: 'one' } };
const settings: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data: {},
};

/** An API that names a new kind in its discovery only some looks after its definition came. */
function slowToServe(looks: number) {
  let asked = 0;
  let applied = false;
  const watch = (direct: Transport): Transport => ({
    ...direct,
    send(request) {
      if (request.method === 'PATCH' && /customresourcedefinitions\/.*(?<!dryRun=All.*)$/.test(request.path))
        applied ||= !request.path.includes('dryRun=All');
      const hides = request.path === '/apis/example.test/v1' && applied && asked++ < looks;
      return direct.send(hides ? { ...request, path: '/apis/nothing.test/v1' } : request);
    },
  });
  return { watch, asked: () => asked };
}

describe('the other objects of the manifests', () => {
  let lab: Lab;
  afterEach(() => lab.close());

  it('are applied with definitions first, and theirs only once the cluster serves the kind', async () => {
    const slow = slowToServe(5);
    lab = await openLab({ transport: slow.watch });
    expect(await lab.deploy([gadget, definition, ...v1])).toMatchObject({ outcome: 'Promoted' });
    expect(await lab.get('example.test/v1', 'Gadget', 'one')).toBeDefined();
    expect(slow.asked()).toBeGreaterThan(5);
  });

  it('of a definition that never comes into force end the release with what is missing', async () => {
    lab = await openLab({ transport: slowToServe(Number.POSITIVE_INFINITY).watch });
    expect(await lab.deploy([gadget, definition, ...v1])).toMatchObject({
      verdict: 'fail',
      failure: { message: expect.stringContaining('still does not serve Gadget in example.test/v1') },
    });
  });

  it('that wait for the promotion are not waited for without an end', async () => {
    lab = await openLab({ transport: slowToServe(Number.POSITIVE_INFINITY).watch });
    const annotations = { 'streamgate.io/apply': 'after' };
    const later = { ...definition, metadata: { ...definition.metadata, annotations } };
    expect(await lab.deploy([later, ...v1])).toMatchObject({
      outcome: 'Promoted',
      verdict: 'pass',
      failure: { message: expect.stringContaining('still does not serve Gadget in example.test/v1') },
    });
  });

  it('of the whole cluster have no namespace, in whatever is told of them', async () => {
    lab = await openLab();
    const urgent = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'urgent' },
    };
    const place = { ...definition, spec: { ...Object(definition.spec), scope: 'Cluster' } };
    const { outcome, steps } = await lab.deploy([...v1, urgent, place, gadget]);
    expect(outcome).toBe('Promoted');
    expect(steps.find(({ id }) => id === 'apply-others')?.detail).toBe(
      'CustomResourceDefinition gadgets.example.test, PriorityClass urgent, Gadget one',
    );
    const wrong = { ...urgent, metadata: { name: 'NOT-LOWER' } };
    await expect(lab.plan([...v1, wrong])).rejects.toMatchObject({
      message: expect.stringContaining('would not take PriorityClass NOT-LOWER:'),
    });
  });

  it('are said to be left alone when there is nothing to release', async () => {
    lab = await openLab();
    await lab.deploy([...v1, settings]);
    const { outcome, reason } = await lab.deploy([...v1, settings]);
    expect(outcome).toBe('NothingToRelease');
    expect(reason).toContain('the other object of the manifests was not applied');
    expect((await lab.deploy(v1)).reason).not.toContain('not applied');
  });
});

describe('a namespace that is not there', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  it('is told once, however many objects stand in it', async () => {
    const refused = await lab
      .plan([...v1, settings], { namespace: 'nowhere' })
      .catch((error: Error) => error);
    expect(refused).toMatchObject({
      code: 'Refused',
      message: 'Namespace nowhere is not there, and a release keeps its lock and its journal in it',
      remedy: expect.stringContaining('kubectl create namespace nowhere'),
    });
  });

  it('of another object is told as that', async () => {
    const beside = { ...settings, metadata: { name: 'settings', namespace: 'elsewhere' } };
    await expect(lab.plan([...v1, beside])).rejects.toMatchObject({
      message: 'Namespace elsewhere is not there, and objects of the manifests name it',
    });
  });

  it('has no apps that nothing is due of: it is a mistake', async () => {
    await expect(findApps(lab.cluster, 'nowhere')).rejects.toMatchObject({
      code: 'NotFound',
      message: expect.stringContaining('Namespace nowhere is not there'),
    });
    expect(await findApps(lab.cluster, namespace)).toEqual([]);
  });
});
