import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { readyEndpoints } from '../../../src/release/proof/endpoints.ts';
import { loseAfter } from '../../support/killed-run.ts';
import { fixedGate, type Knobs, type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';
import { findBrokenLaws } from '../../support/standing.ts';

const followers = ['shop-metrics', 'shop-peers', 'shop-node'];

/** A Service beside the app's own, for the same pods. */
function follower(name: string, spec: Readonly<Record<string, unknown>> = {}): KubeObject {
  const ports = [{ name: 'metrics', port: 9090, targetPort: 'http' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: 'shop' }, ports, ...spec },
  };
}

function manyServices(knobs: Knobs): KubeObject[] {
  return [
    ...manifests(knobs),
    follower('shop-metrics'),
    follower('shop-peers', { clusterIP: 'None' }),
    follower('shop-node', { type: 'NodePort' }),
  ];
}

describe('an app with several Services', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const selected = async (name: string) =>
    at(await lab.get('v1', 'Service', name), 'spec', 'selector', 'streamgate.io/slot');

  /** Which slots the pods are in that a Service offers. */
  async function offered(name: string): Promise<string[]> {
    const labelSelector = `kubernetes.io/service-name=${name}`;
    const kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
    const slices = await lab.cluster.list(kind, { namespace, labelSelector });
    const pods = await Promise.all([...readyEndpoints(slices)].map((pod) => lab.get('v1', 'Pod', pod)));
    return [...new Set(pods.map((pod) => pod?.metadata.labels?.['streamgate.io/slot'] ?? 'none'))];
  }

  it('has all of them select the live slot, after each release and after the way back', async () => {
    await lab.deploy(manyServices({ VERSION: 'v1' }));
    for (const name of followers)
      expect([name, await selected(name), await offered(name)]).toEqual([name, 'blue', ['blue']]);
    await lab.deploy(manyServices({ VERSION: 'v2' }));
    for (const name of followers)
      expect([name, await selected(name), await offered(name)]).toEqual([name, 'green', ['green']]);
    await lab.rollback();
    for (const name of followers)
      expect([name, await selected(name), await offered(name)]).toEqual([name, 'blue', ['blue']]);
  });

  it("offers nothing of the candidate through any of them before the app's own Service moves", async () => {
    await lab.deploy(manyServices({ VERSION: 'v1' }));
    const met = new Set<string>();
    const result = await lab.deploy(manyServices({ VERSION: 'v2' }), {
      listener: {
        plan() {},
        begin() {},
        end(step) {
          if (step.id === 'move-entry') met.add('moved');
        },
      },
      gates: [
        {
          ...fixedGate('smoke'),
          async check(subject, deadline) {
            for (const name of ['shop', ...followers])
              for (const slot of await offered(name)) met.add(`${name} ${slot}`);
            return fixedGate('smoke').check(subject, deadline);
          },
        },
      ],
    });
    expect(result.outcome).toBe('Promoted');
    expect([...met].sort()).toEqual(
      ['moved', ...['shop', ...followers].map((name) => `${name} blue`)].sort(),
    );
  });

  it('has them all back where they were when the release is undone', async () => {
    await lab.deploy(manyServices({ VERSION: 'v1' }));
    const result = await lab.deploy(manyServices({ VERSION: 'v2', ERROR_RATE: '1' }));
    expect(result.outcome).toBe('Aborted');
    for (const name of followers) expect([name, await selected(name)]).toEqual([name, 'blue']);
  });

  it('gets a Service that is new with the live slot in it, and loses it again when the release is undone', async () => {
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.deploy([...manifests({ VERSION: 'v2', ERROR_RATE: '1' }), follower('shop-late')]);
    expect(await lab.get('v1', 'Service', 'shop-late')).toBeUndefined();
    await lab.deploy([...manifests({ VERSION: 'v3' }), follower('shop-late')]);
    expect(await selected('shop-late')).toBe('green');
  });

  it('has a Service repaired that a forced apply of its manifest had widened', async () => {
    await lab.deploy(manyServices({ VERSION: 'v1' }));
    const service = follower('shop-metrics');
    await lab.cluster.apply({ ...service, metadata: { ...service.metadata, namespace } }, { force: true });
    expect(await selected('shop-metrics')).toBeUndefined();
    await lab.deploy(manyServices({ VERSION: 'v2' }), { gates: [fixedGate('smoke', 'fail')] });
    expect(await selected('shop-metrics')).toBe('blue');
  });

  it('keeps moving one that the manifests no longer name, and lets one go that selects other pods now', async () => {
    await lab.deploy([...manyServices({ VERSION: 'v1' })]);
    const elsewhere = follower('shop-metrics', { selector: { app: 'cart' } });
    await lab.deploy([...manifests({ VERSION: 'v2' }), elsewhere]);
    expect(await selected('shop-peers')).toBe('green');
    expect(await selected('shop-metrics')).toBeUndefined();
  });

  describe('given a run that is lost, and manifests that give one of them other pods since,', () => {
    const elsewhere = follower('shop-metrics', { selector: { app: 'cart' } });
    const lose = async (after: string) => {
      await lab.deploy(manyServices({ VERSION: 'v1' }));
      await loseAfter(lab, after, (change) => lab.deploy(manyServices({ VERSION: 'v2' }), change));
    };
    const selections = async () => Promise.all(['shop', ...followers].map(selected));
    /** Ends a run as soon as it comes to this step. */
    const cancelledAt = (step: string) => {
      const cancel = new AbortController();
      const begin = ({ id }: { readonly id: string }) => void (id === step && cancel.abort());
      return { signal: cancel.signal, listener: { plan() {}, begin, end() {} } };
    };

    it('another version has all of them put back first, and lets that one go', async () => {
      await lose('move-entry');
      const result = await lab.deploy([...manifests({ VERSION: 'v3' }), elsewhere]);
      expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
      expect(await selections()).toEqual(['green', undefined, 'green', 'green']);
      expect(at(await lab.get('v1', 'Service', 'shop-metrics'), 'spec', 'selector')).toEqual({ app: 'cart' });
      expect(await findBrokenLaws(lab)).toEqual([]);
    });

    it('the same version goes on with all of them', async () => {
      await lose('shift-weights');
      const result = await lab.deploy([...manifests({ VERSION: 'v2' }), elsewhere]);
      expect(result).toMatchObject({ outcome: 'Promoted', activeSlot: 'green' });
      expect(await selections()).toEqual(['green', 'green', 'green', 'green']);
    });

    it.each([
      ['move-entry', 'observe'],
      ['open-followers', 'start-candidate'],
    ])(
      'the same version, lost after %s and cancelled at %s, has all of them put back',
      async (after, step) => {
        await lose(after);
        const result = await lab.deploy([...manifests({ VERSION: 'v2' }), elsewhere], cancelledAt(step));
        expect(result).toMatchObject({ outcome: 'Aborted', activeSlot: 'blue' });
        expect(await selections()).toEqual(['blue', 'blue', 'blue', 'blue']);
        await lab.clock.sleep(5_000);
        expect(await findBrokenLaws(lab)).toEqual([]);
      },
    );
  });
});

describe('other workloads in the manifests', () => {
  it('are applied before the candidate starts, or after it was promoted, as they ask', async () => {
    const lab = await openLab();
    const worker = (name: string, annotations: Readonly<Record<string, string>>): KubeObject => {
      const [shop] = manifests({ VERSION: 'v1' }) as [KubeObject];
      const spec = shop.spec as { readonly template: object };
      const template = { ...spec.template, metadata: { labels: { app: name } } };
      return {
        ...shop,
        metadata: { name, annotations },
        spec: { ...spec, selector: { matchLabels: { app: name } }, template },
      };
    };
    const seen: string[] = [];
    const result = await lab.deploy(
      [
        ...manifests({ VERSION: 'v1' }),
        worker('worker', {}),
        worker('cleaner', { 'streamgate.io/apply': 'after' }),
      ],
      {
        gates: [
          {
            ...fixedGate('smoke'),
            async check(subject, deadline) {
              for (const name of ['worker', 'cleaner'])
                if ((await lab.get('apps/v1', 'Deployment', name)) !== undefined) seen.push(name);
              return fixedGate('smoke').check(subject, deadline);
            },
          },
        ],
      },
    );
    expect(result.outcome).toBe('Promoted');
    expect(seen).toEqual(['worker']);
    expect(await lab.get('apps/v1', 'Deployment', 'cleaner')).toBeDefined();
    await lab.close();
  });
});
