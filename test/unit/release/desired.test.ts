import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { findDesired, hashTemplate } from '../../../src/release/desired/desired.ts';
import { manifests } from '../../support/release-lab.ts';

type Fields = Readonly<Record<string, unknown>>;

const [deployment, service, route] = manifests({ VERSION: 'v1' }) as [KubeObject, KubeObject, KubeObject];
const spec = deployment.spec as Fields;
const template = spec.template as Fields;
const podSpec = template.spec as { readonly containers: readonly Fields[] };

function find(objects: readonly KubeObject[], images: readonly string[] = []) {
  const answer = findDesired({ app: 'shop', namespace: 'default', objects, images });
  return 'problems' in answer
    ? { problems: answer.problems, desired: undefined }
    : { problems: [], desired: answer.desired };
}

const withSpec = (change: Fields): KubeObject => ({ ...deployment, spec: { ...spec, ...change } });
const withContainers = (...containers: readonly Fields[]) =>
  withSpec({ template: { ...template, spec: { ...podSpec, containers } } });
const named = (object: KubeObject, name: string): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, name },
});
const app = podSpec.containers[0] ?? {};

describe('what the manifests ask for', () => {
  it('is sorted into workload, Service, routes and the rest', () => {
    const config: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    const { desired } = find([config, route, service, deployment]);
    expect(desired?.workload.metadata.name).toBe('shop');
    expect(desired?.service.kind).toBe('Service');
    expect(desired?.routes.map(({ metadata }) => metadata.name)).toEqual(['shop']);
    expect(desired?.others.map(({ kind }) => kind)).toEqual(['ConfigMap']);
  });

  it('is placed in the namespace of the release, but for what has none', () => {
    const space: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } };
    const role: KubeObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    };
    const { desired } = find([deployment, service, route, space, role]);
    expect(desired?.workload.metadata.namespace).toBe('default');
    expect(desired?.others.map(({ metadata }) => metadata.namespace)).toEqual([undefined, undefined]);
  });

  it('takes the only Deployment and Service there are, whatever their names', () => {
    const { desired } = find([named(deployment, 'web'), named(service, 'web')]);
    expect(desired?.workload.metadata.name).toBe('web');
  });

  it('takes those with the name of the app among several Services', () => {
    expect(find([deployment, service, named(service, 'shop-metrics')]).desired?.others).toHaveLength(1);
  });

  it('leaves routes to other Services alone', () => {
    const other = { ...named(route, 'docs'), spec: { rules: [{ backendRefs: [{ name: 'docs' }] }] } };
    const { desired } = find([deployment, service, route, other]);
    expect(desired?.routes).toHaveLength(1);
    expect(desired?.others).toHaveLength(1);
  });

  it('is told apart by its pod template, whatever the order of its keys', () => {
    const again = { ...deployment, spec: Object.fromEntries(Object.entries(spec).reverse()) };
    expect(hashTemplate(again)).toBe(hashTemplate(deployment));
    expect(hashTemplate(withSpec({ replicas: 9 }))).toBe(hashTemplate(deployment));
    expect(hashTemplate(withContainers({ ...app, image: 'x' }))).not.toBe(hashTemplate(deployment));
  });
});

describe('an image that is given', () => {
  const imagesOf = (workload: KubeObject | undefined) => {
    const containers = at(workload, 'spec', 'template', 'spec', 'containers');
    return Array.isArray(containers) ? containers.map((container) => at(container, 'image')) : [];
  };
  const two = withContainers(app, { name: 'proxy', image: 'proxy:1' });

  it('replaces the one of the only container', () => {
    expect(imagesOf(find([deployment, service], ['shop:2']).desired?.workload)).toEqual(['shop:2']);
  });

  it('replaces the one of the container that it names, and counts as a new version', () => {
    const { desired } = find([two, service], ['proxy=proxy:2@sha256:0a', 'app=shop:3']);
    expect(imagesOf(desired?.workload)).toEqual(['shop:3', 'proxy:2@sha256:0a']);
    expect(desired?.template).not.toBe(hashTemplate(two));
  });

  it('is no riddle: with several containers it must say which one', () => {
    expect(find([two, service], ['shop:2']).problems[0]).toContain('container=shop:2');
  });

  it('for a container that is not there is a mistake', () => {
    expect(find([deployment, service], ['nginx=x']).problems).toEqual([
      'image: the workload has no container nginx',
    ]);
  });
});

describe('manifests that cannot be released', () => {
  const probeless: Fields = { ...app, readinessProbe: undefined };
  const selecting = (selector: Fields | undefined): KubeObject => ({
    ...service,
    spec: { selector, ports: [] },
  });

  it.each<readonly [string, readonly KubeObject[], string]>([
    ['no Deployment', [service], 'should hold one Deployment named shop; found: none'],
    ['no Service', [deployment], 'should hold one Service named shop; found: none'],
    [
      'several Deployments, none of the name',
      [named(deployment, 'a'), named(deployment, 'b'), service],
      'named shop; found: a, b',
    ],
    ['the same Deployment twice', [deployment, deployment, service], 'hold 2 objects Deployment shop'],
    [
      'another namespace',
      [{ ...deployment, metadata: { name: 'shop', namespace: 'staging' } }, service],
      'Deployment shop names namespace staging, but the release is for default',
    ],
    [
      'a second workload',
      [deployment, named(deployment, 'worker'), service],
      'Deployment worker is a second workload',
    ],
    ['no selector', [withSpec({ selector: {} }), service], 'has no spec.selector.matchLabels'],
    [
      'a selector that misses its own pods',
      [withSpec({ selector: { matchLabels: { app: 'cart' } } }), service],
      'its selector asks for app=cart, which its pod template does not carry',
    ],
    ['no containers', [withContainers(), service], 'Deployment shop has no containers'],
    ['no readiness probe', [withContainers(probeless), service], 'has no readinessProbe'],
    ['strategy Recreate', [withSpec({ strategy: { type: 'Recreate' } }), service], 'strategy Recreate'],
    ['a paused Deployment', [withSpec({ paused: true }), service], 'is paused'],
    ['no replicas', [withSpec({ replicas: 0 }), service], 'asks for 0 replicas'],
    ['a Service without a selector', [deployment, selecting(undefined)], 'Service shop has no selector'],
    [
      'a Service that misses the pods',
      [deployment, selecting({ app: 'cart' })],
      'Service shop selects app=cart, which the pod template of shop does not carry',
    ],
  ])('with %s are refused with the reason', (_what, objects, reason) => {
    const { problems, desired } = find(objects);
    expect(desired).toBeUndefined();
    expect(problems.join('\n')).toContain(reason);
  });

  it('are refused in words whatever stands in them, and never by a crash', () => {
    const kinds = fc.constantFrom('Deployment', 'Service', 'HTTPRoute', 'ConfigMap');
    const field = fc.constantFrom(
      'spec',
      'selector',
      'template',
      'containers',
      'rules',
      'backendRefs',
      'metadata',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.jsonValue(),
        fc.array(tie('tree')),
        fc.dictionary(field, tie('tree')),
      ),
    }));
    const anything = fc.record({
      apiVersion: fc.constant('v1'),
      kind: kinds,
      metadata: fc.constant({ name: 'shop' }),
      spec: tree,
    });
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 3 }),
        fc.array(fc.constantFrom('x', 'app=x')),
        (odd, images) => {
          const answer = find([...odd, deployment, service], images);
          expect(answer.problems.length > 0 || answer.desired !== undefined).toBe(true);
          find(odd, images);
        },
      ),
    );
  });

  it('are told all that is wrong with them at once', () => {
    const { problems } = find([withSpec({ paused: true, replicas: 0 }), selecting(undefined)], ['nobody=x']);
    expect(problems).toHaveLength(4);
  });
});
