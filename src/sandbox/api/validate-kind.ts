import type { FieldError } from '../api-error.ts';
import type { StoredObject } from '../store.ts';
import { duplicate, mistyped, required, tooLong, unsupported, wrong } from './field-errors.ts';
import { labelErrors } from './names.ts';
import { autoscalerErrors, budgetErrors, quotaErrors } from './validate-autoscaling.ts';
import { ingressErrors } from './validate-ingress.ts';
import { jobErrors } from './validate-job.ts';
import { podSpecErrors, workloadErrors } from './validate-workload.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

const configKey = /^[-._a-zA-Z0-9]+$/;

/** What is wrong with an object of one kind, beyond its metadata. */
export const kindErrors: Readonly<Record<string, (object: StoredObject) => FieldError[]>> = {
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
  PodDisruptionBudget: budgetErrors,
  HorizontalPodAutoscaler: autoscalerErrors,
  ResourceQuota: quotaErrors,
  Job: jobErrors,
  Ingress: ingressErrors,
  HTTPRoute: routeErrors,
};

function routeErrors({ spec = {} }: StoredObject): FieldError[] {
  const rules: readonly Part[] = spec.rules ?? [];
  const errors = rules.flatMap(routeRuleErrors);
  if (!errors.some(({ reason }) => reason === 'FieldValueTypeInvalid')) return errors;
  // Rules between fields are not looked at any more.
  const unchecked =
    'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
  return [...errors, wrong('<nil>', null, unchecked)];
}

function routeRuleErrors(rule: Part, index: number): FieldError[] {
  const references: readonly Part[] = rule.backendRefs ?? [];
  return references.flatMap((reference, at) => {
    const field = `spec.rules[${index}].backendRefs[${at}]`;
    const { name, kind, port, weight } = reference;
    if (weight !== undefined && typeof weight !== 'number')
      return [mistyped(`${field}.weight`, weight, 'integer')];
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
    ...ports.flatMap(({ port, protocol, name, nodePort }, index) => {
      const field = `spec.ports[${index}]`;
      return [
        ...(Number.isInteger(port) && port > 0 && port < 65_536
          ? []
          : [wrong(`${field}.port`, port ?? 0, 'must be between 1 and 65535, inclusive')]),
        ...(ports.length > 1 && !name ? [required(`${field}.name`)] : []),
        ...nodePortErrors(`${field}.nodePort`, nodePort),
        ...(keys.indexOf(keys[index] ?? '') < index ? [duplicate(field, { port, protocol })] : []),
      ];
    }),
  ];
}

function nodePortErrors(field: string, nodePort: unknown): FieldError[] {
  if (nodePort === undefined || (typeof nodePort === 'number' && nodePort >= 30_000 && nodePort <= 32_767))
    return [];
  const rule = 'provided port is not in the valid range. The range of valid ports is 30000-32767';
  return [wrong(field, nodePort, rule)];
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
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        ),
      ),
    ...entries
      .filter(([, value]) => typeof value !== 'string')
      .map(([key, value]) => wrong(`data[${key}]`, value, 'must be a string')),
    ...(size > 1_048_576 ? [tooLong('data', 1_048_576)] : []),
  ];
}
