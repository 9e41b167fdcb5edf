import { describe, expect, it } from '@jest/globals';
import type { ApiRequest, KubeObject } from '../../../src/cluster/index.ts';
import { type DeployRequest, readStatus, type TrafficMode } from '../../../src/release/index.ts';
import { kindsAround, wishesOf } from '../../../src/release/planning/look-around.ts';
import type { PermissionRule } from '../../../src/release/preflight/needs.ts';
import { type PermissionFacts, plainFacts } from '../../../src/release/preflight/permission-facts.ts';
import {
  beyondRules,
  permissionsFor,
  renderRole,
  roleFor,
} from '../../../src/release/preflight/permissions.ts';
import { autoscaler, budget } from '../../support/companions.ts';
import { configured, reading } from '../../support/config.ts';
import { runPlainApp } from '../../support/plain-app.ts';
import {
  fakeWitness,
  fixedGate,
  type Lab,
  manifests,
  namespace,
  openLab,
  plainManifests,
} from '../../support/release-lab.ts';

const facts = { ...plainFacts, bringsRoutes: true };
const granted = permissionsFor(facts);
const secrets = ['password'];

/** A version of the app with configuration of its own; where Secrets are versioned, the password changes, too. */
function version(name: string, versionSecrets: readonly string[] = []) {
  const objects = configured({ VERSION: name }, { GREETING: name });
  if (versionSecrets.length === 0) return objects;
  const metadata = { name: 'password' };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    stringData: { PASSWORD: name < 'v6' ? name : 'kept' },
  };
  return [...reading(objects, { secretRef: metadata }), secret];
}

const ingress: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec: { defaultBackend: { service: { name: 'shop', port: { number: 80 } } } },
};
const behindIngress: PermissionFacts = {
  ...plainFacts,
  mode: 'service',
  opensIngresses: true,
  others: [{ group: 'networking.k8s.io', resource: 'ingresses' }],
};

/** `get apps/deployments`: what RBAC makes of a request. Undefined for what everybody may ask. */
function permissionOf({ method, path }: ApiRequest): string | undefined {
  const [plain = '', query = ''] = path.split('?');
  const match = /^\/(?:api|apis\/([^/]+))\/v\d\/namespaces\/[^/]+\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
    plain,
  );
  if (match === null) return undefined;
  const [, group = '', resource = '', name, subresource] = match;
  const read = query.includes('watch=true') ? 'watch' : name === undefined ? 'list' : 'get';
  const verb = { GET: read, POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' }[method];
  return `${verb} ${group}/${resource}${subresource === undefined ? '' : `/${subresource}`}`;
}

function namesOf(rules: readonly PermissionRule[]): string[] {
  return rules.flatMap(({ group, resource, verbs }) => verbs.map((verb) => `${verb} ${group}/${resource}`));
}

/** Fake pods have no sockets: the way into a pod is shown where pods are processes. */
function withinTheLab(rules: readonly PermissionRule[]): string[] {
  return namesOf(rules)
    .filter((name) => !name.endsWith('pods/portforward'))
    .sort();
}

/** A lab that notes what permission each request takes. */
async function openNotedLab(made: Set<string>, mode: TrafficMode = 'gateway'): Promise<Lab> {
  return openLab({
    mode,
    transport: (direct) => ({
      ...direct,
      send(request) {
        const permission = permissionOf(request);
        if (permission !== undefined) made.add(permission);
        return direct.send(request);
      },
    }),
  });
}

const unrouted = (objects: readonly KubeObject[]) => objects.filter(({ kind }) => kind !== 'HTTPRoute');

/** Everything that StreamGate does to an app in its life, with each request noted. */
async function liveThroughEverything(
  partsOf: (version: string) => readonly KubeObject[],
  mode: TrafficMode = 'gateway',
  change: Pick<Partial<DeployRequest>, 'traffic' | 'versionSecrets'> = {},
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const lab = await openNotedLab(made, mode);
  await lab.deploy(partsOf('v0'), { ...change, gates: [fixedGate('smoke', 'fail')] });
  const stop = new AbortController();
  await lab.deploy(partsOf('v0'), {
    ...change,
    watch: async () => ({
      witness: fakeWitness(lab.sandbox, lab.clock, stop.signal, mode),
      baseline: fixedGate('baseline'),
      traffic: fixedGate('traffic', 'fail'),
    }),
  });
  stop.abort();
  for (const name of ['v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7']) await lab.deploy(partsOf(name), change);
  await lab.rollback({ drill: true });
  await lab.rollback();
  await lab.rollback({ to: 5 });
  await readStatus(lab.cluster, namespace, 'shop');
  await lab.close();
  return made;
}

describe('permissions', () => {
  it('are exactly what is asked of the API, both ways', async () => {
    const made = await liveThroughEverything((name) => version(name));
    expect([...made].sort()).toEqual(withinTheLab(roleFor(facts)));
  }, 600_000);

  it('are more where an autoscaler and a budget go with the app', async () => {
    const made = await liveThroughEverything((name) => [...version(name), autoscaler(), budget()]);
    expect([...made].sort()).toEqual(withinTheLab(roleFor({ ...facts, autoscales: true, budgets: true })));
  }, 600_000);

  it('that are only wished for are warned about when they are missing', async () => {
    const lab = await openLab();
    lab.sandbox.faults.deny(({ resource }) => ['resourcequotas', 'limitranges'].includes(resource));
    const { verdict, warnings } = await lab.deploy(manifests({ VERSION: 'v1' }));
    expect(verdict).toBe('pass');
    expect(warnings).toEqual([
      expect.stringContaining('may not list ResourceQuotas'),
      expect.stringContaining('may not list LimitRanges'),
    ]);
    await lab.close();
  });

  it('touch Secrets only where some are named as part of the release, and then both ways, too', async () => {
    const aboutSecrets = (names: Iterable<string>) =>
      [...names].filter((name) => name.endsWith('/secrets')).sort();
    const made = await liveThroughEverything((name) => version(name, secrets), 'gateway', {
      versionSecrets: secrets,
    });
    expect(aboutSecrets(made)).toEqual(
      aboutSecrets(namesOf(permissionsFor({ ...facts, versionsSecrets: true }))),
    );
    expect(aboutSecrets(namesOf(granted))).toEqual([]);
  }, 600_000);

  it('are exactly what is asked of the API for an app without a route, both ways', async () => {
    const parts = (name: string) => [...unrouted(version(name)), ingress];
    const made = await liveThroughEverything(parts, 'service');
    expect([...made].sort()).toEqual(withinTheLab(roleFor(behindIngress)));
    expect([...made].filter((name) => name.includes('httproutes'))).toEqual([
      'list gateway.networking.k8s.io/httproutes',
    ]);
  }, 600_000);

  it('have nothing to do with routes when a person says that the Service moves the traffic', async () => {
    const made = await liveThroughEverything((name) => unrouted(version(name)), 'service', {
      traffic: 'service',
    });
    const unlooked = { ...plainFacts, mode: 'service', looksForRoutes: false } as const;
    expect([...made].sort()).toEqual(withinTheLab(roleFor(unlooked)));
    expect([...made].filter((name) => name.includes('httproutes'))).toEqual([]);
  }, 600_000);

  it('without which nobody can tell whether a route leads to the app are asked for, with the reason', async () => {
    const lab = await openLab({ mode: 'service' });
    lab.sandbox.faults.deny(({ resource }) => resource === 'httproutes');
    const objects = plainManifests({ VERSION: 'v1' });
    await expect(lab.deploy(objects)).rejects.toMatchObject({
      code: 'Denied',
      message: 'The credentials may not: list httproutes (in namespace default)',
      remedy: expect.stringContaining('nobody can tell whether a route leads to the app'),
    });
    expect(await lab.deploy(objects, { traffic: 'service' })).toMatchObject({ outcome: 'Promoted' });
    await lab.close();
  });

  it('of taking over what runs are exactly what that asks beyond a usual release', async () => {
    const made = new Set<string>();
    const lab = await openNotedLab(made);
    await runPlainApp(lab, { VERSION: 'v0' });
    made.clear();
    await lab.deploy(manifests({ VERSION: 'v1' }), { gates: [fixedGate('smoke', 'fail')] });
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const beyond = (names: readonly string[]) =>
      names.filter((name) => !namesOf(roleFor(facts)).includes(name)).sort();
    const adopting = permissionsFor({ ...facts, adopts: true });
    expect(beyond([...made])).toEqual(beyond(namesOf(adopting)));
    await lab.close();
  }, 30_000);

  it('of taking over and handing back are exactly what these ask beyond a usual release', async () => {
    const made = new Set<string>();
    const lab = await openNotedLab(made);
    await runPlainApp(lab, { VERSION: 'v0' });
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.rollback();
    made.clear();
    await lab.eject();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    await lab.eject();
    const beyond = (names: readonly string[]) =>
      names.filter((name) => !namesOf(granted).includes(name)).sort();
    // Autoscalers, budgets and quotas are looked at where that is allowed.
    const looks = (name: string) =>
      /^list (autoscaling\/|policy\/|\/resourcequotas|\/limitranges)/.test(name);
    const facts = { ...plainFacts, bringsRoutes: true, adopts: true, ejects: true };
    expect(beyond([...made]).filter((name) => !looks(name))).toEqual(beyond(namesOf(permissionsFor(facts))));
    await lab.close();
  }, 30_000);

  it('of a plan are those of a release, and exactly the wishes that it prints apart', async () => {
    const made = new Set<string>();
    const lab = await openNotedLab(made);
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'extra' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'extra' },
    };
    const given = (version: string) => [...manifests({ VERSION: version }), binding];
    await lab.plan(given('v1'));
    await lab.deploy(given('v1'));
    await lab.deploy(given('v2'));
    made.clear();
    const { plan } = await lab.plan(given('v3'));
    await lab.planRollback();
    const others = [{ group: 'rbac.authorization.k8s.io', resource: 'rolebindings' }];
    const planned = { ...facts, others };
    const rules = roleFor(planned);
    const wishes = beyondRules(wishesOf(await kindsAround(lab.cluster), planned), rules);
    expect(plan?.role).toBe(renderRole(namespace, rules, wishes));
    expect([...made].filter((name) => !namesOf(rules).includes(name)).sort()).toEqual(
      [...new Set(namesOf(wishes))].sort(),
    );
    await lab.close();
  });

  it('given that one is missing, names it with the Role before anything is touched', async () => {
    const lab = await openLab();
    for (const rule of granted) {
      for (const verb of rule.verbs) {
        const [resource, subresource] = rule.resource.split('/');
        const allowAgain = lab.sandbox.faults.deny(
          (asked) =>
            asked.verb === verb &&
            asked.resource === resource &&
            (asked.subresource ?? '') === (subresource ?? ''),
        );
        const writes = lab.sandbox.requests.length;
        await expect(lab.deploy(manifests({ VERSION: 'v1' }))).rejects.toMatchObject({
          code: 'Denied',
          message: expect.stringContaining(`${verb} ${rule.resource}`),
          evidence: expect.arrayContaining(['kind: Role']),
        });
        const asked = lab.sandbox.requests.slice(writes);
        expect(
          asked.filter(({ method, path }) => method !== 'GET' && !path.includes('accessreviews')),
        ).toEqual([]);
        allowAgain();
      }
    }
    await lab.close();
  });

  it('given other objects in the manifests, are asked for their kinds too', async () => {
    const lab = await openLab();
    const others = ['RoleBinding', 'ConfigMap'].map((kind) => ({
      apiVersion: kind === 'ConfigMap' ? 'v1' : 'rbac.authorization.k8s.io/v1',
      kind,
      metadata: { name: 'extra', ...(kind === 'ConfigMap' ? { namespace: 'elsewhere' } : {}) },
    }));
    lab.sandbox.faults.deny(({ resource, namespace: place }) =>
      ['rolebindings', 'configmaps elsewhere'].some((name) => `${resource} ${place}`.startsWith(name)),
    );
    const cluster = {
      ...lab.cluster,
      kindPath: async ({ kind }: { readonly kind: string }) => ({
        plural: `${kind.toLowerCase()}s`,
        namespaced: true,
      }),
    };
    await expect(lab.deploy([...manifests({ VERSION: 'v1' }), ...others], { cluster })).rejects.toMatchObject(
      {
        code: 'Denied',
        message:
          'The credentials may not: create rolebindings, patch rolebindings, create configmaps in elsewhere, ' +
          'patch configmaps in elsewhere (in namespace default)',
        evidence: expect.arrayContaining(['metadata: { name: streamgate, namespace: elsewhere }']),
      },
    );
    await lab.close();
  });

  it('are printed as a Role', () => {
    expect(renderRole('shop', [{ group: 'apps', resource: 'deployments', verbs: ['get'] }])).toBe(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: streamgate, namespace: shop }\nrules:\n' +
        '  - { apiGroups: ["apps"], resources: [deployments], verbs: [get] }\n',
    );
  });
});
