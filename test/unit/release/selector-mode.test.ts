import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, StreamGateError } from '../../../src/base/index.ts';
import type { KubeObject, Transport } from '../../../src/cluster/index.ts';
import { readJournal, readStatus } from '../../../src/release/index.ts';
import { watchEntry } from '../../support/killed-run.ts';
import { listObjects } from '../../support/object-list.ts';
import { type Lab, manifests, namespace, openLab, plainManifests } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const v1 = plainManifests({ VERSION: 'v1' });
const v2 = plainManifests({ VERSION: 'v2' });
const idsOf = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);

describe('an app that no route leads to', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ mode: 'service' });
  });
  afterEach(() => lab.close());

  const service = () => lab.get('v1', 'Service', 'shop');

  it('is released for the first time, and answers before its traffic counts', async () => {
    const result = await lab.deploy(v1);
    expect(result).toMatchObject({
      outcome: 'Promoted',
      verdict: 'pass',
      activeSlot: 'blue',
      release: { mode: 'service' },
    });
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('is released again by the selector of its Service alone, and nobody on a new connection is lost', async () => {
    await lab.deploy(v1);
    const entry = watchEntry(lab);
    const result = await lab.deploy(v2);
    entry.end();
    expect(result).toMatchObject({ outcome: 'Promoted', verdict: 'pass', activeSlot: 'green' });
    const ids = idsOf(result.steps);
    expect(ids.slice(ids.indexOf('smoke') + 1, ids.indexOf('promote'))).toEqual([
      'learn-versions',
      'baseline',
      'match-size',
      'switch-entry',
      'observe',
      'apply-entry-changes',
      'judge-traffic',
      'record-revision',
    ]);
    expect(entry.asked()).toBeGreaterThan(100);
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v2');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('is proven by new connections, and says how many kept ones stayed with the old version', async () => {
    await lab.deploy(v1);
    const result = await lab.deploy(v2);
    const proof = result.steps.find(({ id }) => id === 'switch-entry')?.detail;
    expect(proof).toMatch(
      /^shop selects green; 2 endpoints; \d+ answers on connections of their own in a row/,
    );
    expect(result.reason).toContain('4 of 4 kept connections still talk to the old version');
  });

  it('is taken back at the first failed answers of a bad version, before anybody waits for its proof', async () => {
    await lab.deploy(v1);
    const result = await lab.deploy(plainManifests({ VERSION: 'v2', ERROR_RATE: '1' }));
    expect(result).toMatchObject({ outcome: 'Aborted', verdict: 'fail', activeSlot: 'blue' });
    expect(result.reason).toContain('Real traffic met a failure');
    expect(result.steps.find(({ id }) => id === 'switch-entry')?.detail).toContain('put back');
    expect(idsOf(result.steps)).not.toContain('observe');
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('goes back by one patch while the old pods are warm, and the abandoned ones go at once', async () => {
    await lab.deploy(v1);
    await lab.deploy(v2);
    const entry = watchEntry(lab);
    const result = await lab.rollback();
    entry.end();
    expect(result).toMatchObject({ outcome: 'FastRolledBack', verdict: 'pass', activeSlot: 'blue' });
    expect(result.reason).toContain('0 requests on kept connections ended without an answer');
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
    expect(await lab.get('apps/v1', 'Deployment', 'shop-green')).toMatchObject({ spec: { replicas: 0 } });
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('goes back to pods that have to be started first', async () => {
    await lab.deploy(v1);
    await lab.deploy(v2, { until: 'retired' });
    const entry = watchEntry(lab);
    expect(await lab.rollback()).toMatchObject({
      outcome: 'RolledBack',
      verdict: 'pass',
      activeSlot: 'blue',
    });
    entry.end();
    expect(entry.lost).toEqual([]);
    expect(lab.serving()).toBe('v1');
    expect(await findBrokenLaws(lab)).toEqual([]);
  });

  it('can have its way back tried out', async () => {
    await lab.deploy(v1);
    await lab.deploy(v2);
    const before = await listObjects(lab.cluster);
    const seen = new Set<string>();
    const watching = lab.watchServing(seen);
    expect(await lab.rollback({ drill: true })).toMatchObject({ outcome: 'Checked', verdict: 'pass' });
    watching.stop();
    expect([...seen].sort()).toEqual(['v1', 'v2']);
    expect(lab.serving()).toBe('v2');
    expect(await listObjects(lab.cluster)).toEqual(before);
  });

  it('lets its old pods go at once when nobody is to stay on them, and says that the way back is slower', async () => {
    await lab.deploy(v1);
    const settings = {
      progressDeadlineMs: 60_000,
      observeMs: 500,
      rollbackWindowMs: 0,
      drainWithinMs: 60_000,
    };
    const result = await lab.deploy(v2, { until: 'retired', settings });
    expect(result).toMatchObject({ outcome: 'Retired', verdict: 'pass' });
    expect(result.reason).toContain('the old version is gone');
    expect(result.reason).toContain('4 of 4 kept connections');
    expect(result.steps.find(({ id }) => id === 'retire')?.detail).toContain('its pods are gone');
    expect((await readJournal(lab.cluster, namespace, 'shop'))?.previous).toMatchObject({ warm: false });
    expect(await lab.rollback()).toMatchObject({ outcome: 'RolledBack' });
  });

  it('moves the ports of its Service together with the selector, forward and back', async () => {
    const listening = (version: string, port: number): KubeObject[] =>
      plainManifests({ VERSION: version }).map((object) =>
        object.kind === 'Service'
          ? {
              ...object,
              spec: { ...Object(object.spec), ports: [{ name: 'http', port: 80, targetPort: port }] },
            }
          : object,
      );
    const target = async () => at(await service(), 'spec', 'ports', 0, 'targetPort');
    await lab.deploy(listening('v1', 8080));
    const patches: number = lab.sandbox.requests.length;
    await lab.deploy(listening('v2', 9090));
    const written = lab.sandbox.requests
      .slice(patches)
      .filter(({ method, path }) => method === 'PATCH' && /\/services\/shop\?/.test(path));
    // One that stamps it, one that moves it: whatever else is applied finds nothing to change.
    expect(written.filter(({ path }) => !path.includes('dryRun')).length).toBe(2);
    expect(await target()).toBe(9090);
    await lab.rollback();
    expect(await target()).toBe(8080);
  });

  it('says in its status, its plan and its notes what moves the traffic', async () => {
    await lab.deploy(v1);
    await lab.deploy(v2);
    expect(await readStatus(lab.cluster, namespace, 'shop')).toMatchObject({
      mode: 'service',
      route: { kind: 'entry' },
      entrySelects: 'green',
    });
    const notes = at(await lab.get('v1', 'ConfigMap', 'streamgate-shop'), 'data', 'howto');
    expect(notes).toContain(
      `patch service shop --type merge --patch '{"spec":{"selector":{"streamgate.io/slot":"blue"}}}'`,
    );
    expect(notes).toContain('scale deployment/shop-green --replicas=0');
    expect(notes).not.toContain('httproute');
  });
});

const ingress = (name = 'shop'): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name },
  spec: {
    rules: [
      {
        host: 'shop.test',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
});

describe('the Ingress of an app', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ mode: 'service' });
  });
  afterEach(() => lab.close());

  const standing = () => lab.get('networking.k8s.io/v1', 'Ingress', 'shop');

  it('is opened by the first release only when the Service behind it answers', async () => {
    const begun: string[] = [];
    const listener = {
      plan() {},
      begin: ({ id }: { id: string }) => void begun.push(`${id}: ${made ? 'there' : 'not there'}`),
      end: async () => {},
    };
    let made = false;
    const parts = [...v1, ingress()];
    const stop = new AbortController();
    const look = async () => {
      while (!stop.signal.aborted) {
        made = (await standing()) !== undefined;
        await lab.clock.sleep(5, stop.signal).catch(() => undefined);
      }
    };
    void look();
    await lab.deploy(parts, { listener });
    stop.abort();
    expect(begun).toContain('open-ingresses: not there');
    expect(begun).toContain('observe: there');
  });

  it('goes with a first release that fails, and stays when it was there before', async () => {
    const bad = [...plainManifests({ VERSION: 'v1' }), ingress(), ingress('other')];
    await lab.cluster.create({ ...ingress('other'), metadata: { name: 'other', namespace } });
    const result = await lab
      .deploy(bad, {
        watch: async () => {
          throw new StreamGateError('Failed', 'no watch');
        },
      })
      .catch((thrown: unknown) => thrown);
    expect(result).toMatchObject({ message: 'no watch' });
    expect(await standing()).toBeUndefined();
    const failing = await lab.deploy(bad, {
      gates: [],
      budgetMs: 6_000,
      settings: { progressDeadlineMs: 5_000, observeMs: 30_000, rollbackWindowMs: 0 },
    });
    expect(failing).toMatchObject({ outcome: 'Aborted' });
    expect(await standing()).toBeUndefined();
    expect(await lab.get('networking.k8s.io/v1', 'Ingress', 'other')).toBeDefined();
  });

  it('is never written by a later release that does not change it', async () => {
    await lab.deploy([...v1, ingress()]);
    const before = await standing();
    await lab.deploy([...v2, ingress()]);
    await lab.rollback();
    expect(at(await standing(), 'spec')).toEqual(at(before, 'spec'));
    expect((await standing())?.metadata.generation).toEqual(before?.metadata.generation);
  });
});

/** A cluster on which nobody has installed the Gateway API. */
const withoutGatewayApi = (direct: Transport): Transport => ({
  ...direct,
  async send(request) {
    const isGateway = request.path.startsWith('/apis/gateway.networking.k8s.io/');
    return direct.send(isGateway ? { ...request, path: '/apis/nowhere.example/v1' } : request);
  },
});

describe('what moves the traffic', () => {
  it('is the Service where the cluster does not know the Gateway API', async () => {
    const lab = await openLab({ mode: 'service', transport: withoutGatewayApi });
    expect(await lab.deploy(v1)).toMatchObject({ outcome: 'Promoted', release: { mode: 'service' } });
    expect(await lab.deploy(v2)).toMatchObject({ outcome: 'Promoted', release: { mode: 'service' } });
    await lab.close();
  });

  it('has to be a route when a person says so', async () => {
    const lab = await openLab({ mode: 'service' });
    await expect(lab.deploy(v1, { traffic: 'gateway' })).rejects.toMatchObject({
      code: 'Refused',
      message: 'No HTTPRoute sends to Service shop',
    });
    await lab.close();
  });

  it('is not the Service while the manifests bring a route along', async () => {
    const lab = await openLab();
    await expect(lab.deploy(manifests({ VERSION: 'v1' }), { traffic: 'service' })).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('there is HTTPRoute shop'),
    });
    await lab.close();
  });

  it('is the Service behind a route of somebody else when a person says so', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const route = await lab.route();
    const result = await lab.deploy(v2, { traffic: 'service' });
    expect(result).toMatchObject({ outcome: 'Promoted', release: { mode: 'service' } });
    expect(at(await lab.route(), 'spec')).toEqual(at(route, 'spec'));
    expect((await lab.route())?.metadata.annotations).toEqual(route?.metadata.annotations);
    await lab.clock.sleep(1_000);
    expect(lab.serving()).toBe('v2');
    await lab.close();
  });
});

describe('an app that gains or loses its routes', () => {
  const removeRoute = (lab: Lab) =>
    lab.cluster.delete({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      namespace,
      name: 'shop',
    });
  const routesOf = async (lab: Lab) => (await readJournal(lab.cluster, namespace, 'shop'))?.names.routes;

  it('is moved in the new way from its next release on, and back in the same way', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await removeRoute(lab);
    const byService = await lab.deploy(v2);
    expect(byService).toMatchObject({ outcome: 'Promoted', release: { mode: 'service' } });
    expect(await routesOf(lab)).toEqual([]);
    expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack', activeSlot: 'blue' });
    await lab.close();
  });

  it('given a route in the manifests of a later release, is moved by it from then on', async () => {
    const lab = await openLab();
    await lab.deploy(v1);
    const route = manifests({ VERSION: 'v2' }).filter(({ kind }) => kind === 'HTTPRoute');
    for (const object of route)
      await lab.cluster.create({ ...object, metadata: { ...object.metadata, namespace } });
    await lab.clock.sleep(1_000);
    expect(lab.serving()).toBe('v1');
    const result = await lab.deploy(manifests({ VERSION: 'v2' }));
    expect(result).toMatchObject({ outcome: 'Promoted', release: { mode: 'gateway' } });
    expect(await routesOf(lab)).toEqual(['shop']);
    expect(lab.serving()).toBe('v2');
    await lab.close();
  });

  it.each([
    ['loses them', manifests({ VERSION: 'v2' }), v2, 'by its HTTPRoutes'],
    ['gains them', v2, manifests({ VERSION: 'v2' }), 'by the selector of its Service'],
  ])('in the middle of a release (it %s) is refused, with the way out', async (_what, before, after, how) => {
    const lab = await openLab();
    await lab.deploy(
      before.filter(({ kind }) => kind !== 'Deployment').concat(manifests({ VERSION: 'v1' })[0] ?? []),
    );
    await lab.deploy(before, { until: 'preview' });
    if (after === v2) await removeRoute(lab);
    const attempt = lab.deploy(after);
    await expect(attempt).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(how),
      remedy: expect.stringContaining('streamgate rollback shop'),
    });
    await lab.close();
  });
});
