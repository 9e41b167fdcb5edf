import { StreamGateError } from '../../base/index.ts';
import type { AccessQuestion, Cluster } from '../../cluster/index.ts';
import { needs, type PermissionFacts, type PermissionRule } from './needs.ts';

/** What a release needs, as a function of what it will do: one rule for each kind, in a settled order. */
export function permissionsFor(facts: PermissionFacts): readonly PermissionRule[] {
  return merge(needs.flatMap((need) => need(facts)));
}

function merge(rules: readonly PermissionRule[]): readonly PermissionRule[] {
  const merged = new Map<string, PermissionRule>();
  for (const rule of rules) {
    const key = keyOf(rule);
    const verbs = new Set([...(merged.get(key)?.verbs ?? []), ...rule.verbs]);
    merged.set(key, { ...rule, verbs: [...verbs].sort() });
  }
  return [...merged.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The app's own namespace comes first. */
function keyOf({ namespace, group, resource }: PermissionRule): string {
  const place = namespace === undefined ? '0' : `1 ${namespace}`;
  return [place, group, resource].join(' ');
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
  throw new StreamGateError(
    'Denied',
    `The credentials may not: ${missing.map((question) => inWords(question, namespace)).join(', ')} (in namespace ${namespace})`,
    {
      remedy: 'Nothing was touched. Give them the Role below.',
      evidence: renderRole(namespace, rules).trimEnd().split('\n'),
    },
  );
}

function inWords({ verb, resource, subresource, namespace }: AccessQuestion, home: string): string {
  const what = `${verb} ${resource}${subresource ? `/${subresource}` : ''}`;
  if (namespace === home) return what;
  return namespace === '' ? `${what} of the cluster` : `${what} in ${namespace}`;
}

function questionOf(rule: PermissionRule, verb: string, home: string): AccessQuestion {
  const { group, resource, namespace = home } = rule;
  const [plural = '', subresource] = resource.split('/');
  return { verb, group, resource: plural, namespace, ...(subresource === undefined ? {} : { subresource }) };
}

/** A Role with exactly these rules, as YAML; a further one for each other namespace, and a ClusterRole, where it takes them. */
export function renderRole(namespace: string, rules: readonly PermissionRule[]): string {
  const places = [...new Set(rules.map((rule) => rule.namespace ?? namespace))];
  const documents = places.map((place) => {
    const here = rules.filter((rule) => (rule.namespace ?? namespace) === place);
    return renderOne(place, here);
  });
  return documents.join('---\n');
}

function renderOne(place: string, rules: readonly PermissionRule[]): string {
  const lines = rules.map(
    ({ group, resource, verbs }) =>
      `  - { apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(', ')}] }`,
  );
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${place === '' ? 'ClusterRole' : 'Role'}`,
    `metadata: { name: streamgate${place === '' ? '' : `, namespace: ${place}`} }`,
    'rules:',
    ...lines,
    '',
  ].join('\n');
}
