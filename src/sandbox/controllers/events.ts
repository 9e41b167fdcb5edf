import { createHash } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import { timestamp } from './timestamps.ts';

/** Tells people what happened to an object, as core v1 Events; repetitions are counted. */
export type RecordEvent = (
  about: StoredObject,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
) => void;

/** Events of one component (`kubelet`, `deployment-controller`). */
export function createEventRecorder(store: Store, clock: Clock, component: string): RecordEvent {
  return (about, type, reason, message) => {
    const { name, namespace = 'default', uid, resourceVersion } = about.metadata;
    const now = timestamp(clock);
    const digest = createHash('sha256')
      .update(`${component}|${uid}|${type}|${reason}|${message}`)
      .digest('hex');
    const eventName = `${name}.${digest.slice(0, 16)}`;
    if (store.get(resources.events, namespace, eventName) !== undefined) {
      store.update(resources.events, namespace, eventName, (event) => ({
        ...event,
        count: event.count + 1,
        lastTimestamp: now,
      }));
      return;
    }
    store.create(resources.events, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        namespace,
        uid,
        resourceVersion,
      },
      type,
      reason,
      message,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
      firstTimestamp: now,
      lastTimestamp: now,
      eventTime: null,
      count: 1,
    });
  };
}
