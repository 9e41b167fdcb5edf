import type { FieldError } from '../api-error.ts';
import { matchesSelector } from '../controllers/labels.ts';
import type { StoredObject } from '../store.ts';
import { duplicate, forbidden, missing, required, unsupported, wrong } from './field-errors.ts';
import { label1123, labelErrors, labelRule, nameErrors } from './names.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

export function workloadErrors({ spec, kind }: StoredObject): FieldError[] {
  if (spec === undefined) return [required('spec')];
  const { selector, template, replicas } = spec;
  const labels: Readonly<Record<string, string>> = template?.metadata?.labels ?? {};
  const wanted = Object.entries(selector?.matchLabels ?? {});
  const matches = selector !== undefined && matchesSelector(selector, labels);
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

export function podSpecErrors(field: string, spec: Part): FieldError[] {
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
