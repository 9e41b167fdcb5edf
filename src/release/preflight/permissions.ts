import { StreamGateError } from '../../base/index.ts';
import type { AccessQuestion, Cluster, KubeObject } from '../../cluster/index.ts';

/** One rule of a Role: what StreamGate does with one kind of object. */
export interface PermissionRule {
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  readonly verbs: readonly string[];
}

const gatewayGroup = 'gateway.networking.k8s.io';

/** Everything that a release, a rollback and a status do in the namespace of the app. */
const always: readonly PermissionRule[] = [
  { group: '', resource: 'configmaps', verbs: ['create', 'get', 'patch'] },
  { group: '', resource: 'events', verbs: ['list'] },
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  // A port-forward over a WebSocket is a GET to older API servers, and a create to those from 1.35 on.
  { group: '', resource: 'pods/portforward', verbs: ['create', 'get'] },
  { group: '', resource: 'services', verbs: ['create', 'delete', 'get', 'patch'] },
  { group: 'apps', resource: 'controllerrevisions', verbs: ['create', 'delete', 'get', 'list'] },
  { group: 'apps', resource: 'deployments', verbs: ['create', 'delete', 'get', 'list', 'patch', 'watch'] },
  { group: 'coordination.k8s.io', resource: 'leases', verbs: ['create', 'get', 'patch'] },
  { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['list', 'watch'] },
  { group: gatewayGroup, resource: 'httproutes', verbs: ['get', 'list', 'patch'] },
];

/** Only a release whose manifests bring the routes along creates them, and deletes them when it fails. */
const routesOfManifests: PermissionRule = {
  group: gatewayGroup,
  resource: 'httproutes',
  verbs: ['create', 'delete'],
};

/** What a release needs, as a function of what it will do. */
export function permissionsFor(routes: readonly KubeObject[]): readonly PermissionRule[] {
  return routes.length === 0 ? always : [...always, routesOfManifests];
}

/** Asks for every permission at once; throws `Denied` with all that are missing, and the Role that has them. */
export async function requirePermissions(
  cluster: Cluster,
  namespace: string,
  rules: readonly PermissionRule[],
): Promise<void> {
  const questions = rules.flatMap((rule) => rule.verbs.map((verb) => questionOf(rule, verb, namespace)));
  const answers = await Promise.all(questions.map((question) => cluster.allowed(question)));
  const missing = questions.filter((_question, index) => answers[index] === false);
  if (missing.length === 0) return;
  const names = missing.map(
    ({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ''}`,
  );
  throw new StreamGateError(
    'Denied',
    `The credentials may not: ${names.join(', ')} (in namespace ${namespace})`,
    {
      remedy: 'Nothing was touched. Give them the Role below.',
      evidence: renderRole(namespace, rules).trimEnd().split('\n'),
    },
  );
}

function questionOf({ group, resource }: PermissionRule, verb: string, namespace: string): AccessQuestion {
  const [plural = '', subresource] = resource.split('/');
  return { verb, group, resource: plural, namespace, ...(subresource === undefined ? {} : { subresource }) };
}

/** A Role with exactly these rules, as YAML. */
export function renderRole(namespace: string, rules: readonly PermissionRule[]): string {
  const lines = rules.map(
    ({ group, resource, verbs }) =>
      `  - { apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(', ')}] }`,
  );
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: Role',
    `metadata: { name: streamgate, namespace: ${namespace} }`,
    'rules:',
    ...lines,
    '',
  ].join('\n');
}
