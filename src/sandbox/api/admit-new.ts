import { randomUUID } from 'node:crypto';
import { withDefaultClass } from '../controllers/ingress-status.ts';
import { applyLimitRanges } from '../limit-range.ts';
import type { Store, StoredObject } from '../store.ts';
import { qualityOf } from './new-object.ts';

/** What admission and the API server decide once, when an object is created. */
export function admitNew(store: Store, object: StoredObject): StoredObject {
  if (object.kind === 'Pod') return withLimits(store, object);
  if (object.kind === 'Ingress') return withDefaultClass(store, object);
  return object.kind === 'Job' ? withJobSelector(object) : object;
}

/** What LimitRanges fill in counts for the quality of service, too. */
function withLimits(store: Store, pod: StoredObject): StoredObject {
  const limited = applyLimitRanges(store, pod);
  return { ...limited, status: { ...limited.status, qosClass: qualityOf(limited) } };
}

/** A Job selects its pods by its own uid, which its template carries too, unless it says that it selects by itself. */
function withJobSelector(job: StoredObject): StoredObject {
  const { metadata, spec } = job;
  if (spec === undefined || spec.manualSelector === true) return job;
  const uid = metadata.uid || randomUUID();
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': metadata.name,
    'controller-uid': uid,
    'job-name': metadata.name,
  };
  const template = spec.template ?? {};
  const inTemplate = { ...template.metadata, labels: { ...template.metadata?.labels, ...labels } };
  return {
    ...job,
    // Without labels of its own a Job shows those of its template.
    metadata: { ...metadata, uid, labels: metadata.labels ?? inTemplate.labels },
    spec: {
      ...spec,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: { ...template, metadata: inTemplate },
    },
  };
}
