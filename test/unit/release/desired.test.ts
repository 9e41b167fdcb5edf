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
/** A workload of its own, whose pods carry other labels. */
const labelled = (name: string, labels: Fields): KubeObject => ({
  ...named(deployment, name),
  spec: { ...spec, selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } },
});

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

  it('takes the Service with the name of the app among several; those that select the same pods follow it', () => {
    const elsewhere = { ...named(service, 'cart'), spec: { selector: { app: 'cart' }, ports: [] } };
    const { desired } = find([elsewhere, named(service, 'shop-metrics'), deployment, service]);
    expect(desired?.service.metadata.name).toBe('shop');
    expect(desired?.followers.map(({ metadata }) => metadata.name)).toEqual(['shop-metrics']);
    expect(desired?.others.map(({ metadata }) => metadata.name)).toEqual(['cart']);
  });

  it('takes the only Service that selects the pods, when none has the name of the app', () => {
    const elsewhere = { ...named(service, 'cart'), spec: { selector: { app: 'cart' }, ports: [] } };
    expect(find([elsewhere, named(service, 'web'), deployment]).desired?.service.metadata.name).toBe('web');
  });

  it('takes the workload and the Service that it is told to', () => {
    const request = { app: 'shop', namespace: 'default', images: [], workload: 'api', service: 'web' };
    const answer = findDesired({
      ...request,
      objects: [named(deployment, 'api'), service, named(service, 'web')],
    });
    expect('desired' in answer && answer.desired).toMatchObject({
      workload: { metadata: { name: 'api' } },
      service: { metadata: { name: 'web' } },
      followers: [{ metadata: { name: 'shop' } }],
    });
  });

  it('keeps other workloads with the rest, before or after as they ask', () => {
    const worker = labelled('worker', { app: 'worker' });
    const cleaner: KubeObject = {
      ...labelled('cleaner', { app: 'cleaner' }),
      kind: 'StatefulSet',
      metadata: { name: 'cleaner', annotations: { 'streamgate.io/apply': 'after' } },
    };
    const { desired } = find([worker, cleaner, deployment, service]);
    expect(desired?.others.map(({ metadata }) => metadata.name)).toEqual(['worker']);
    expect(desired?.later.map(({ metadata }) => metadata.name)).toEqual(['cleaner']);
  });

  it('may select its pods by expressions alone', () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['shop', 'store'] }] };
    expect(find([withSpec({ selector }), service]).problems).toEqual([]);
  });

  it('leaves routes to other Services alone', () => {
    const other = { ...named(route, 'docs'), spec: { rules: [{ backendRefs: [{ name: 'docs' }] }] } };
    const { desired } = find([deployment, service, route, other]);
    expect(desired?.routes).toHaveLength(1);
    expect(desired?.others).toHaveLength(1);
  });

  it('leaves an HTTPRoute of another group to whoever knows it', () => {
    const mesh = {
      apiVersion: 'policy.linkerd.io/v1beta3',
      kind: 'HTTPRoute',
      metadata: { name: 'mesh' },
      spec: { rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
    };
    const { desired } = find([deployment, service, mesh]);
    expect(desired?.routes).toEqual([]);
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

  it('stands in for a placeholder of the manifests', () => {
    const template = withContainers({ ...app, image: '$'.concat('{IMAGE}') });
    expect(find([template, service], ['registry.example:5000/shop/app:1.2']).problems).toEqual([]);
  });

  it('for a container that is not there is a mistake', () => {
    expect(find([deployment, service], ['nginx=x']).problems).toEqual([
      'image: the workload has no container nginx',
    ]);
  });
});

describe('manifests for several namespaces', () => {
  const elsewhere = (object: KubeObject, name = object.metadata.name): KubeObject => ({
    ...object,
    metadata: { ...object.metadata, name, namespace: 'elsewhere' },
  });

  it('are told what names another one, and of nothing twice', () => {
    const { problems } = find([deployment, service, elsewhere(deployment), elsewhere(service)]);
    expect(problems).toEqual([
      expect.stringContaining('Deployment shop names namespace elsewhere'),
      expect.stringContaining('Service shop names namespace elsewhere'),
    ]);
  });

  it('share no pods: a Service reaches those of its own only', () => {
    const { problems } = find([deployment, service, { ...elsewhere(deployment), kind: 'StatefulSet' }]);
    expect(problems).toEqual([]);
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
      'a Deployment of a misspelt kind',
      [{ ...deployment, kind: 'Deploymnet' }, service],
      'found: none, only Deploymnet (apps/v1), Service (v1)',
    ],
    [
      'a Deployment of a misspelt group',
      [{ ...deployment, apiVersion: 'app/v1' }, service],
      'found: none, only Deployment (app/v1), Service (v1)',
    ],
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
      'a second workload behind the same Service',
      [deployment, named(deployment, 'worker'), service],
      'Service shop also selects the pods of Deployment worker',
    ],
    [
      'a workload with the name of a slot',
      [deployment, labelled('shop-green', { app: 'other' }), service],
      'Deployment shop-green has a name that the slots of shop need',
    ],
    [
      'a moment that nobody knows',
      [
        deployment,
        service,
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'a', annotations: { 'streamgate.io/apply': 'late' } },
        },
      ],
      'it knows `before` and `after`',
    ],
    [
      'several Services, none of the name',
      [deployment, named(service, 'a'), named(service, 'b')],
      'found: a, b; or say which with `service`',
    ],
    ['no selector', [withSpec({ selector: {} }), service], 'has no spec.selector'],
    [
      'expressions that miss its own pods',
      [withSpec({ selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }), service],
      'the expressions of its selector do not match',
    ],
    [
      'a selector that misses its own pods',
      [withSpec({ selector: { matchLabels: { app: 'cart' } } }), service],
      'its selector asks for app=cart, which its pod template does not carry',
    ],
    ['no containers', [withContainers(), service], 'Deployment shop has no containers'],
    ['no readiness probe', [withContainers(probeless), service], 'has no readinessProbe'],
    ['strategy Recreate', [withSpec({ strategy: { type: 'Recreate' } }), service], 'strategy Recreate'],
    [
      'an app that is a StatefulSet, beside a Deployment of something else',
      [{ ...deployment, kind: 'StatefulSet' }, named(deployment, 'store'), service],
      'StatefulSet shop cannot be released blue-green',
    ],
    [
      'an object that has no name of its own',
      [deployment, service, { ...service, kind: 'Job', metadata: { name: '', generateName: 'migrate-' } }],
      'Job migrate-… has no name of its own',
    ],
    [
      'an app that Argo Rollouts steers',
      [{ ...deployment, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' }, service],
      'Rollout shop cannot be released blue-green: Argo Rollouts steers its pods',
    ],
    [
      'an image that nobody has filled in',
      [withContainers({ ...app, image: '$'.concat('{REGISTRY}/shop:1') }), service],
      'Container app of Deployment shop: its image is $'.concat('{REGISTRY}/shop:1, a placeholder'),
    ],
    [
      'an image of a template',
      [withContainers({ ...app, image: '{{ .Values.image }}' }), service],
      'its image is {{ .Values.image }}, a placeholder',
    ],
    [
      'an image for ko to build',
      [withContainers({ ...app, image: 'ko://example.com/shop' }), service],
      'run `ko resolve`',
    ],
    [
      'an image that no node can read',
      [withContainers({ ...app, image: 'IMAGE_URL' }), service],
      'its image IMAGE_URL is no reference that a node can read',
    ],
    [
      'a variable that is a number',
      [withContainers({ ...app, env: [{ name: 'PORT', value: 8080 }] }), service],
      'Deployment shop: variable PORT of container app is a number, where only a text can stand: write it in quotes',
    ],
    [
      'replicas that are a text',
      [withSpec({ replicas: '2' }), service],
      'Deployment shop: spec.replicas is the text "2", where only a number can stand: write it without quotes',
    ],
    [
      'a setting that is a truth',
      [
        deployment,
        service,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { on: true } },
      ],
      'ConfigMap a: data on is the boolean true (YAML reads yes, on and y so, too), where only a text can stand',
    ],
    [
      'a label that is a number',
      [{ ...deployment, metadata: { name: 'shop', labels: { version: 1.1 as unknown as string } } }, service],
      'label version is the number 1.1',
    ],
    [
      'a name that nobody has filled in',
      [
        deployment,
        service,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a-$'.concat('{ENV}') } },
      ],
      'metadata.name is a-$'.concat('{ENV}, a placeholder'),
    ],
    ['a paused Deployment', [withSpec({ paused: true }), service], 'is paused'],
    ['no replicas', [withSpec({ replicas: 0 }), service], 'asks for 0 replicas'],
    ['a Service without a selector', [deployment, selecting(undefined)], 'Service shop has no selector'],
    [
      'a Service with a port that is nothing, as a lone dash leaves it',
      [deployment, { ...service, spec: { selector: { app: 'shop' }, ports: [null] } }],
      'Service shop: each of spec.ports must be an object',
    ],
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

  it('never show what a Secret or a variable holds, in the message about its type', () => {
    const secret: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a: 73_311 },
      stringData: { b: 73_312, c: true },
    };
    const variable = withContainers({ ...app, env: [{ name: 'PIN', value: 73_313 }] });
    const told = find([variable, service, secret]).problems.join('\n');
    expect(told).toContain('Secret s: data a is a number, where only a text can stand: write it in quotes');
    expect(told).toContain('Secret s: stringData b is a number');
    expect(told).toContain('Secret s: stringData c is a boolean');
    expect(told).toContain('variable PIN of container app is a number');
    expect(told).not.toMatch(/7331|true/);
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
