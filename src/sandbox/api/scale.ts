import { at, type JsonObject } from '../../base/index.ts';
import { ApiError } from '../api-error.ts';
import { selectorText } from '../controllers/labels.ts';
import type { StoredObject } from '../store.ts';

/** The autoscaling/v1 Scale of a workload. */
export function toScale({ metadata, spec, status }: StoredObject): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace && { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec?.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(spec?.selector) },
  };
}

/** The workload with the replica count of a Scale. */
export function fromScale(live: StoredObject, scale: JsonObject): StoredObject {
  const replicas = at(scale, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 0) {
    throw new ApiError(
      'Invalid',
      `spec.replicas: Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`,
    );
  }
  const resourceVersion = at(scale, 'metadata', 'resourceVersion');
  const metadata = {
    ...live.metadata,
    resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
  };
  return { ...live, metadata, spec: { ...live.spec, replicas } };
}
