import { ApiError } from './api-error.ts';
import { readQuantity } from './quantity.ts';
import { resources } from './resources.ts';
import type { Store, StoredObject } from './store.ts';

type Amounts = Readonly<Record<string, string>>;
type Level = 'requests' | 'limits';

/**
 * A new pod as the LimitRanges of its namespace want it: what its containers do not say is filled in, and told in an
 * annotation. Throws 403 for one that asks for too much or too little.
 */
export function applyLimitRanges(store: Store, pod: StoredObject): StoredObject {
  const ranges = store.list(resources.limitranges, pod.metadata.namespace ?? '');
  return ranges.reduce((limited, range) => {
    const items: readonly StoredObject[] = range.spec?.limits ?? [];
    const forContainers = items.filter(({ type }) => type === 'Container');
    return forContainers.reduce((filled, item) => requireWithin(fillIn(filled, item), item), limited);
  }, pod);
}

function fillIn(pod: StoredObject, item: StoredObject): StoredObject {
  const told: string[] = [];
  const fill = (container: StoredObject, role: string): StoredObject => {
    const given = container.resources ?? {};
    const wanted: Record<Level, Amounts> = {
      requests: item.defaultRequest ?? {},
      limits: item.default ?? {},
    };
    const levels = (['requests', 'limits'] as const).flatMap((level) => {
      const own: Amounts = given[level] ?? {};
      const added = Object.keys(wanted[level]).filter((name) => own[name] === undefined);
      if (added.length > 0)
        told.push(`${added.sort().join(', ')} ${level.slice(0, -1)} for ${role} ${container.name}`);
      const all = { ...wanted[level], ...own };
      return Object.keys(all).length > 0 ? [[level, all]] : [];
    });
    return { ...container, resources: { ...given, ...Object.fromEntries(levels) } };
  };
  const containers = (pod.spec.containers ?? []).map((one: StoredObject) => fill(one, 'container'));
  const inits = pod.spec.initContainers?.map((one: StoredObject) => fill(one, 'init container'));
  if (told.length === 0) return pod;
  const annotations = {
    ...pod.metadata.annotations,
    'kubernetes.io/limit-ranger': `LimitRanger plugin set: ${told.join('; ')}`,
  };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, containers, ...(inits && { initContainers: inits }) },
  };
}

function requireWithin(pod: StoredObject, { min = {}, max = {} }: StoredObject): StoredObject {
  const all: readonly StoredObject[] = [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])];
  const errors = all.flatMap(({ resources: { requests = {}, limits = {} } = {} as StoredObject }) => [
    ...Object.entries(min as Amounts).flatMap(([name, least]) => {
      const what = `minimum ${name} usage per Container is ${least}`;
      if (requests[name] === undefined) return [`${what}.  No request is specified`];
      return readQuantity(requests[name]) < readQuantity(least)
        ? [`${what}, but request is ${requests[name]}`]
        : [];
    }),
    ...Object.entries(max as Amounts).flatMap(([name, most]) => {
      const what = `maximum ${name} usage per Container is ${most}`;
      if (limits[name] === undefined) return [`${what}.  No limit is specified`];
      return readQuantity(limits[name]) > readQuantity(most) ? [`${what}, but limit is ${limits[name]}`] : [];
    }),
  ]);
  if (errors.length === 0) return pod;
  const { name = '' } = pod.metadata;
  const why = errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`;
  throw new ApiError('Forbidden', `pods "${name}" is forbidden: ${why}`, { name, kind: 'pods' });
}
