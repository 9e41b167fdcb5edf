import { StreamGateError } from '../../base/index.ts';
import type { AccessQuestion, Cluster } from '../../cluster/index.ts';
import { needs, type PermissionRule, wishes } from './needs.ts';
import type { PermissionFacts } from './permission-facts.ts';

/** What a release needs, as a function of what it will do: one rule for each kind, in a settled order. */
export function permissionsFor(facts: PermissionFacts): readonly PermissionRule[] {
  return merge(needs.flatMap((need) => need(facts)));
}

/** The same, with what a release would like to know beside: the Role that is printed. */
export function roleFor(facts: PermissionFacts): readonly PermissionRule[] {
  return merge([...needs, ...wishes].flatMap((need) => need(facts)));
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
  facts: PermissionFacts,
): Promise<void> {
  const rules = permissionsFor(facts);
  const questions = rules.flatMap((rule) => rule.verbs.map((verb) => questionOf(rule, verb, namespace)));
  const answers = await Promise.all(questions.map((question) => cluster.allowed(question)));
  const missing = questions.filter((_question, index) => answers[index] === false);
  if (missing.length === 0) return;
  const reasons = rules
    .filter(({ group, resource }) => missing.some((one) => one.group === group && one.resource === resource))
    .flatMap(({ why }) => why ?? []);
  throw new StreamGateError(
    'Denied',
    `The credentials may not: ${missing.map((question) => inWords(question, namespace)).join(', ')} (in namespace ${namespace})`,
    {
      remedy: ['Nothing was touched. Give them the Role below.', ...reasons].join(' '),
      evidence: renderRole(namespace, roleFor(facts)).trimEnd().split('\n'),
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

/**
 * A Role with exactly these rules, as YAML; a further one for each other namespace, and a ClusterRole, where it takes
 * them. Wishes come behind, apart: what works without them too.
 */
export function renderRole(
  namespace: string,
  rules: readonly PermissionRule[],
  wishes: readonly PermissionRule[] = [],
): string {
  const beyond = beyondRules(merge(wishes), rules);
  const places = [...new Set([...rules, ...beyond].map((rule) => rule.namespace ?? namespace))];
  const of = (all: readonly PermissionRule[], place: string) =>
    all.filter((rule) => (rule.namespace ?? namespace) === place);
  return places.map((place) => renderOne(place, of(rules, place), of(beyond, place))).join('---\n');
}

/** The wishes that the rules do not grant already. */
export function beyondRules(
  wishes: readonly PermissionRule[],
  rules: readonly PermissionRule[],
): readonly PermissionRule[] {
  return wishes.flatMap((wish) => {
    const granted = rules.find((rule) => keyOf(rule) === keyOf(wish))?.verbs ?? [];
    const verbs = wish.verbs.filter((verb) => !granted.includes(verb));
    return verbs.length === 0 ? [] : [{ ...wish, verbs }];
  });
}

function renderOne(
  place: string,
  rules: readonly PermissionRule[],
  wishes: readonly PermissionRule[],
): string {
  const lineOf = ({ group, resource, verbs }: PermissionRule) =>
    `  - { apiGroups: ["${group}"], resources: [${resource}], verbs: [${verbs.join(', ')}] }`;
  const comment = '  # Only `mode: plan` looks at these; without them it says what it could not see.';
  const lines = [...rules.map(lineOf), ...(wishes.length === 0 ? [] : [comment, ...wishes.map(lineOf)])];
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${place === '' ? 'ClusterRole' : 'Role'}`,
    `metadata: { name: streamgate${place === '' ? '' : `, namespace: ${place}`} }`,
    'rules:',
    ...lines,
    '',
  ].join('\n');
}
