import { ApiError } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { NewObject, Store } from '../store.ts';

/** Admission of a pod: the account that it runs as has to exist. Every namespace has one named `default`. */
export function requireServiceAccount(store: Store, { metadata, spec }: NewObject): void {
  const { name, namespace = '' } = metadata;
  const account: string = spec?.serviceAccountName ?? 'default';
  if (account === 'default' || store.get(resources.serviceaccounts, namespace, account)) return;
  const missing = `serviceaccount "${account}" not found`;
  throw new ApiError(
    'Forbidden',
    `pods "${name}" is forbidden: error looking up service account ${namespace}/${account}: ${missing}`,
    { name, kind: 'pods' },
  );
}
