import { ApiError } from '../api-error.ts';
import type { StoredObject } from '../store.ts';

/** Parts of an object that a cluster would act on and the sandbox does not: better refused than read over. */
const unsupportedParts: Readonly<Record<string, (object: StoredObject) => string | undefined>> = {
  Job: ({ spec = {} }) =>
    spec.completionMode === 'Indexed'
      ? 'indexed completion'
      : ['podFailurePolicy', 'successPolicy', 'managedBy'].find((part) => spec[part] !== undefined),
  ResourceQuota: ({ spec = {} }) =>
    spec.scopes?.length > 0 ? 'scopes' : spec.scopeSelector !== undefined ? 'scopeSelector' : undefined,
};

/** Throws 501 for an object whose meaning would be lost here. */
export function requireSupport(object: StoredObject): void {
  const part = unsupportedParts[object.kind]?.(object);
  if (part === undefined) return;
  throw new ApiError('NotImplemented', `the sandbox does not support ${part} of a ${object.kind}`);
}
