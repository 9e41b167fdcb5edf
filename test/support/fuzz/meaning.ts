import { at, isJsonObject } from '../../../src/base/index.ts';
import type { Dice } from './dice.ts';
import type { Mutation, Tree } from './structure.ts';

function ofKind(objects: readonly unknown[], kind: string, dice: Dice): unknown {
  return dice.pickFrom(objects.filter((object) => at(object, 'kind') === kind));
}

/** Sets a field of the first Deployment (Service, …) that has its parent. */
function set(kind: string, path: readonly string[], field: string, values: readonly [unknown, ...unknown[]]) {
  return (objects: unknown[], dice: Dice): void => {
    const parent = at(ofKind(objects, kind, dice), ...path);
    if (isJsonObject(parent)) (parent as Tree)[field] = dice.pick(values);
  };
}

const container = ['spec', 'template', 'spec', 'containers', '0'];

/** Well-formed manifests that mean something else than before. */
export const semantic: readonly [Mutation, ...Mutation[]] = [
  set('Service', ['spec'], 'selector', [{ app: 'other' }, {}, { app: 'shop', tier: 'x' }]),
  set('Deployment', ['spec', 'selector'], 'matchLabels', [{ app: 'other' }, {}]),
  set('Deployment', ['spec', 'template', 'metadata'], 'labels', [{ app: 'other' }, {}]),
  set('Deployment', container, 'readinessProbe', [undefined, null, {}, { tcpSocket: { port: 'none' } }]),
  set('Deployment', container, 'image', ['', 'x', 'UPPER/case:1', undefined]),
  set('Deployment', ['spec'], 'replicas', [0, -1, 3, 1_000_000, '2']),
  set('Deployment', ['spec'], 'strategy', [{ type: 'Recreate' }, { type: 'Other' }, null]),
  set('Deployment', ['spec'], 'paused', [true, false, 'yes']),
  set('Deployment', ['metadata'], 'name', ['shop-blue', 'other', 'UPPER', 'x'.repeat(64)]),
  set('Deployment', ['metadata'], 'namespace', ['kube-system', 'nowhere', '']),
  set('Service', ['metadata'], 'name', ['other', '1st', 'a.b']),
  set('Service', ['spec'], 'type', ['ExternalName', 'LoadBalancer', 'Other']),
  set('Service', ['spec'], 'ports', [[], [{ port: 0 }], [{ port: 70_000 }], [{ port: 80 }, { port: 81 }]]),
  set('Service', ['spec'], 'clusterIP', ['None', '10.96.0.300', '']),
  set('HTTPRoute', ['spec'], 'rules', [[], [{}], [{ backendRefs: [{ name: 'other', port: 80 }] }]]),
  set('HTTPRoute', ['spec'], 'parentRefs', [[], [{ name: 'nobody' }], undefined]),
  (objects, dice) => {
    const twin = structuredClone(ofKind(objects, 'Deployment', dice));
    const metadata = at(twin, 'metadata');
    if (!isJsonObject(metadata)) return;
    (metadata as Tree).name = 'worker';
    objects.push(twin);
  },
  (objects, dice) => {
    const kind = dice.pick(['Deployment', 'Service', 'HTTPRoute']);
    const index = objects.findIndex((object) => at(object, 'kind') === kind);
    if (index >= 0) objects.splice(index, 1);
  },
  (objects, dice) => {
    const object = dice.pickFrom(objects);
    if (!isJsonObject(object)) return;
    (object as Tree).kind = dice.pick(['StatefulSet', 'DaemonSet', 'Pod', 'Unheard', 'List', 'ServiceList']);
  },
  (objects, dice) => {
    const object = dice.pickFrom(objects);
    if (!isJsonObject(object)) return;
    (object as Tree).apiVersion = dice.pick(['v1', 'apps/v1', 'apps/v1beta1', 'a/b/c', '', 'example.com/v1']);
  },
];

/** Changes after which the manifests must be as good as before. */
export const harmless: readonly [Mutation, ...Mutation[]] = [
  (objects) => {
    objects.reverse();
  },
  (objects, dice) => {
    const metadata = at(dice.pickFrom(objects), 'metadata');
    if (isJsonObject(metadata)) (metadata as Tree).annotations = { note: 'ünïcödé 🙂: - "x"', empty: '' };
  },
  (objects) => {
    objects.push({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { a: '1' } });
  },
  (objects) => {
    const items = objects.splice(0);
    objects.push({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items }] });
  },
  (objects, dice) => {
    const spec = at(ofKind(objects, 'Deployment', dice), 'spec');
    if (isJsonObject(spec)) (spec as Tree).replicas = 1 + dice.below(5);
  },
  (objects, dice) => {
    const spec = at(ofKind(objects, 'Deployment', dice), 'spec', 'template', 'spec');
    if (isJsonObject(spec)) (spec as Tree).terminationGracePeriodSeconds = dice.below(120);
  },
];
