import type { FieldError } from '../api-error.ts';
import { splitApiVersion } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { forbidden, required, wrong } from './field-errors.ts';

export function autoscalerErrors({ spec = {} }: StoredObject): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef = {}, metrics = [] } = spec;
  const list: readonly StoredObject[] = metrics;
  const toZero = minReplicas === 0 && !list.some(({ type }) => type === 'Object' || type === 'External');
  return [
    ...(minReplicas < 1
      ? [wrong('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...(maxReplicas < 1 ? [wrong('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(maxReplicas < minReplicas
      ? [wrong('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...(scaleTargetRef.kind ? [] : [required('spec.scaleTargetRef.kind')]),
    ...(scaleTargetRef.name ? [] : [required('spec.scaleTargetRef.name')]),
    ...(splitApiVersion(scaleTargetRef.apiVersion ?? '').group === ''
      ? [
          wrong(
            'spec.scaleTargetRef.apiVersion',
            scaleTargetRef.apiVersion ?? '',
            'apiVersion must specify API group',
          ),
        ]
      : []),
    ...(toZero
      ? [
          forbidden(
            'spec.metrics',
            'must specify at least one Object or External metric to support scaling to zero replicas',
          ),
        ]
      : []),
  ];
}

export function budgetErrors({ spec = {} }: StoredObject): FieldError[] {
  const { minAvailable, maxUnavailable } = spec;
  return [
    ...(minAvailable !== undefined && maxUnavailable !== undefined
      ? [wrong('spec', spec, 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...amountErrors('spec.minAvailable', minAvailable),
    ...amountErrors('spec.maxUnavailable', maxUnavailable),
  ];
}

/** A number of pods or a share of them. */
function amountErrors(field: string, value: unknown): FieldError[] {
  if (typeof value === 'number')
    return value < 0 ? [wrong(field, value, 'must be greater than or equal to 0')] : [];
  if (typeof value !== 'string') return [];
  if (!/^\d+%$/.test(value)) {
    const rule =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
    return [wrong(field, value, rule)];
  }
  return Number.parseInt(value, 10) > 100 ? [wrong(field, value, 'must not be greater than 100%')] : [];
}

const wholeNumbers = /^(pods|services|configmaps|secrets|persistentvolumeclaims|resourcequotas|count\/.*)$/;

export function quotaErrors({ spec = {} }: StoredObject): FieldError[] {
  return Object.entries(spec.hard ?? {})
    .filter(([name, limit]) => wholeNumbers.test(name) && !/^\d+(k|M|G)?$/.test(String(limit)))
    .map(([name, limit]) => wrong(`spec.hard[${name}]`, limit, 'must be an integer'));
}
