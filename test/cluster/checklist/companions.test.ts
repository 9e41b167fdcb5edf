import { expect } from '@jest/globals';
import { at, listAt } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import type { App } from './app.ts';
import { inBothModes } from './in-both-modes.ts';
import { type Change, editDeployment } from './knobs.ts';
import { versionOf } from './pod-diary.ts';

const selector = { app: 'shop' };
const followers = ['shop-peers', 'shop-node'];
const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...spec },
});

const affinity = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: { labelSelector: { matchLabels: selector }, topologyKey: 'kubernetes.io/hostname' },
      },
    ],
  },
};

/** An app as teams have it: Services beside its own one, labels for others, pods that keep away from each other. */
const grown: Change = {
  beside: [service('shop-peers', { clusterIP: 'None' }), service('shop-node', { type: 'NodePort' })],
  edit: editDeployment((deployment) => {
    deployment.setIn(['spec', 'template', 'metadata', 'labels'], { ...selector, team: 'web' });
    deployment.setIn(['spec', 'template', 'spec', 'affinity'], affinity);
  }),
};

/** The versions that a Service leads to, by its EndpointSlices. */
async function offeredBy(app: App, name: string): Promise<readonly string[]> {
  const slices = (await app.list('discovery.k8s.io/v1', 'EndpointSlice')).filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name,
  );
  const targets = slices
    .flatMap((slice) => listAt(slice, 'endpoints'))
    .filter((endpoint) => at(endpoint, 'conditions', 'ready') === true)
    .map((endpoint) => String(at(endpoint, 'targetRef', 'name')));
  const pods = await Promise.all(targets.map((pod) => app.get('v1', 'Pod', pod)));
  return [...new Set(pods.map((pod) => (pod === undefined ? 'gone' : versionOf(pod))))].sort();
}

async function offered(app: App): Promise<Readonly<Record<string, readonly string[]>>> {
  const names = ['shop', ...followers];
  const versions = await Promise.all(names.map((name) => offeredBy(app, name)));
  return Object.fromEntries(names.map((name, index) => [name, versions[index] ?? []]));
}

const alike = (version: string) =>
  Object.fromEntries(['shop', ...followers].map((name) => [name, [version]]));

/** What users wrote about a pod, without what was added to it. */
const written = ({ metadata: { labels = {} }, spec }: KubeObject) => ({
  labels: { app: labels.app, team: labels.team },
  affinity: at(spec, 'affinity'),
});

inBothModes(
  'an app with Services beside its own one, labels and affinities',
  async (app) => {
    await app.release('v1', grown);
    const first = await offered(app);
    await app.release('v2', { ...grown, inputs: { until: 'preview' } });
    const parked = await offered(app);
    const pods = (await app.list('v1', 'Pod')).filter(
      ({ metadata }) => metadata.deletionTimestamp === undefined,
    );
    const release = await app.release('v2', grown);
    const second = await offered(app);
    const rollback = await app.run('rollback');
    const back = await offered(app);
    return { first, parked, pods, release, second, rollback, back };
  },
  ({ item, told }) => {
    item('L13 leaves labels and anti-affinity as written, for the pods of both slots', () => {
      const { seen } = told();
      expect(seen.pods).toHaveLength(4);
      expect(new Set(seen.pods.map(versionOf))).toEqual(new Set(['v1', 'v2']));
      for (const pod of seen.pods)
        expect(written(pod)).toEqual({ labels: { app: 'shop', team: 'web' }, affinity });
    });

    item('T12 moves headless Services and node ports with the app', () => {
      const { app, seen } = told();
      expect([seen.first, seen.parked]).toEqual([alike('v1'), alike('v1')]);
      expect(seen.release.outputs.outcome).toBe('Promoted');
      expect(seen.second).toEqual(alike('v2'));
      expect(seen.rollback.outputs.outcome).toBe('FastRolledBack');
      expect(seen.back).toEqual(alike('v1'));
      expect([...app.lostIn(seen.release), ...app.lostIn(seen.rollback)]).toEqual([]);
    });
  },
);

/** A service of somebody else that names no version, and has a quarter of the app's callers. */
const legacy = (app: App) => {
  const labels = { app: 'legacy' };
  const program = "require('node:http').createServer((_, answer) => answer.end('legacy')).listen(8080)";
  const container = {
    name: 'app',
    image: app.stage.image({ name: 'legacy', knobs: {}, story: '' }),
    command: ['node', '-e', program],
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
  };
  const metadata = { name: 'legacy', namespace: app.stage.namespace };
  const template = {
    metadata: { labels },
    spec: { containers: [container], terminationGracePeriodSeconds: 1 },
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { selector: { matchLabels: labels }, template },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
  ];
};

const shared: Change = {
  edit: (document) => {
    if (document.get('kind') !== 'HTTPRoute') return;
    const backends = [
      { name: 'shop', port: 80, weight: 3 },
      { name: 'legacy', port: 80, weight: 1 },
    ];
    document.setIn(['spec', 'rules', 0, 'backendRefs'], backends);
  },
};

/** Of `shop-blue:300 shop-green:0 legacy:100`: 0.25. */
function shareOfLegacy(turn: string): number {
  const weights = turn.split(' ').map((backend) => backend.split(':'));
  const sum = weights.reduce((all, [, weight]) => all + Number(weight), 0);
  return Number(weights.find(([name]) => name === 'legacy')?.[1]) / sum;
}

inBothModes(
  'an app that shares its route with a service of somebody else',
  async (app) => {
    if (app.mode === 'selector') return undefined;
    for (const object of legacy(app)) await app.cluster.create(object);
    await app.until('the service of somebody else', async () => {
      const found = await app.get('apps/v1', 'Deployment', 'legacy');
      return at(found, 'status', 'availableReplicas') === 1;
    });
    const first = await app.release('v1', shared);
    const release = await app.release('v2', shared);
    const rollback = await app.run('rollback');
    return { first, release, rollback };
  },
  ({ item, told, mode }) => {
    item.notIn(
      'selector',
      'T13 keeps the share of others in the same rule',
      'a Service has no weights, so nobody shares it',
    );
    if (mode === 'selector') return;
    item('T13 keeps the share of others in the same rule', () => {
      const { app, seen } = told();
      if (seen === undefined) throw new Error('nothing was played');
      expect(seen.release.outputs.outcome).toBe('Promoted');
      expect(seen.rollback.outputs.outcome).toBe('FastRolledBack');
      const turns = app.traffic.route.map(({ to }) => to);
      expect(turns.length).toBeGreaterThan(3);
      expect(turns.map(shareOfLegacy)).toEqual(turns.map(() => 0.25));
      for (const run of [seen.release, seen.rollback]) {
        const asked = app.askedIn(run);
        const theirs = asked.filter(({ version }) => version === '');
        expect(theirs.length / asked.length).toBeGreaterThan(0.15);
        expect(theirs.length / asked.length).toBeLessThan(0.35);
        expect(app.lostIn(run)).toEqual([]);
      }
    });
  },
);
