import { equalJson } from '../../base/index.ts';
import { type FieldError, invalid } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { duplicate, forbidden, missing, required, tooLong, unsupported, wrong } from './field-errors.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

/** Throws 422 with every field that the API server would refuse too. `before` is given for a change. */
export function validate(type: ResourceType, object: StoredObject, before: StoredObject | undefined): void {
  const errors = [
    ...metadataErrors(type, object),
    ...(kindErrors[type.kind]?.(object) ?? []),
    ...(before === undefined ? [] : immutableErrors(type, object, before)),
  ];
  if (errors.length > 0) throw invalid(type, object.metadata.name ?? '', errors);
}

const label1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const label1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const configKey = /^[-._a-zA-Z0-9]+$/;

const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const serviceRule =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";

function nameErrors(
  field: string,
  name: unknown,
  pattern: RegExp,
  rule: string,
  limit: number,
): FieldError[] {
  if (typeof name !== 'string' || name === '') return [required(field)];
  if (name.length > limit) return [wrong(field, name, `must be no more than ${limit} characters`)];
  return pattern.test(name) ? [] : [wrong(field, name, rule)];
}

function metadataErrors(type: ResourceType, { metadata }: StoredObject): FieldError[] {
  const { name, labels = {}, annotations = {} } = metadata;
  if (!name) return [required('metadata.name', 'name or generateName is required')];
  const naming =
    type.kind === 'Service'
      ? nameErrors('metadata.name', name, label1035, serviceRule, 63)
      : type.kind === 'Namespace'
        ? nameErrors('metadata.name', name, label1123, labelRule, 63)
        : type.group === 'rbac.authorization.k8s.io'
          ? []
          : nameErrors('metadata.name', name, subdomain, subdomainRule, 253);
  return [
    ...naming,
    ...labelErrors('metadata.labels', labels),
    ...keyErrors('metadata.annotations', annotations),
  ];
}

function labelErrors(field: string, labels: Readonly<Record<string, string>>): FieldError[] {
  const bad = Object.entries(labels).filter(([, value]) => !labelValue.test(value) || value.length > 63);
  return [
    ...keyErrors(field, labels),
    ...bad.map(([, value]) =>
      wrong(
        field,
        value,
        "a valid label must be an empty string or consist of at most 63 alphanumeric characters, '-', '_' or '.'",
      ),
    ),
  ];
}

function keyErrors(field: string, keys: Readonly<Record<string, string>>): FieldError[] {
  const qualified =
    /^([a-z0-9][-a-z0-9.]{0,251}[a-z0-9]\/|[a-z0-9]\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
  return Object.keys(keys)
    .filter((key) => !qualified.test(key))
    .map((key) =>
      wrong(
        field,
        key,
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      ),
    );
}

const kindErrors: Readonly<Record<string, (object: StoredObject) => FieldError[]>> = {
  Pod: ({ spec }) => (spec === undefined ? [required('spec')] : podSpecErrors('spec', spec)),
  Deployment: workloadErrors,
  ReplicaSet: workloadErrors,
  StatefulSet: workloadErrors,
  DaemonSet: workloadErrors,
  Service: serviceErrors,
  ConfigMap: dataErrors,
  Secret: dataErrors,
  Lease({ spec = {} }) {
    const { leaseDurationSeconds, leaseTransitions, holderIdentity } = spec;
    return [
      ...(leaseDurationSeconds <= 0
        ? [wrong('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0')]
        : []),
      ...(leaseTransitions < 0
        ? [wrong('spec.leaseTransitions', leaseTransitions, 'must be greater than or equal to 0')]
        : []),
      ...(holderIdentity === '' ? [wrong('spec.holderIdentity', '', 'must not be empty')] : []),
    ];
  },
  ControllerRevision: ({ data, revision }) => [
    ...(data === undefined ? [required('data', 'data is mandatory')] : []),
    ...(revision < 0 ? [wrong('revision', revision, 'must be greater than or equal to 0')] : []),
  ],
  PodDisruptionBudget: ({ spec = {} }) =>
    spec.minAvailable !== undefined && spec.maxUnavailable !== undefined
      ? [wrong('spec', spec, 'minAvailable and maxUnavailable cannot be both set')]
      : [],
  HorizontalPodAutoscaler({ spec = {} }) {
    const { minReplicas = 1, maxReplicas = 0 } = spec;
    if (maxReplicas < 1) return [wrong('spec.maxReplicas', maxReplicas, 'must be greater than 0')];
    return maxReplicas < minReplicas
      ? [wrong('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : [];
  },
  HTTPRoute: ({ spec = {} }) => (spec.rules ?? []).flatMap(routeRuleErrors),
};

function routeRuleErrors(rule: Part, index: number): FieldError[] {
  const references: readonly Part[] = rule.backendRefs ?? [];
  return references.flatMap((reference, at) => {
    const field = `spec.rules[${index}].backendRefs[${at}]`;
    const { name, kind, port, weight } = reference;
    return [
      ...(name ? [] : [required(`${field}.name`)]),
      ...(kind === 'Service' && port === undefined
        ? [wrong(field, 'object', 'Must have port for Service reference')]
        : []),
      ...(weight < 0
        ? [wrong(`${field}.weight`, weight, `${field}.weight in body should be greater than or equal to 0`)]
        : []),
      ...(weight > 1_000_000
        ? [
            wrong(
              `${field}.weight`,
              weight,
              `${field}.weight in body should be less than or equal to 1000000`,
            ),
          ]
        : []),
    ];
  });
}

function workloadErrors({ spec, kind }: StoredObject): FieldError[] {
  if (spec === undefined) return [required('spec')];
  const { selector, template, replicas } = spec;
  const labels: Readonly<Record<string, string>> = template?.metadata?.labels ?? {};
  const wanted = Object.entries(selector?.matchLabels ?? {});
  const matches = wanted.every(([key, value]) => labels[key] === value);
  const empty = wanted.length === 0 && (selector?.matchExpressions ?? []).length === 0;
  const policy = template?.spec?.restartPolicy;
  return [
    ...(replicas < 0 ? [wrong('spec.replicas', replicas, 'must be greater than or equal to 0')] : []),
    ...(selector === undefined ? [required('spec.selector')] : []),
    ...(selector !== undefined && empty
      ? [wrong('spec.selector', selector, `empty selector is invalid for ${kind.toLowerCase()}`)]
      : []),
    ...(matches
      ? []
      : [wrong('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]),
    ...(policy === undefined || policy === 'Always'
      ? []
      : [unsupported('spec.template.spec.restartPolicy', policy, ['Always'])]),
    ...labelErrors('spec.template.labels', labels),
    ...podSpecErrors('spec.template.spec', template?.spec ?? {}),
  ];
}

function podSpecErrors(field: string, spec: Part): FieldError[] {
  const containers: readonly Part[] = spec.containers ?? [];
  if (containers.length === 0) return [required(`${field}.containers`)];
  const names = containers.map(({ name }) => name);
  const volumes: readonly Part[] = spec.volumes ?? [];
  const known = new Set(volumes.map(({ name }) => name));
  return containers.flatMap((container, index) => {
    const place = `${field}.containers[${index}]`;
    const { name, image, volumeMounts = [], env = [] } = container;
    return [
      ...nameErrors(`${place}.name`, name, label1123, labelRule, 63),
      ...(names.indexOf(name) < index ? [duplicate(`${place}.name`, name)] : []),
      ...(image ? [] : [required(`${place}.image`)]),
      ...env.flatMap((entry: Part, at: number) => (entry.name ? [] : [required(`${place}.env[${at}].name`)])),
      ...volumeMounts.flatMap((mount: Part, at: number) =>
        known.has(mount.name) ? [] : [missing(`${place}.volumeMounts[${at}].name`, mount.name)],
      ),
      ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
        probeErrors(`${place}.${probe}`, container[probe]),
      ),
    ];
  });
}

function probeErrors(field: string, probe: Part): FieldError[] {
  if (probe === undefined) return [];
  const handlers = ['httpGet', 'tcpSocket', 'exec', 'grpc'].filter((handler) => probe[handler] !== undefined);
  if (handlers.length === 0) return [required(field, 'must specify a handler type')];
  return handlers
    .slice(1)
    .map((handler) => forbidden(`${field}.${handler}`, 'may not specify more than 1 handler type'));
}

function serviceErrors({ spec }: StoredObject): FieldError[] {
  if (spec === undefined) return [required('spec')];
  const ports: readonly Part[] = spec.ports ?? [];
  if (ports.length === 0)
    return spec.type === 'ExternalName' || spec.clusterIP === 'None' ? [] : [required('spec.ports')];
  const keys = ports.map(({ port, protocol }) => `${port}/${protocol}`);
  return [
    ...(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'].includes(spec.type)
      ? []
      : [unsupported('spec.type', spec.type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'])]),
    ...labelErrors('spec.selector', spec.selector ?? {}),
    ...ports.flatMap(({ port, protocol, name }, index) => {
      const field = `spec.ports[${index}]`;
      return [
        ...(Number.isInteger(port) && port > 0 && port < 65_536
          ? []
          : [wrong(`${field}.port`, port ?? 0, 'must be between 1 and 65535, inclusive')]),
        ...(ports.length > 1 && !name ? [required(`${field}.name`)] : []),
        ...(keys.indexOf(keys[index] ?? '') < index ? [duplicate(field, { port, protocol })] : []),
      ];
    }),
  ];
}

function dataErrors({ data = {}, binaryData = {} }: StoredObject): FieldError[] {
  const entries: [string, unknown][] = Object.entries({ ...data, ...binaryData });
  const size = entries.reduce((total, [, value]) => total + Buffer.byteLength(String(value)), 0);
  return [
    ...entries
      .filter(([key]) => !configKey.test(key))
      .map(([key]) =>
        wrong(
          `data[${key}]`,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        ),
      ),
    ...entries
      .filter(([, value]) => typeof value !== 'string')
      .map(([key, value]) => wrong(`data[${key}]`, value, 'must be a string')),
    ...(size > 1_048_576 ? [tooLong('data', 1_048_576)] : []),
  ];
}

/** Fields that may not differ from what is stored, by kind. */
const immutableFields: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
  DaemonSet: ['spec.selector'],
  Job: ['spec.selector', 'spec.completions', 'spec.template'],
  ControllerRevision: ['data'],
  Secret: ['type'],
  EndpointSlice: ['addressType'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
};

function immutableErrors(type: ResourceType, object: StoredObject, before: StoredObject): FieldError[] {
  const changed = (immutableFields[type.kind] ?? [])
    .filter((field) => !equalJson(valueAt(object, field), valueAt(before, field)))
    .map((field) => wrong(field, valueAt(object, field), 'field is immutable'));
  const sealed = before.immutable === true && (type.kind === 'ConfigMap' || type.kind === 'Secret');
  const fields = sealed ? ['immutable', 'data', 'binaryData'] : [];
  const broken = fields.filter((field) => !equalJson(object[field], before[field]));
  const address =
    type.kind === 'Service' &&
    before.spec.type !== 'ExternalName' &&
    object.spec.type !== 'ExternalName' &&
    object.spec.clusterIP !== before.spec.clusterIP;
  return [
    ...changed,
    ...broken.map((field) => forbidden(field, 'field is immutable when `immutable` is set')),
    ...(address
      ? [wrong('spec.clusterIPs[0]', object.spec.clusterIPs ?? [], 'may not change once set')]
      : []),
    ...(type.kind === 'Pod' && !equalJson(podFrame(object), podFrame(before))
      ? [
          forbidden(
            'spec',
            'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
          ),
        ]
      : []),
  ];
}

/** The part of a pod's spec that is fixed. */
function podFrame({ spec }: StoredObject): unknown {
  const { tolerations, activeDeadlineSeconds, containers, initContainers = [], ...frame } = spec;
  const withoutImage = (container: Part) => ({ ...container, image: '' });
  return {
    ...frame,
    containers: containers.map(withoutImage),
    initContainers: initContainers.map(withoutImage),
  };
}

function valueAt(object: StoredObject, field: string): unknown {
  return field.split('.').reduce<Part>((value, key) => value?.[key], object);
}
