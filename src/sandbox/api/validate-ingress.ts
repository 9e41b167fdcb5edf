import type { FieldError } from '../api-error.ts';
import type { StoredObject } from '../store.ts';
import { required, unsupported, wrong } from './field-errors.ts';
import { label1035, nameErrors, serviceRule, subdomain, subdomainRule } from './names.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

export function ingressErrors({ metadata, spec }: StoredObject): FieldError[] {
  const rules: readonly Part[] = spec?.rules ?? [];
  const annotated = metadata.annotations?.['kubernetes.io/ingress.class'];
  const contradicts =
    annotated !== undefined && spec?.ingressClassName !== undefined && annotated !== spec.ingressClassName;
  return [
    ...(rules.length === 0 && spec?.defaultBackend === undefined
      ? [wrong('spec', null, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(spec?.defaultBackend === undefined ? [] : backendErrors('spec.defaultBackend', spec.defaultBackend)),
    ...rules.flatMap(ruleErrors),
    ...(contradicts
      ? [
          wrong(
            'annotations.kubernetes.io/ingress.class',
            annotated,
            'must match `ingressClassName` when both are specified',
          ),
        ]
      : []),
  ];
}

function ruleErrors({ host, http }: Part, index: number): FieldError[] {
  const field = `spec.rules[${index}]`;
  const plain = String(host ?? '').replace(/^\*\./, '');
  const paths: readonly Part[] = http?.paths ?? [];
  return [
    ...(host ? nameErrors(`${field}.host`, plain, subdomain, subdomainRule, 253) : []),
    ...(http !== undefined && paths.length === 0 ? [required(`${field}.http.paths`)] : []),
    ...paths.flatMap((path, at) => pathErrors(`${field}.http.paths[${at}]`, path)),
  ];
}

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

function pathErrors(field: string, { path = '', pathType, backend = {} }: Part): FieldError[] {
  if (pathType === undefined) return [required(`${field}.pathType`, 'pathType must be specified')];
  const mayBeEmpty = pathType === 'ImplementationSpecific' && path === '';
  return [
    ...(pathTypes.includes(pathType) ? [] : [unsupported(`${field}.pathType`, pathType, pathTypes)]),
    ...(path.startsWith('/') || mayBeEmpty ? [] : [wrong(`${field}.path`, path, 'must be an absolute path')]),
    ...backendErrors(`${field}.backend`, backend),
  ];
}

function backendErrors(field: string, { service, resource }: Part): FieldError[] {
  if (service !== undefined && resource !== undefined)
    return [wrong(field, '', 'cannot set both resource and service backends')];
  if (resource !== undefined) return [];
  if (service === undefined) return [wrong(field, '', 'resource or service backend is required')];
  const { name, port = {} } = service;
  return [
    ...nameErrors(`${field}.service.name`, name, label1035, serviceRule, 63),
    ...(port.name && port.number ? [wrong(field, '', 'cannot set both port name & port number')] : []),
    ...(port.name || port.number ? [] : [required(field, 'port name or number is required')]),
  ];
}
