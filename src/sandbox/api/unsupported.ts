import { ApiError } from '../api-error.ts';
import type { StoredObject } from '../store.ts';

/** Parts of an object that a cluster would act on and the sandbox does not: better refused than read over. */
const unsupportedParts: Readonly<Record<string, (object: StoredObject) => string | undefined>> = {
  Job: ({ spec = {} }) =>
    spec.completionMode === 'Indexed'
      ? 'indexed completion'
      : (['podFailurePolicy', 'successPolicy', 'managedBy'].find((part) => spec[part] !== undefined) ??
        deadlineOf(spec.template?.spec)),
  LimitRange: ({ spec = {} }) => {
    const items: readonly StoredObject[] = spec.limits ?? [];
    const other = items.find(({ type }) => type !== 'Container');
    if (other !== undefined) return `limits of a ${other.type}`;
    return items.some((item) => item.maxLimitRequestRatio !== undefined) ? 'maxLimitRequestRatio' : undefined;
  },
  Pod: ({ spec }) => deadlineOf(spec),
  ResourceQuota: ({ spec = {} }) =>
    spec.scopes?.length > 0 ? 'scopes' : spec.scopeSelector !== undefined ? 'scopeSelector' : undefined,
};

/** A Job's own deadline is kept; the one of a pod would be the kubelet's. */
function deadlineOf(spec: StoredObject | undefined): string | undefined {
  return spec?.activeDeadlineSeconds === undefined ? undefined : 'activeDeadlineSeconds of a pod';
}

/** Throws 501 for an object whose meaning would be lost here. */
export function requireSupport(object: StoredObject): void {
  const part = unsupportedParts[object.kind]?.(object);
  if (part === undefined) return;
  throw new ApiError('NotImplemented', `the sandbox does not support this part of a ${object.kind}: ${part}`);
}
