import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { askBeyondManifests, findDesired } from '../../../src/release/index.ts';
import { changeContainer } from '../../support/config.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

describe('manifests that cannot be released', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const app = manifests({ VERSION: 'v1' });
  /** A misspelt readinessProbe: there is none then, which the manifests say by themselves. */
  const misspelt = changeContainer(app, ({ readinessProbe, ...container }) => ({
    ...container,
    readinesProbe: readinessProbe,
  }));

  async function ask(objects: readonly KubeObject[], given = 'default') {
    const answer = findDesired({ app: 'shop', namespace: given, objects, images: [] });
    const problems = 'problems' in answer ? answer.problems : [];
    const before = lab.sandbox.requests.length;
    const { cluster, clock } = lab;
    const beyond = await askBeyondManifests({ cluster, clock, namespace: given, objects, problems });
    const writes = lab.sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && !/dryRun=All|accessreviews/.test(path));
    expect(writes).toEqual([]);
    return { problems, beyond };
  }

  it('are told, in the same round, what only the cluster can say of them', async () => {
    const bad: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'other', namespace },
      spec: { ports: [{ port: 70_000 }] },
    };
    lab.sandbox.faults.deny(({ verb, resource }) => verb === 'patch' && resource === 'services');
    const { problems, beyond } = await ask([...misspelt, bad]);
    expect(problems).toEqual([expect.stringContaining('has no readinessProbe')]);
    expect(beyond).toEqual([
      expect.stringMatching(/^The credentials may not: patch services \(in namespace default\)\. /),
      expect.stringContaining('containers[app].readinesProbe (did you mean readinessProbe?)'),
    ]);
  });

  it('hear why the server refuses an object that is not to blame for that, and nothing twice', async () => {
    const bad: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'other' },
      spec: { ports: [{ port: 70_000 }] },
    };
    const number = changeContainer(app, (container) => ({ ...container, image: 1 }));
    const { problems, beyond } = await ask([...number, bad]);
    expect(problems.join()).toContain('image of container app');
    expect(beyond).toEqual([
      expect.stringMatching(/^The server would not take Service default\/other: .*70000/),
    ]);
  });

  it('hear once of a namespace that is not there', async () => {
    const { beyond } = await ask(misspelt, 'nowhere');
    expect(beyond.filter((line) => line.startsWith('Namespace nowhere is not there'))).toHaveLength(1);
  });

  it('hear nothing more where all else is well', async () => {
    const { problems, beyond } = await ask(app.filter(({ kind }) => kind !== 'Service'));
    expect(problems.join()).toContain('should hold one Service');
    expect(beyond).toEqual([]);
  });

  it('hear all else where one question finds no answer', async () => {
    const bad: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'other', namespace },
      spec: { ports: [{ port: 70_000 }] },
    };
    lab.sandbox.faults.add({ path: /services\/other/ }, { kind: 'status', status: 503 });
    expect((await ask([...misspelt, bad])).beyond).toEqual([
      expect.stringContaining('containers[app].readinesProbe (did you mean readinessProbe?)'),
    ]);
  });

  it('are not waited for, when the cluster gives no answer', async () => {
    lab.sandbox.faults.add({ path: /./ }, { kind: 'status', status: 503 });
    expect((await ask(misspelt)).beyond).toEqual([]);
  });
});
