import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import type { ObjectChange, Plan } from '../../../src/evidence/index.ts';
import type { RunResult } from '../../../src/release/index.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

function planOf(result: RunResult): Plan {
  if (result.plan === undefined) throw new Error('there is no plan');
  return result.plan;
}

function objectOf(result: RunResult, name: string): ObjectChange {
  const found = planOf(result).objects.find(({ object }) => object === name);
  if (found === undefined) throw new Error(`the plan has no ${name}`);
  return found;
}

const config = (data: Readonly<Record<string, string>>, kind = 'ConfigMap'): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'settings' },
  data,
});

describe('the plan of a release', () => {
  it('of a first one creates every object and compares with nothing', async () => {
    const result = await lab.plan(manifests({ VERSION: 'v1' }));
    expect(result).toMatchObject({ outcome: 'Planned', verdict: 'pass' });
    expect(planOf(result).objects.map(({ object, action }) => [object, action])).toEqual([
      ['Deployment default/shop-blue', 'create'],
      ['Service default/shop-blue', 'create'],
      ['Service default/shop', 'create'],
      ['HTTPRoute default/shop', 'create'],
    ]);
    expect(planOf(result).capacity).toMatchObject([{ role: 'candidate', slot: 'blue', replicas: 2 }]);
  });

  it('of a later one shows the fields in which the candidate differs from the live slot', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.plan(manifests({ VERSION: 'v1' }, { image: 'streamgate/demo-app:next' }));
    expect(objectOf(result, 'Deployment default/shop-green')).toEqual({
      object: 'Deployment default/shop-green',
      action: 'create',
      against: 'Deployment default/shop-blue, which is live',
      fields: [
        {
          path: 'spec.template.spec.containers[app].image',
          before: 'streamgate/demo-app:any',
          after: 'streamgate/demo-app:next',
        },
      ],
    });
    expect(objectOf(result, 'Service default/shop').fields).toEqual([
      { path: 'spec.selector["streamgate.io/slot"]', before: 'blue', after: 'green' },
    ]);
    expect(objectOf(result, 'HTTPRoute default/shop')).toMatchObject({ action: 'unchanged', fields: [] });
  });

  it('changes nothing, whatever it is asked for', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const from = lab.sandbox.requests.length;
    await lab.plan([...manifests({ VERSION: 'v2' }), config({ mode: 'fast' })]);
    await lab.planRollback({ to: 1 }).catch(() => undefined);
    const written = lab.sandbox.requests
      .slice(from)
      .filter(({ method, path }) => method !== 'GET' && !path.includes('dryRun=All'))
      .filter(({ path }) => !path.includes('selfsubjectaccessreviews'));
    expect(written).toEqual([]);
  });

  it('tells of literals and Secrets that they differ, and never what they are', async () => {
    const secret = (value: string) => config({ password: Buffer.from(value).toString('base64') }, 'Secret');
    await lab.deploy([...manifests({ VERSION: 'v1', TOKEN: 'hunter-one' }), secret('hunter-two')]);
    const result = await lab.plan([
      ...manifests({ VERSION: 'v1', TOKEN: 'hunter-three' }),
      secret('hunter-four'),
    ]);
    const [literal] = objectOf(result, 'Deployment default/shop-green').fields;
    const [hidden] = objectOf(result, 'Secret default/settings').fields;
    expect(literal?.path).toBe('spec.template.spec.containers[app].env[TOKEN].value');
    expect(hidden?.path).toBe('data.password');
    for (const change of [literal, hidden]) {
      expect(change?.before).toMatch(/^hash [0-9a-f]{8}$/);
      expect(change?.after).toMatch(/^hash [0-9a-f]{8}$/);
      expect(change?.after).not.toBe(change?.before);
    }
    const told = JSON.stringify(result);
    for (const value of ['hunter', Buffer.from('hunter-four').toString('base64')]) {
      expect(told).not.toContain(value);
    }
  });

  it('tells the size of what a ConfigMap holds, and what is new in it', async () => {
    await lab.deploy([...manifests({ VERSION: 'v1' }), config({ mode: 'slow', same: 'x' })]);
    const result = await lab.plan([
      ...manifests({ VERSION: 'v2' }),
      config({ mode: 'fast', same: 'x', more: 'yes' }),
    ]);
    expect(objectOf(result, 'ConfigMap default/settings').fields).toEqual([
      {
        path: 'data.mode',
        before: expect.stringMatching(/^4 bytes, hash /),
        after: expect.stringMatching(/^4 bytes, hash /),
      },
      { path: 'data.more', before: null, after: expect.stringMatching(/^3 bytes, hash /) },
    ]);
  });

  it('adds up what the pods of both slots ask for', async () => {
    const sized = (version: string, cpu: string): KubeObject[] => {
      const [deployment, ...rest] = manifests({ VERSION: version });
      const text = JSON.stringify(deployment).replace(
        '"name":"app",',
        `"name":"app","resources":{"requests":{"cpu":"${cpu}"},"limits":{"memory":"64Mi"}},`,
      );
      return [JSON.parse(text), ...rest];
    };
    await lab.deploy(sized('v1', '250m'));
    const { capacity } = planOf(await lab.plan(sized('v2', '1')));
    expect(capacity).toEqual([
      { role: 'stable', slot: 'blue', replicas: 2, cpuMillis: 500, memoryBytes: 2 * 64 * 2 ** 20 },
      { role: 'candidate', slot: 'green', replicas: 2, cpuMillis: 2_000, memoryBytes: 2 * 64 * 2 ** 20 },
    ]);
  });

  it('says of each step how long it is expected to take', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const result = await lab.plan(manifests({ VERSION: 'v2' }));
    const of = (id: string) => result.steps.find((step) => step.id === id)?.durationMs;
    expect(of('observe')).toBe(2_000);
    // Three seconds to start, and one period of its readiness probe.
    expect(of('candidate-ready')).toBe(4_000);
    expect(planOf(result)).toMatchObject({
      basis: 'estimate',
      durationMs: result.steps.reduce((sum, { durationMs }) => sum + durationMs, 0),
    });
  });

  it('finds whose selectors match the pods, or would stop to', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.cluster.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'admin', namespace },
      spec: { selector: { app: 'shop' }, ports: [{ port: 81 }] },
    });
    await lab.cluster.create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'only-blue', namespace },
      spec: { minAvailable: 1, selector: { matchLabels: { 'streamgate.io/slot': 'blue' } } },
    });
    const { selectors } = planOf(await lab.plan(manifests({ VERSION: 'v2' })));
    expect(selectors).toEqual([
      { object: 'Service default/admin', effect: 'sends traffic', stable: true, candidate: true },
      {
        object: 'PodDisruptionBudget default/only-blue',
        effect: 'limits evictions',
        stable: true,
        candidate: false,
      },
    ]);
  });

  it('warns of what names the app and is not moved', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.cluster.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop', namespace },
      spec: { defaultBackend: { service: { name: 'shop', port: { number: 80 } } } },
    });
    const { warnings } = await lab.plan(manifests({ VERSION: 'v2' }));
    expect(warnings).toContain(
      'Ingress default/shop names Service shop at spec.defaultBackend.service.name: ' +
        'it is not moved, and follows only when the Service does, after the weights.',
    );
  });

  it('given that something may not be listed, says so and goes on', async () => {
    lab.sandbox.faults.deny(({ resource }) => resource === 'networkpolicies');
    const result = await lab.plan(manifests({ VERSION: 'v1' }));
    expect(result.outcome).toBe('Planned');
    expect(planOf(result).notes).toEqual(['networkpolicies.networking.k8s.io may not be listed.']);
  });

  it('holds the Role that it takes, with what it only looks at set apart', async () => {
    const { role } = planOf(await lab.plan(manifests({ VERSION: 'v1' })));
    const [needed = '', looked = ''] = role.split('# Only `mode: plan`');
    expect(needed).toContain('resources: [deployments]');
    expect(looked).toContain(
      '{ apiGroups: ["networking.k8s.io"], resources: [networkpolicies], verbs: [list] }',
    );
  });
});

describe('the plan of a later release', () => {
  it('counts a slot Service that stays as it is among what is unchanged', async () => {
    for (const version of ['v1', 'v2']) await lab.deploy(manifests({ VERSION: version }));
    const result = await lab.plan(manifests({ VERSION: 'v3' }));
    expect(result.reason).toMatch(/^Would release revision 3 of shop: slot blue, after revision 2, in /);
    expect(objectOf(result, 'Service default/shop-blue')).toMatchObject({ action: 'unchanged', fields: [] });
    expect(objectOf(result, 'Deployment default/shop-blue')).toMatchObject({ action: 'change' });
  });
});

describe('the plan of a way back', () => {
  it('shows which way the Service of the app goes', async () => {
    for (const version of ['v1', 'v2']) await lab.deploy(manifests({ VERSION: version }));
    const result = await lab.planRollback();
    expect(result.reason).toMatch(/^Would take shop back from revision 2 to 1: its pods are warm/);
    expect(objectOf(result, 'Service default/shop')).toEqual({
      object: 'Service default/shop',
      action: 'change',
      against: null,
      fields: [{ path: 'spec.selector["streamgate.io/slot"]', before: 'green', after: 'blue' }],
    });
  });

  it('shows in which fields the older version differs', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }, { image: 'streamgate/demo-app:one' }));
    await lab.deploy(manifests({ VERSION: 'v2' }, { image: 'streamgate/demo-app:two' }));
    const result = await lab.planRollback();
    expect(objectOf(result, 'Deployment default/shop-blue')).toMatchObject({
      // It runs already: only the traffic moves.
      action: 'unchanged',
      against: 'Deployment default/shop-green, which is live',
      fields: [
        {
          path: 'spec.template.spec.containers[app].image',
          before: 'streamgate/demo-app:two',
          after: 'streamgate/demo-app:one',
        },
        { path: 'spec.template.spec.containers[app].env[VERSION].value' },
      ],
    });
  });
});

describe('what the server would not take', () => {
  it('is refused before anything is touched, every object at once', async () => {
    const bad = (name: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { ports: [{ port: 70_000 }] },
    });
    const from = lab.sandbox.requests.length;
    const given = [...manifests({ VERSION: 'v1' }), bad('one'), bad('two')];
    await expect(lab.deploy(given)).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringMatching(/Service default\/one[\s\S]*Service default\/two/),
    });
    const written = lab.sandbox.requests
      .slice(from)
      .filter(({ method, path }) => method !== 'GET' && !/dryRun=All|selfsubjectaccessreviews/.test(path));
    expect(written).toEqual([]);
  });
});
