import { randomBytes } from 'node:crypto';
import { equalJson } from '../../base/index.ts';
import { ApiError, invalid, notFound } from '../api-error.ts';
import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import type { ApiContext, Scope } from './context.ts';
import { required } from './field-errors.ts';

/** What only the server writes. */
export const serverMetadata = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'resourceVersion',
];

/** The metadata of an object to be created, with a name of its own. */
export function freshMetadata(
  api: ApiContext,
  scope: Scope,
  { metadata }: StoredObject,
): StoredObject['metadata'] {
  const { type, namespace } = scope;
  const own = Object.fromEntries(
    Object.entries(metadata).filter(
      ([key]) => ![...serverMetadata, 'managedFields', 'selfLink'].includes(key),
    ),
  );
  const prefix: string = metadata.generateName ?? '';
  if (!metadata.name && !prefix)
    throw invalid(type, '', [required('metadata.name', 'name or generateName is required')]);
  let name = metadata.name;
  while (!name || (!metadata.name && api.store.get(type, namespace, name) !== undefined)) {
    name = `${prefix.slice(0, 58)}${randomSuffix()}`;
  }
  return { ...own, name } as StoredObject['metadata'];
}

/** Five letters without vowels, as Kubernetes appends them to `generateName`. */
function randomSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}

const withEmptyStatus = new Set(['Deployment', 'Job', 'ResourceQuota']);

/** A status of the client's is dropped; some kinds begin with one of the server's. */
export function withInitialStatus(object: StoredObject): StoredObject {
  const { status: _dropped, ...rest } = object;
  if (object.kind === 'Pod') return { ...rest, status: { phase: 'Pending', qosClass: qualityOf(object) } };
  if (object.kind === 'HorizontalPodAutoscaler') {
    return { ...rest, status: { desiredReplicas: 0, currentMetrics: null } };
  }
  if (object.kind === 'Service' || object.kind === 'Ingress')
    return { ...rest, status: { loadBalancer: {} } };
  if (object.kind === 'PodDisruptionBudget') {
    const status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
    return { ...rest, status };
  }
  if (withEmptyStatus.has(object.kind)) return { ...rest, status: {} };
  if (object.kind === 'ReplicaSet') return { ...rest, status: { replicas: 0 } };
  return rest;
}

/** Which pods are evicted first: a function of requests and limits. */
export function qualityOf({ spec }: StoredObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const resources: readonly StoredObject[string][] = (spec?.containers ?? []).map(
    (container: StoredObject[string]) => container.resources ?? {},
  );
  if (resources.every(({ limits, requests }) => !limits && !requests)) return 'BestEffort';
  const isFull = ({ limits, requests }: StoredObject[string]) =>
    limits?.cpu !== undefined && limits.memory !== undefined && equalJson({ ...limits, ...requests }, limits);
  return resources.every(isFull) ? 'Guaranteed' : 'Burstable';
}

export function requireNamespace(api: ApiContext, { type, namespace }: Scope, name: string): void {
  if (!type.namespaced) return;
  const found = api.store.get(resources.namespaces, '', namespace);
  if (found === undefined) throw notFound(resources.namespaces, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  throw new ApiError(
    'Forbidden',
    `${type.resource} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    {
      name,
      kind: type.resource,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  );
}
