import { readFileSync, writeFileSync } from 'node:fs';
import { connectTo } from '../support/kube-client.ts';

// Writes src/sandbox/api/field-types.ts from what a real server says of its kinds:
// `node test/conformance/record-types.ts KUBECONFIG`, then `npm run format`.
interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Property;
  readonly additionalProperties?: Property;
}

const kinds = [
  'apps.v1.Deployment',
  'apps.v1.ReplicaSet',
  'apps.v1.StatefulSet',
  'apps.v1.DaemonSet',
  'apps.v1.ControllerRevision',
  'autoscaling.v2.HorizontalPodAutoscaler',
  'batch.v1.CronJob',
  'batch.v1.Job',
  'coordination.v1.Lease',
  'core.v1.ConfigMap',
  'core.v1.LimitRange',
  'core.v1.Namespace',
  'core.v1.PersistentVolumeClaim',
  'core.v1.Pod',
  'core.v1.ResourceQuota',
  'core.v1.Secret',
  'core.v1.Service',
  'core.v1.ServiceAccount',
  'discovery.v1.EndpointSlice',
  'networking.v1.Ingress',
  'networking.v1.IngressClass',
  'networking.v1.NetworkPolicy',
  'policy.v1.PodDisruptionBudget',
];
/** Definitions with a form of their own, which may be text, number or anything. */
const special: Readonly<Record<string, string>> = {
  Quantity: 'quantity',
  IntOrString: 'any',
  Time: 'any',
  MicroTime: 'any',
  FieldsV1: 'any',
  RawExtension: 'any',
};

const [kubeconfig = ''] = process.argv.slice(2);
const client = await connectTo(readFileSync(kubeconfig, 'utf8'));
const { body } = await client.ask({ method: 'GET', path: '/openapi/v2' });
client.close();
const { definitions } = body as {
  definitions: Record<string, { properties?: Record<string, Property> }>;
};

const types = new Map<string, string>();
for (const kind of kinds) visit(`io.k8s.api.${kind}`);
const lines = [...types].sort().map(([name, fields]) => `  ${name}: '${fields}',`);
writeFileSync(
  new URL('../../src/sandbox/api/field-types.ts', import.meta.url),
  `/**
 * The fields of the built-in kinds, by the name of their structure: \`name:type\`. A type is \`string\`, \`bool\`, a number, a
 * structure, \`[]\` or \`map:\` before one of these, or \`any\`. Written by test/conformance/record-types.ts from what
 * kube-apiserver says of itself; not by hand.
 */
export const fieldTypes: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
);

function visit(definition: string): void {
  const name = definition.split('.').at(-1) ?? '';
  if (types.has(name)) return;
  types.set(name, '');
  const fields = Object.entries(definitions[definition]?.properties ?? {}).map(
    // What only controllers write is theirs.
    ([field, property]) => `${field}:${field === 'status' ? 'any' : typeOf(property)}`,
  );
  types.set(name, fields.join(' '));
}

function typeOf({ $ref, type, format, items, additionalProperties }: Property): string {
  if ($ref !== undefined) {
    const name = $ref.split('.').at(-1) ?? '';
    if (special[name] !== undefined) return special[name];
    visit($ref.replace('#/definitions/', ''));
    return name;
  }
  if (type === 'array') return `[]${typeOf(items ?? {})}`;
  if (type === 'object')
    return additionalProperties === undefined ? 'any' : `map:${typeOf(additionalProperties)}`;
  if (type === 'integer') return format ?? 'int32';
  if (type === 'boolean') return 'bool';
  if (type === 'string') return 'string';
  return 'any';
}
