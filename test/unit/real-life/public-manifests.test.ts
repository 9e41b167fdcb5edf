import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StreamGateError } from '../../../src/base/index.ts';
import { type KubeObject, parseManifests, type Transport } from '../../../src/cluster/index.ts';
import { type Desired, findDesired } from '../../../src/release/index.ts';
import { listSets, objectsOf, readSet } from '../../support/manifest-sets.ts';
import { type Lab, openLab } from '../../support/release-lab.ts';
import { standInReleases } from '../../support/stand-in-release.ts';
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
    const { app, namespace, answer } = expected;
    await furnish(lab, expected);
    if (answer.kind !== 'planned') throw new Error('it is none of these');
    const given = { app, namespace, service: answer.service, hasRoutes: answer.routes.length > 0 };
    const { release, rollback, serving } = standInReleases(
      lab,
      { ...given, objects: objectsOf(set) },
      asking.signal,
    );
    for (const version of ['v1', 'v2']) {
      const result = await release(version);
      expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', failure: null });
      expect(serving()).toBe(version);
    }
    expect(await rollback()).toMatchObject({ outcome: 'FastRolledBack', failure: null });
    expect(serving()).toBe('v1');
  });
});

async function furnish({ cluster }: Lab, { namespace, place }: Expected): Promise<void> {
  for (const object of place)
    await cluster.create({ ...object, metadata: { ...object.metadata, namespace } });
}
