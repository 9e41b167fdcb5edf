import { describe, expect, it } from '@jest/globals';
import { toStreamGateError } from '../../../src/base/index.ts';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { findDesired } from '../../../src/release/desired/desired.ts';
import { manifests, namespace, openLab } from '../../support/release-lab.ts';

type Fields = Record<string, unknown>;

interface App {
  readonly deployment: Fields & { spec: Fields & { template: { spec: Fields } } };
  readonly container: Fields;
  readonly service: Fields & { spec: Fields; metadata: Fields };
  readonly route: Fields & { spec: Fields; metadata: Fields };
}

/** The manifests with anything changed: each row of a table says what. */
function changed(change: (app: App) => void, more: readonly KubeObject[] = []): KubeObject[] {
  const objects = JSON.parse(
    JSON.stringify(manifests({ VERSION: 'v1' }, { image: 'streamgate/demo-app:v1' })),
  );
  const [deployment, service, route] = objects;
  change({ deployment, service, route, container: deployment.spec.template.spec.containers[0] });
  return [...objects, ...more];
}

async function told(objects: readonly KubeObject[], standing: readonly KubeObject[] = []) {
  const lab = await openLab();
  for (const object of standing) await lab.cluster.create(object);
  const from = lab.sandbox.requests.length;
  const answer = await lab.plan(objects).then(
    (result) => ({ refusal: '', remedy: '', warnings: result.warnings.join('\n') }),
    (thrown: unknown) => {
      const { code, message, remedy = '' } = toStreamGateError(thrown);
      expect(code).toBe('Refused');
      return { refusal: `${message}\n${remedy}`, remedy, warnings: '' };
    },
  );
  const written = lab.sandbox.requests
    .slice(from)
    .filter(({ method, path }) => method !== 'GET' && !/dryRun=All|selfsubjectaccessreviews/.test(path));
  await lab.close();
  expect(written).toEqual([]);
  return answer;
}

const backends = (app: App, backendRefs: readonly Fields[], more: Fields = {}) => {
  app.route.spec.rules = [{ backendRefs, ...more }];
};

const claim = (mode: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace },
  spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } } },
});

const mount = ({ deployment }: App) => {
  deployment.spec.template.spec.volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
};

describe('a release is refused, with nothing touched', () => {
  it.each<[string, (app: App) => void, RegExp, RegExp]>([
    [
      'terminationGracePeriodSeconds 0',
      ({ deployment }) => {
        deployment.spec.template.spec.terminationGracePeriodSeconds = 0;
      },
      /killed in the middle of their requests/,
      /time to end/,
    ],
    [
      'a preStop hook that outlasts the grace period',
      ({ deployment, container }) => {
        container.lifecycle = { preStop: { sleep: { seconds: 40 } } };
        deployment.spec.template.spec.terminationGracePeriodSeconds = 20;
      },
      /sleeps 40 s before it ends, and is killed after 20 s/,
      /Raise terminationGracePeriodSeconds/,
    ],
    [
      'a field that a Service does not have',
      ({ service }) => {
        service.spec.port = 80;
      },
      /Service default\/shop has a field that its kind does not have: spec\.port \(.*did you mean ports\?\)/,
      /Correct or remove what is named/,
    ],
    [
      'hostPort',
      ({ container }) => {
        container.ports = [{ name: 'http', containerPort: 8080, hostPort: 8080 }];
      },
      /takes port 8080 of its node/,
      /Leave hostPort out/,
    ],
    [
      'hostNetwork with ports',
      ({ deployment }) => {
        deployment.spec.template.spec.hostNetwork = true;
      },
      /uses the network of its node/,
      /Leave hostNetwork out/,
    ],
    [
      'two containers with one port',
      ({ deployment, container }) => {
        deployment.spec.template.spec.containers = [
          container,
          { ...container, name: 'other', ports: [{ containerPort: 8080 }] },
        ];
      },
      /names port 8080\/TCP twice, again in container other/,
      /a port of its own/,
    ],
    [
      'two ports of one name',
      ({ deployment, container }) => {
        deployment.spec.template.spec.containers = [
          container,
          { ...container, name: 'other', ports: [{ name: 'http', containerPort: 8081 }] },
        ];
      },
      /names two ports http, again in container other/,
      /a name of its own/,
    ],
    [
      'minReadySeconds longer than the progress deadline',
      ({ deployment }) => {
        deployment.spec.minReadySeconds = 60;
      },
      /minReadySeconds of 1 min, and its pods must be ready within 1 min/,
      /Raise `progress-deadline`/,
    ],
    [
      'a Service that sends to a port that nobody has',
      ({ service }) => {
        service.spec.ports = [{ port: 80, targetPort: 'web' }];
      },
      /sends to port web, and no container has a port of this name/,
      /targetPort/,
    ],
    [
      'an annotation that would not hold for the slots',
      ({ service }) => {
        service.metadata.annotations = { 'cloud.google.com/neg': '{"ingress":true}' };
      },
      /annotation cloud\.google\.com\/neg, which would not hold/,
      /allow-annotations: cloud\.google\.com\/neg/,
    ],
    [
      'weights beyond what a split can count',
      (app) =>
        backends(app, [
          { name: 'shop', port: 80, weight: 20_000 },
          { name: 'other', port: 80 },
        ]),
      /weight 20000 in rule 0: beside the slots it would pass the limit/,
      /Divide the weights/,
    ],
    [
      'a weight of 0 on the app',
      (app) =>
        backends(app, [
          { name: 'shop', port: 80, weight: 0 },
          { name: 'other', port: 80 },
        ]),
      /weight 0 to Service shop in rule 0/,
      /Give it a weight/,
    ],
    [
      'a filter that two slots cannot share',
      (app) =>
        backends(app, [
          {
            name: 'shop',
            port: 80,
            filters: [{ type: 'ExtensionRef', extensionRef: { group: 'x.io', kind: 'Y', name: 'z' } }],
          },
        ]),
      /filter ExtensionRef on its backend shop in rule 0/,
      /Put the filter on the rule/,
    ],
    [
      'a backend elsewhere without a ReferenceGrant',
      (app) =>
        backends(app, [
          { name: 'shop', port: 80 },
          { name: 'other', port: 80, namespace: 'elsewhere' },
        ]),
      /no ReferenceGrant there allows HTTPRoutes of default/,
      /Create a ReferenceGrant in elsewhere/,
    ],
  ])('%s', async (_what, change, message, remedy) => {
    const { refusal } = await told(changed(change));
    expect(refusal).toMatch(message);
    expect(refusal).toMatch(remedy);
  });

  it.each(['ReadWriteOnce', 'ReadWriteOncePod'])('a volume that is %s', async (mode) => {
    const { refusal } = await told(changed(mount), [claim(mode)]);
    expect(refusal).toContain(`uses PersistentVolumeClaim data, which is ${mode}`);
    expect((await told(changed(mount, [claim(mode)]))).refusal).toContain(mode);
  });

  it('but not for a volume that many may have', async () => {
    expect((await told(changed(mount), [claim('ReadWriteMany')])).refusal).toBe('');
  });

  it('a parent that refuses the route as it stands', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const parentRefs = [{ name: 'web', namespace: 'default' }, { name: 'nobody' }];
    const route = await lab.route();
    const ref = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', namespace, name: 'shop' };
    await lab.cluster.mergePatch(ref, { spec: { parentRefs } });
    const conditions = [
      {
        type: 'Accepted',
        status: 'False',
        reason: 'NoMatchingParent',
        message: 'no such Gateway',
        observedGeneration: 99,
      },
    ];
    const status = { parents: [{ parentRef: { name: 'nobody' }, controllerName: 'x', conditions }] };
    await lab.cluster.patch(ref, [{ op: 'replace', path: '/status', value: status }], {
      subresource: 'status',
    });
    await expect(lab.plan(manifests({ VERSION: 'v2' }))).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining(
        'Gateway nobody does not take HTTPRoute default/shop as it stands: Accepted is False: NoMatchingParent no such Gateway',
      ),
      remedy: expect.stringContaining('ReferenceGrant'),
    });
    expect(route).toBeDefined();
    await lab.close();
  });

  it('everything at once, each with its remedy', async () => {
    const { refusal } = await told(
      changed(({ deployment, container, service }) => {
        deployment.spec.template.spec.terminationGracePeriodSeconds = 0;
        container.ports = [{ name: 'http', containerPort: 8080, hostPort: 8080 }];
        service.metadata.annotations = { 'konghq.com/path': '/' };
      }),
    );
    expect(refusal).toContain('3 things stand against releasing shop');
    for (const remedy of [/time to end/, /Leave hostPort out/, /allow-annotations/]) {
      expect(refusal).toMatch(remedy);
    }
  });

  it('unless the annotation is allowed', async () => {
    const lab = await openLab();
    const objects = changed(({ service }) => {
      service.metadata.annotations = { 'cloud.google.com/neg': '{}', 'acme.example/owner': 'us' };
    });
    const allowed = ['cloud.google.com/neg'];
    expect(await lab.plan(objects, { allowedAnnotations: allowed })).toMatchObject({ outcome: 'Planned' });
    await lab.close();
  });
});

describe('manifests that have no second version beside them are told what to use', () => {
  it('a Service of type ExternalName', () => {
    const objects = changed(({ service }) => {
      service.spec = { type: 'ExternalName', externalName: 'shop.example.com' };
    });
    const answer = findDesired({ app: 'shop', namespace, objects, images: [] });
    expect('problems' in answer && answer.problems).toEqual([expect.stringContaining('type ExternalName')]);
  });
});

/** Required anti-affinity of a pod against those with these labels. */
const keepApart = (matchLabels: Fields, more: Fields = {}) => ({
  requiredDuringSchedulingIgnoredDuringExecution: [
    { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels }, ...more },
  ],
});

describe('a release is warned of, and goes on with', () => {
  it.each<[string, (app: App) => void, RegExp]>([
    [
      'no preStop hook',
      ({ container }) => {
        container.lifecycle = undefined;
      },
      /has no preStop hook.*preStop: { sleep/,
    ],
    [
      'a moving tag',
      ({ container }) => {
        container.image = 'registry.example:5000/shop:latest';
      },
      /is another image tomorrow.*digest/,
    ],
    [
      'no tag',
      ({ container }) => {
        container.image = 'registry.example:5000/shop';
      },
      /is another image tomorrow/,
    ],
    [
      'a headless Service',
      ({ service }) => {
        service.spec.clusterIP = 'None';
      },
      /is headless/,
    ],
    [
      'sessionAffinity',
      ({ service }) => {
        service.spec.sessionAffinity = 'ClientIP';
      },
      /stay with an old pod/,
    ],
    [
      'externalTrafficPolicy Local',
      ({ service }) => {
        service.spec.type = 'NodePort';
        service.spec.externalTrafficPolicy = 'Local';
      },
      /a node without a pod of the new version drops/,
    ],
    [
      'sessions of the route',
      (app) => backends(app, [{ name: 'shop', port: 80 }], { sessionPersistence: { sessionName: 's' } }),
      /keeps sessions in rule 0/,
    ],
    [
      'a container that may work by itself',
      ({ deployment, container }) => {
        deployment.spec.template.spec.containers = [
          container,
          { name: 'worker', image: 'streamgate/demo-app:v1' },
        ];
      },
      /Container worker .* neither ports nor a readiness probe/,
    ],
    [
      'an election of leaders',
      ({ container }) => {
        container.args = ['--leader-elect=true'];
      },
      /elects a leader/,
    ],
    [
      'pods of two versions that never share a node',
      ({ deployment }) => {
        deployment.spec.template.spec.affinity = { podAntiAffinity: keepApart({ app: 'shop' }) };
      },
      /never share a node with each other.* while both run they need 4 of them\. .*preferred/,
    ],
    [
      'a readiness probe that asks another port',
      ({ container }) => {
        container.ports = [
          { name: 'http', containerPort: 8080 },
          { name: 'admin', containerPort: 9090 },
        ];
        container.readinessProbe = { httpGet: { path: '/readyz', port: 'admin' } };
      },
      /asks a port that Service shop sends to \(8080\)/,
    ],
  ])('%s', async (_what, change, pattern) => {
    const { refusal, warnings } = await told(changed(change));
    expect(refusal).toBe('');
    expect(warnings).toMatch(pattern);
  });

  it.each<[string, Fields]>([
    ['of something else', keepApart({ app: 'cart' })],
    ['of the same template only', keepApart({ app: 'shop' }, { matchLabelKeys: ['pod-template-hash'] })],
  ])('nothing for pods that keep away from those %s', async (_what, podAntiAffinity) => {
    const objects = changed(({ deployment }) => {
      deployment.spec.template.spec.affinity = { podAntiAffinity };
    });
    expect(await told(objects)).toEqual({ refusal: '', remedy: '', warnings: '' });
  });

  it('nothing at all, when all is well', async () => {
    expect(await told(changed(() => {}))).toEqual({ refusal: '', remedy: '', warnings: '' });
  });
});
