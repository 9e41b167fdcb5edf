import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { at, listAt, toStreamGateError } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import type { TrafficMode } from '../../../src/release/index.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { reading } from '../../support/config.ts';
import {
  besideServices,
  identitiesOf,
  offeredBy,
  placed,
  runPlainApp,
  wholeOf,
} from '../../support/plain-app.ts';
import { type Lab, manifests, manifestsFor, namespace, openLab } from '../../support/release-lab.ts';

const v = (version: string) => manifests({ VERSION: version });
const podKind = { apiVersion: 'v1', kind: 'Pod' };

describe('handing an app back', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  const podsOf = async (version: string) => {
    const pods = await lab.cluster.list(podKind, { namespace });
    return pods
      .filter((pod) => JSON.stringify(at(pod, 'spec', 'containers', 0, 'env')).includes(version))
      .map(({ metadata }) => metadata.uid)
      .sort();
  };

  /** All of ours that is left, by name. */
  const leftovers = async () => {
    const kinds = [
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
      { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
      { apiVersion: 'v1', kind: 'Service' },
      { apiVersion: 'v1', kind: 'ConfigMap' },
      { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
      podKind,
    ];
    const lists = await Promise.all(kinds.map((kind) => lab.cluster.list(kind, { namespace })));
    return lists.flat().flatMap(({ kind, metadata: { name, labels = {}, annotations = {} } }) => {
      const marks = [
        ...Object.keys(annotations),
        ...(labels['app.kubernetes.io/managed-by'] ? ['ours'] : []),
      ];
      const ours = marks.filter((mark) => mark === 'ours' || mark.startsWith('streamgate.io/'));
      return ours.length > 0 || name.startsWith('streamgate-') || /-(blue|green)$/.test(name)
        ? [`${kind} ${name} ${ours.join(' ')}`]
        : [];
    });
  };

  it('that was released from the start leaves a plain Deployment with the very same pods', async () => {
    await lab.deploy(v('v1'));
    await lab.deploy(v('v2'));
    const pods = await podsOf('v2');
    const seen = new Set<string>();
    const watch = lab.watchServing(seen);
    expect(await lab.eject()).toMatchObject({ outcome: 'Ejected', verdict: 'pass' });
    await lab.clock.sleep(10_000);
    watch.stop();
    expect([...seen]).toEqual(['v2']);
    expect(await podsOf('v2')).toEqual(pods);
    expect(await podsOf('v1')).toEqual([]);
    expect((await identitiesOf(lab)).pods).toEqual(pods);
    const shop = await lab.get('apps/v1', 'Deployment', 'shop');
    expect(at(shop, 'spec')).toMatchObject({ replicas: 2, selector: { matchLabels: { app: 'shop' } } });
    expect(at(shop, 'spec', 'paused')).toBeUndefined();
    expect(at(await lab.get('v1', 'Service', 'shop'), 'spec', 'selector')).toEqual({ app: 'shop' });
    expect(await leftovers()).toEqual([]);
  });

  it('that was taken over leaves it as it was before, when the version that was taken over serves', async () => {
    await runPlainApp(lab, { VERSION: 'v1' });
    const before = await wholeOf(lab);
    await lab.deploy(v('v2'));
    await lab.rollback();
    expect(await lab.eject()).toMatchObject({ outcome: 'Ejected' });
    await lab.clock.sleep(5_000);
    expect(await wholeOf(lab)).toEqual(before);
    expect(await leftovers()).toEqual([]);
  });

  it('that was taken over and released again gives the pods to a Deployment of the old name', async () => {
    await runPlainApp(lab, { VERSION: 'v1' });
    await lab.deploy(v('v2'));
    const pods = await podsOf('v2');
    expect(await lab.eject()).toMatchObject({ outcome: 'Ejected' });
    await lab.clock.sleep(10_000);
    expect((await identitiesOf(lab)).pods).toEqual(pods);
    for (const name of ['shop', ...besideServices]) {
      expect([name, await offeredBy(lab, name)]).toEqual([name, ['v2']]);
      expect(at(await lab.get('v1', 'Service', name), 'spec', 'selector')).toEqual({ app: 'shop' });
    }
    expect(await leftovers()).toEqual([]);
  });

  it('lets its owner release by a plain rolling update afterwards, and be taken over again', async () => {
    await lab.deploy(v('v1'));
    await lab.eject();
    await lab.clock.sleep(5_000);
    expect(await lab.deploy(v('v2'))).toMatchObject({ outcome: 'Promoted', previousRevision: 1 });
    expect(lab.serving()).toBe('v2');
    await lab.eject();
    for (const object of v('v3')) await lab.cluster.apply(placed(object), { force: true });
    await lab.clock.sleep(30_000);
    expect(lab.serving()).toBe('v3');
    expect(await podsOf('v2')).toEqual([]);
  });

  it.each([
    ['ConfigMap', { configMapRef: { name: 'settings' } }, {}],
    ['Secret', { secretRef: { name: 'settings' } }, { versionSecrets: ['settings'] }],
  ])(
    'can be taken over again with the copy of a %s that its pods went on reading',
    async (kind, source, change) => {
      const settings = {
        apiVersion: 'v1',
        kind,
        metadata: { name: 'settings' },
        data: { COLOUR: 'dGVhbA==' },
      };
      const release = (version: string) => lab.deploy([...reading(v(version), source), settings], change);
      for (const version of ['v1', 'v2', 'v3']) await release(version);
      expect(await lab.eject()).toMatchObject({ outcome: 'Ejected' });
      expect(await release('v4')).toMatchObject({ outcome: 'Promoted' });
      expect(await lab.rollback()).toMatchObject({ outcome: 'FastRolledBack' });
    },
  );

  it('is refused while a release is unfinished, and for what nobody released', async () => {
    await expect(lab.eject()).rejects.toMatchObject({ code: 'Refused' });
    await lab.deploy(v('v1'));
    await lab.deploy(v('v2'), { until: 'preview' });
    await expect(lab.eject()).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('has not ended'),
    });
  });

  it('is refused while the slot serves that would go, since somebody moved the traffic there by hand', async () => {
    await lab.deploy(v('v1'));
    await lab.deploy(v('v2'));
    const service = { apiVersion: 'v1', kind: 'Service', namespace, name: 'shop' };
    await lab.cluster.mergePatch(service, { spec: { selector: { 'streamgate.io/slot': 'blue' } } });
    await lab.clock.sleep(2_000);
    const pods = await podsOf('v1');
    await expect(lab.eject()).rejects.toMatchObject({
      code: 'Refused',
      remedy: expect.stringContaining('`streamgate rollback shop`'),
    });
    await lab.clock.sleep(5_000);
    expect(await podsOf('v1')).toEqual(pods);
    await lab.rollback();
    expect(await lab.eject()).toMatchObject({ outcome: 'Ejected' });
    expect(await podsOf('v1')).toEqual(pods);
  });

  it('is refused while a Deployment stands beside the slots that its Services would reach', async () => {
    await lab.deploy(v('v1'));
    const [deployment] = v('v0');
    if (deployment !== undefined) await lab.cluster.create(placed(deployment));
    await expect(lab.eject()).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('was created beside the slots'),
    });
  });

  it('leaves the disruption budget of another app in the namespace as it is', async () => {
    const selector = { matchLabels: { app: 'cart', 'streamgate.io/slot': 'blue' } };
    const metadata = { name: 'cart', namespace, annotations: { 'streamgate.io/token': '9' } };
    await lab.cluster.create({ ...budget({ selector, minAvailable: 1 }), metadata });
    await lab.deploy([...v('v1'), budget()]);
    await lab.eject();
    const cart = await lab.get('policy/v1', 'PodDisruptionBudget', 'cart');
    expect(at(cart, 'spec', 'selector')).toEqual(selector);
    expect(cart?.metadata.annotations).toEqual(metadata.annotations);
    const shop = await lab.get('policy/v1', 'PodDisruptionBudget', 'shop');
    expect(at(shop, 'spec', 'selector')).toEqual({ matchLabels: { app: 'shop' } });
  });
});

describe('the Role of handing back', () => {
  /** What is printed for whoever lacks one of its permissions. */
  async function printedFor(lab: Lab): Promise<unknown> {
    const allowAgain = lab.sandbox.faults.deny(
      ({ verb, resource }) => verb === 'delete' && resource === 'leases',
    );
    const refused = await lab.eject().then(() => {
      throw new Error('it was not refused');
    }, toStreamGateError);
    allowAgain();
    expect(refused).toMatchObject({ code: 'Denied', message: expect.stringContaining('delete leases') });
    return parse(refused.evidence.join('\n'));
  }

  it.each<readonly [string, TrafficMode, readonly KubeObject[], readonly string[]]>([
    ['with a route', 'gateway', [], ['httproutes: get, list, patch']],
    ['without a route', 'service', [], []],
    [
      'that is scaled, and has a budget',
      'service',
      [autoscaler(), budget()],
      [
        'horizontalpodautoscalers: create, delete, get, list, patch',
        'poddisruptionbudgets: create, delete, get, list, patch',
      ],
    ],
  ])(
    'of an app %s is enough, and asks for no more than that app needs',
    async (_what, mode, beside, kinds) => {
      const lab = await openLab({ mode });
      const version = (name: string) => [...manifestsFor(mode)({ VERSION: name }), ...beside];
      await lab.deploy(version('v1'));
      await lab.deploy(version('v2'));
      const rules = listAt(await printedFor(lab), 'rules');
      const has = (rule: unknown, field: string, word: string) => listAt(rule, field).includes(word);
      lab.sandbox.faults.deny(({ verb, group, resource, subresource }) => {
        const name = subresource === '' ? resource : `${resource}/${subresource}`;
        return !rules.some(
          (rule) => has(rule, 'apiGroups', group) && has(rule, 'resources', name) && has(rule, 'verbs', verb),
        );
      });
      expect(await lab.eject()).toMatchObject({ outcome: 'Ejected', verdict: 'pass' });
      const words = rules.map(
        (rule) => `${String(at(rule, 'resources', 0))}: ${listAt(rule, 'verbs').join(', ')}`,
      );
      const looks = ['horizontalpodautoscalers: list', 'poddisruptionbudgets: list'];
      const ofSome = words.filter((line) => /^(httproutes|horizontalpod|poddisruption)/.test(line));
      expect(ofSome.filter((line) => !looks.includes(line))).toEqual(kinds);
      await lab.close();
    },
  );
});
