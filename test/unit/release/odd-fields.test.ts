import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubeObject, Transport } from '../../../src/cluster/index.ts';
import { knownFields } from '../../../src/release/desired/known-fields.ts';
import { fieldTypes } from '../../../src/sandbox/api/field-types.ts';
import { changeContainer } from '../../support/config.ts';
import { type Lab, manifests, openLab } from '../../support/release-lab.ts';

const v1 = manifests({ VERSION: 'v1' });
const change = (kind: string, how: (object: KubeObject) => object): KubeObject[] =>
  v1.map((object) => (object.kind === kind ? { ...object, ...how(object) } : object));
const withRestartPolicy = (object: KubeObject, restartPolicy: string): KubeObject => {
  const changed = JSON.parse(JSON.stringify(object));
  changed.spec.template.spec.restartPolicy = restartPolicy;
  return changed;
};
const budget: KubeObject = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'shop' },
  spec: { minAvailabel: 1, selector: { matchLabels: { app: 'shop' } } },
};
const autoscaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop', anotations: {} } as KubeObject['metadata'],
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    minReplicas: 2,
    maxReplica: 4,
    maxReplicas: 4,
  },
};

describe('fields that a kind does not have', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  /** The refusal, of a release that has written nothing. */
  async function refusalOf(objects: readonly KubeObject[]): Promise<string> {
    const before = lab.sandbox.requests.length;
    const refused = await lab.deploy(objects).then(
      ({ outcome }) => `no refusal: ${outcome}`,
      (thrown: Error & { remedy?: string }) => `${thrown.message}. ${thrown.remedy}`,
    );
    const writes = lab.sandbox.requests
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && !/dryRun=All|accessreviews/.test(path));
    expect(writes).toEqual([]);
    return refused;
  }

  it('are named whole, whatever stands in their names', async () => {
    const name = 'we"ird", unknown field "x';
    const refused = await refusalOf(
      change('Deployment', ({ spec }) => ({ spec: { ...(spec as object), [name]: 1 } })),
    );
    expect(refused).toContain(
      'has a field that its kind does not have: spec.we\\"ird\\", unknown field \\"x. ',
    );
  });

  it('are refused, all of an object in one sentence, with what was meant', async () => {
    const objects = changeContainer(
      change('Deployment', ({ metadata, spec }) => ({
        metadata: { ...metadata, anotations: {} },
        spec: { ...(spec as object), replica: 2, imagePullSecrets: [] },
      })),
      (container) => ({ ...container, imagePullPolcy: 'Always', frobnicate: 1 }),
    );
    const refused = await refusalOf(objects);
    expect(refused).toContain('Deployment default/shop has 5 fields that its kind does not have: metadata.');
    for (const told of [
      'metadata.anotations (did you mean annotations?)',
      'spec.replica (did you mean replicas?)',
      'spec.imagePullSecrets (known elsewhere: look at its indentation)',
      'spec.template.spec.containers[app].imagePullPolcy (did you mean imagePullPolicy?)',
      'spec.template.spec.containers[app].frobnicate, ',
    ]) {
      expect(refused).toContain(told);
    }
    expect(refused).toContain('it has never had an effect');
  });

  it('are refused of every object, however it is written, beside what else the server would not take', async () => {
    const objects = [
      ...changeContainer(
        change('Service', ({ spec }) => ({ spec: { ...(spec as object), selektor: {} } })).map((object) =>
          object.kind === 'Deployment' ? withRestartPolicy(object, 'Sometimes') : object,
        ),
        (container) => ({ ...container, ttty: true }),
      ),
      budget,
      autoscaler,
    ];
    const refused = await refusalOf(objects);
    for (const told of [
      'Deployment default/shop has a field that its kind does not have: spec.template.spec.containers[app].ttty (did you mean tty?)',
      'The server would not take Deployment default/shop',
      'Service default/shop has a field that its kind does not have: spec.selektor (did you mean selector?)',
      'PodDisruptionBudget default/shop has a field that its kind does not have: spec.minAvailabel (did you mean minAvailable?)',
      'HorizontalPodAutoscaler default/shop has 2 fields that its kind does not have: metadata.anotations (did you mean annotations?), spec.maxReplica (did you mean maxReplicas?)',
    ]) {
      expect(refused).toContain(told);
      expect(refused.split(told)).toHaveLength(2);
    }
  });

  it('that are in the running version, too, are told of in a plan of the next one', async () => {
    const odd = changeContainer(v1, (container) => ({ ...container, ttty: true }));
    await expect(lab.plan(odd)).rejects.toMatchObject({ code: 'Refused', remedy: expect.any(String) });
  });

  it('keep nobody from going back to a version that had them, released before they were asked about', async () => {
    lab.close();
    lab = await openLab({ transport: unaskedStrictly });
    const odd = changeContainer(v1, (container) => ({ ...container, ttty: true }));
    expect(await lab.deploy(odd)).toMatchObject({ outcome: 'Promoted' });
    expect(await lab.deploy(manifests({ VERSION: 'v2' }))).toMatchObject({ outcome: 'Promoted' });
    expect(await lab.rollback()).toMatchObject({ verdict: 'pass' });
  });

  it('are named as far as an apply says, where nobody may create the object', async () => {
    lab.close();
    lab = await openLab({ transport: mayNotCreateBudgets });
    expect(await refusalOf([...v1, budget])).toContain(
      'PodDisruptionBudget default/shop has a field that its kind does not have: spec.minAvailabel (did you mean minAvailable?)',
    );
  });
});

describe('the names that a misspelt field may have been meant to be', () => {
  it('are fields of Kubernetes or of a route', () => {
    const route =
      'parentRefs sectionName headers method matches queryParams filters backendRefs timeouts backendRequest hostnames';
    const known = new Set([
      ...Object.values(fieldTypes)
        .join(' ')
        .split(' ')
        .map((pair) => pair.split(':')[0]),
      ...route.split(' '),
    ]);
    expect(knownFields.filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(knownFields).size).toBe(knownFields.length);
  });
});

/** Before StreamGate asked: as an API server of that time, that knows no such question. */
function unaskedStrictly(direct: Transport): Transport {
  return {
    ...direct,
    send: (request) => direct.send({ ...request, path: request.path.replace('&fieldValidation=Strict', '') }),
  };
}

function mayNotCreateBudgets(direct: Transport): Transport {
  return {
    ...direct,
    async send(request) {
      if (request.method !== 'POST' || !request.path.includes('poddisruptionbudgets'))
        return direct.send(request);
      const body = JSON.stringify({
        kind: 'Status',
        message: 'poddisruptionbudgets is forbidden',
        code: 403,
      });
      const headers = { 'content-type': 'application/json' };
      return {
        status: 403,
        headers,
        body: (async function* () {
          yield body;
        })(),
      };
    },
  };
}
