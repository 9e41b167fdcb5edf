import { describe, expect, it } from '@jest/globals';
import { at, silentLog } from '../../../src/base/index.ts';
import { createCluster, type Transport } from '../../../src/cluster/index.ts';
import type { Candidate, RunRequest } from '../../../src/release/index.ts';
import { isWrite } from '../../support/killed-run.ts';
import { fixedGate, type Lab, manifests, openLab } from '../../support/release-lab.ts';
import { standingAfter, standingOf } from './kill-sweep.ts';

const v1 = manifests({ VERSION: 'v1' });
const v2 = manifests({ VERSION: 'v2' });
const kinds = {
  route: '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/shop',
  deployment: '/apis/apps/v1/namespaces/default/deployments/shop-green',
} as const;

/** Tries of deletions that meet a write. */
const busyDeletions = 5;

type Ask = (method: string, path: string, type: string, body?: unknown) => Promise<unknown>;

/** Writes the metadata of an object, as a controller that leaves a note there. */
async function writeNote(ask: Ask, path: string, nth: number): Promise<unknown> {
  return ask('PATCH', path, 'application/merge-patch+json', {
    metadata: { annotations: { seen: `${nth} times` } },
  });
}

/** Writes the status of an object by its subresource, as its own controller does: nothing in it but the words changes. */
async function writeStatus(ask: Ask, path: string, nth: number): Promise<unknown> {
  const object = await ask('GET', path, 'application/json');
  const reword = (key: string, value: unknown) => (key === 'message' ? `seen ${nth} times` : value);
  const reworded = JSON.parse(JSON.stringify(at(object, 'status') ?? {}), reword);
  return ask('PUT', `${path}/status`, 'application/json', { ...Object(object), status: reworded });
}

/** A way to the API on which somebody else writes to an object in front of each of our writes. */
function amongWrites(lab: Lab, path: string, write: typeof writeStatus) {
  let moved = 0;
  let generations = 0;
  let busy = 0;
  const ask: Ask = async (method, to, type, body) => {
    const headers = { 'content-type': type, 'user-agent': 'gateway' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await lab.sandbox.handle({ method, path: to, headers, ...sent });
    if (answer.status !== 200) return undefined;
    let text = '';
    for await (const chunk of answer.body) text += chunk;
    return JSON.parse(text);
  };
  const metadataOf = async (field: string) =>
    at(await ask('GET', path, 'application/json'), 'metadata', field);
  const transport: Transport = {
    name: 'busy',
    async send(request) {
      // A deletion can test nothing but the resourceVersion, so it comes through once nobody writes for a moment.
      const deletions = request.method === 'DELETE' ? ++busy : 0;
      if (isWrite(request) && deletions <= busyDeletions) {
        const [version, generation] = [await metadataOf('resourceVersion'), await metadataOf('generation')];
        await write(ask, path, moved + 1);
        if ((await metadataOf('resourceVersion')) !== version) moved += 1;
        if ((await metadataOf('generation')) !== generation) generations += 1;
      }
      return lab.sandbox.handle(request);
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const signal = new AbortController().signal;
  const cluster = createCluster({ transport, clock: lab.clock, log: silentLog, signal });
  return { cluster, moved: () => moved, generations: () => generations };
}

const asNew = async (lab: Lab, change: Partial<RunRequest>) => lab.deploy(v2, change);
const asBad = async (lab: Lab, change: Partial<RunRequest>) =>
  lab.deploy(v2, { ...change, gates: [fixedGate<Candidate>('smoke', 'fail')] });
const withoutTraces = ({ objects }: { readonly objects: readonly string[] }) =>
  objects.map((line) => line.replace(/"seen":"\d+ times"/, ''));

describe('a release, given a controller that writes to an object of it in front of each write', () => {
  it.each([
    ['the status of the route', kinds.route, writeStatus, asNew, 'Promoted', 30],
    ['the status of the new Deployment', kinds.deployment, writeStatus, asNew, 'Promoted', 15],
    ['a note on the route', kinds.route, writeNote, asNew, 'Promoted', 30],
    ['a note on the new Deployment', kinds.deployment, writeNote, asNew, 'Promoted', 15],
    ['the status of the route', kinds.route, writeStatus, asBad, 'Aborted', 15],
    ['the status of the new Deployment', kinds.deployment, writeStatus, asBad, 'Aborted', 5],
  ])(
    '(%s), ends as it deserves, since no write of it depends on the resourceVersion alone',
    async (_what, path, write, release, outcome, atLeast) => {
      const wanted = await standingAfter(
        (lab) => lab.deploy(v1),
        (lab) => release(lab, {}),
      );
      const lab = await openLab();
      await lab.deploy(v1);
      const { cluster, moved, generations } = amongWrites(lab, path, write);
      expect(await release(lab, { cluster })).toMatchObject({ outcome });
      expect(moved()).toBeGreaterThanOrEqual(atLeast);
      if (write === writeStatus) expect(generations()).toBe(0);
      await lab.clock.sleep(5_000);
      expect(withoutTraces(await standingOf(lab))).toEqual(withoutTraces(wanted));
      await lab.close();
    },
  );
});

describe('a release, given a server that answers 409 once for reasons of its own', () => {
  it.each([
    ['to the journal', /\/configmaps\/streamgate-shop$/, 5],
    ['to a sign of life', /\/leases\/streamgate-shop$/, 2],
  ])('%s, is promoted: only what stands there tells whether it was overtaken', async (_what, path, nth) => {
    const lab = await openLab();
    await lab.deploy(v1);
    const before = lab.sandbox.requests.length;
    lab.sandbox.faults.add({ method: 'PATCH', path, nth }, { kind: 'status', status: 409 });
    expect(await lab.deploy(v2, { leaseMs: 5_000 })).toMatchObject({ outcome: 'Promoted', verdict: 'pass' });
    expect(lab.sandbox.requests.slice(before).filter(({ status }) => status === 409)).toHaveLength(1);
    await lab.close();
  });
});
