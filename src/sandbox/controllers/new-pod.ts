import type { Clock } from '../../base/index.ts';
import { admit } from '../api/admit.ts';
import { fillDefaults } from '../api/defaults.ts';
import { withInitialStatus } from '../api/new-object.ts';
import { requireServiceAccount } from '../api/service-account.ts';
import { ApiError } from '../api-error.ts';
import { reserveQuota } from '../quota.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { type ControllerContext, namespaceOf } from './controller.ts';
import type { RecordEvent } from './events.ts';
import { controllerReference } from './labels.ts';
import { withRandomSuffix } from './names.ts';

/** Makes pods for their owner and tells of each by an event. Ends at the first that is refused, and says why. */
export function createPodsOf(
  { store, clock }: ControllerContext,
  record: RecordEvent,
  owner: StoredObject,
  missing: number,
): string | undefined {
  for (let n = 0; n < missing; n++) {
    try {
      const pod = createPodOf(store, clock, owner);
      record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      record(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
      return error.message;
    }
  }
  return undefined;
}

/**
 * Makes a pod of a workload's template, as the API server would complete it. Throws ApiError 403 when a quota or the
 * admission of the namespace refuses it.
 */
function createPodOf(store: Store, clock: Clock, owner: StoredObject): StoredObject {
  const { metadata = {}, spec } = owner.spec.template;
  const proposed = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: withRandomSuffix(owner.metadata.name),
      generateName: `${owner.metadata.name}-`,
      namespace: namespaceOf(owner),
      labels: metadata.labels,
      annotations: metadata.annotations,
      ownerReferences: [controllerReference(owner)],
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
    },
    spec,
  };
  const pod = admit(store, fillDefaults(resources.pods, withInitialStatus(proposed)), undefined);
  requireServiceAccount(store, pod);
  const takeQuota = reserveQuota(store, clock, resources.pods, pod);
  const created = store.create(resources.pods, pod);
  takeQuota();
  return created;
}
