import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import { type KubeObject, parseManifests, type Transport } from '../../../src/cluster/index.ts';
import { type Desired, findDesired } from '../../../src/release/index.ts';
import { hostOf, listSets, objectsOf, portOf, readSet, withStandIns } from '../../support/manifest-sets.ts';
import { askFor, fakeWitness, fixedGate, type Lab, openLab } from '../../support/release-lab.ts';
import { type Expected, expectedAnswers } from './expected-answers.ts';
import { countWrites } from './writes.ts';

const entries = Object.entries(expectedAnswers);
const plannable = entries.filter(([, { answer }]) => answer.kind === 'planned');
const namespaces = [...new Set(entries.map(([, { namespace }]) => namespace))].filter(
  (name) => name !== 'default' && name !== 'kube-system',
);

async function openLabWithNamespaces(transport?: (transport: Transport) => Transport): Promise<Lab> {
  const lab = await openLab(transport === undefined ? {} : { transport });
  for (const name of namespaces)
    await lab.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return lab;
}

/** The parts of a set, or all that is said against it. */
function partsOf(objects: readonly KubeObject[], { app, namespace }: Expected): Desired | string {
  const found = findDesired({ app, namespace, objects, images: [] });
  return 'desired' in found ? found.desired : found.problems.join('\n');
}

/** What a person is told about a set: that it would be released, with which parts, or why not. */
async function answerOf(lab: Lab, set: string, expected: Expected): Promise<Expected['answer']> {
  const { objects, problems } = parseManifests(readSet(set));
  if (problems.length > 0) return { kind: 'refused', because: problems.join('\n') };
  const parts = partsOf(objects, expected);
  if (typeof parts === 'string') return { kind: 'refused', because: parts };
  const { app, namespace } = expected;
  const refusal = await lab.plan(objects, { app, namespace }).then(() => undefined, refusalOf);
  if (refusal !== undefined) return { kind: 'refused', because: refusal };
  return {
    kind: 'planned',
    workload: parts.workload.metadata.name,
    service: parts.service.metadata.name,
    followers: parts.followers.map(({ metadata }) => metadata.name),
    routes: parts.routes.map(({ metadata }) => metadata.name).sort(),
    others: parts.others.length,
  };
}

function refusalOf(thrown: unknown): string {
  if (!(thrown instanceof StreamGateError)) throw thrown;
  expect(thrown.code).toBe('Refused');
  expect(thrown.remedy).toBeDefined();
  return thrown.message;
}

describe('manifests shaped like those of public projects', () => {
  const writes = countWrites();
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLabWithNamespaces(writes.watch);
    writes.reset();
  });
  afterAll(() => lab.close());

  it('have an answer each that is written down', () => {
    expect(entries.length).toBeGreaterThanOrEqual(35);
    expect(Object.keys(expectedAnswers).sort()).toEqual(listSets());
  });

  it.each(entries)('%s get a true answer, and nothing is written', async (set, expected) => {
    const answer = await answerOf(lab, set, expected);
    if (expected.answer.kind === 'planned') expect(answer).toEqual(expected.answer);
    else
      expect(answer).toEqual({
        kind: 'refused',
        because: expect.stringContaining(expected.answer.because),
      });
    expect(writes.count()).toBe(0);
  });

  it.each(plannable)('%s fall into parts of which none is lost and none is twice', (set, expected) => {
    const objects = objectsOf(set);
    const parts = partsOf(objects, expected);
    if (typeof parts === 'string') throw new Error(parts);
    const names = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.name}`;
    const { workload, service, followers, routes, autoscalers, budgets, others, later } = parts;
    const all = [workload, service, ...followers, ...routes, ...autoscalers, ...budgets, ...others, ...later];
    expect(all.map(names).sort()).toEqual(objects.map(names).sort());
  });
});

describe('manifests that can be planned', () => {
  let lab: Lab;
  let asking: AbortController;
  beforeEach(async () => {
    lab = await openLabWithNamespaces();
    asking = new AbortController();
  });
  afterEach(async () => {
    asking.abort();
    await lab.close();
  });

  it.each(plannable)('%s are released, promoted, and rolled back', async (set, expected) => {
    const { app, namespace } = expected;
    await furnish(lab, expected);
    const objects = objectsOf(set);
    const { answer } = expected;
    if (answer.kind !== 'planned') throw new Error('it is none of these');
    const mode = answer.routes.length === 0 ? 'service' : 'gateway';
    const entrance = {
      host: hostOf(objects),
      namespace,
      service: answer.service,
      port: portOf(objects, answer.service),
    };
    const change = {
      app,
      namespace,
      identify: async ({ name }: { readonly name: string }) => [await versionOf(lab, namespace, name)],
      watch: async () => ({
        witness: fakeWitness(lab.sandbox, lab.clock, asking.signal, mode, entrance),
        baseline: fixedGate<never>('baseline'),
        traffic: fixedGate<never>('traffic'),
      }),
    };
    const serving = () => askFor(lab.sandbox, mode, entrance).env.VERSION;
    for (const version of ['v1', 'v2']) {
      const result = await lab.deploy(withStandIns(objects, version), change);
      expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', failure: null });
      expect(serving()).toBe(version);
    }
    expect(await lab.rollback(change)).toMatchObject({ outcome: 'FastRolledBack', failure: null });
    expect(serving()).toBe('v1');
  });
});

async function furnish({ cluster }: Lab, { namespace, place }: Expected): Promise<void> {
  for (const object of place)
    await cluster.create({ ...object, metadata: { ...object.metadata, namespace } });
}

/** The version of a pod's image: the tag by which the sandbox tells the stand-ins apart. */
async function versionOf(lab: Lab, namespace: string, name: string): Promise<string> {
  const pod = await lab.cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name });
  const spec = pod?.spec as { containers: { image: string }[] } | undefined;
  return spec?.containers[0]?.image.split(':')[1] ?? '';
}
