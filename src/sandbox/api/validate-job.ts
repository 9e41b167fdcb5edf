import type { FieldError } from '../api-error.ts';
import type { StoredObject } from '../store.ts';
import { required, wrong } from './field-errors.ts';
import { podSpecErrors } from './validate-workload.ts';

export function jobErrors({ spec }: StoredObject): FieldError[] {
  if (spec === undefined) return [required('spec')];
  const { template = {}, backoffLimit, completions, parallelism } = spec;
  const policy = template.spec?.restartPolicy;
  return [
    ...Object.entries({ parallelism, completions, backoffLimit })
      .filter(([, value]) => Number(value) < 0)
      .map(([field, value]) => wrong(`spec.${field}`, value, 'must be greater than or equal to 0')),
    ...podSpecErrors('spec.template.spec', template.spec ?? {}),
    ...(policy === 'OnFailure' || policy === 'Never'
      ? []
      : [required('spec.template.spec.restartPolicy', 'valid values: "OnFailure", "Never"')]),
  ];
}
